import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditEntries, auditLines } from '../audit-left.ts';
import { anyPassword, engineOf, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { done, mustBeInvalid, mustRefuse } from './problem.ts';
import { type SessionBody, signedInBy, signIn } from './sign-in-steps.ts';

const unknownId = '7c0e5a52-3f0e-4f39-9a39-0b9e4a4f6d11';
const hour = 3600;

type Listed = { id: string; address: string; browser: string; current: boolean; usedAt: string; endsAt: string };

const sessionsOf = async (person: SignedIn) =>
  done<{ sessions: Listed[] }>(await person.call('GET', '/api/v1/sessions')).sessions;
const isOver = async (person: SignedIn, about = '') =>
  mustRefuse(await person.call('GET', '/api/v1/session'), 401, 'token_invalid', about);
const isOpen = async (person: SignedIn) => done<SessionBody>(await person.call('GET', '/api/v1/session'));

for (const engine of engineOf(import.meta.filename)) {
  describe(`a session on ${engine}`, () => {
    let safe: TestSafe;
    let ana: SignedIn;
    let ben: SignedIn;
    before(async () => {
      safe = await startSafe(engine);
      ana = await safe.signIn('ana', 'admin');
      ben = await safe.signIn('ben');
    });
    after(() => safe.close());

    it('is read by whoever is in it', async () => {
      const { id, user, may, mustEnrol, secondFactor, createdAt, endsAt, idleEndsAt, provenUntil } = await isOpen(ben);
      assert.match(id, /^[0-9a-f-]{36}$/);
      assert.deepEqual(user, { username: 'ben', name: '', role: 'member', locale: null });
      assert.deepEqual(
        { may, mustEnrol, secondFactor },
        {
          may: { makeKeys: true, administer: false },
          mustEnrol: false,
          secondFactor: false,
        },
      );
      const since = (time: string | null) => +new Date(time ?? 0) - +new Date(createdAt);
      assert.equal(since(endsAt), 12 * hour * 1000);
      assert.equal(since(provenUntil), 600_000);
      assert.ok(since(idleEndsAt) >= hour * 1000 && since(idleEndsAt) < 2 * hour * 1000);
    });

    it('is told to nobody without one, nor to an access key', async () => {
      const { call } = await safe.person('ana');
      for (const [method, path, action] of [
        ['GET', '/session', 'session.read'],
        ['DELETE', '/session', 'session.end'],
        ['POST', '/session/proof', 'session.prove'],
        ['GET', '/sessions', 'session.list'],
        ['DELETE', '/sessions', 'session.end'],
        ['DELETE', `/sessions/${unknownId}`, 'session.end'],
      ] as const) {
        const body = method === 'POST' ? { password: anyPassword } : undefined;
        const about = `${method} ${path}`;
        mustRefuse(await safe.call(method, `/api/v1${path}`, body), 401, 'token_missing', about);
        const answer = await call(method, `/api/v1${path}`, body);
        mustRefuse(answer, 403, 'access_denied', about);
        assert.deepEqual(await auditLines(safe, answer), [`${action}.refused ana - access_denied`]);
      }
    });

    it('ends when he signs out, and its cookie with it', async () => {
      const person = await safe.signIn('ben');
      const { id } = await isOpen(person);
      const answer = await person.call('DELETE', '/api/v1/session');
      assert.deepEqual([answer.status, answer.text], [204, '']);
      assert.deepEqual(answer.headers.getSetCookie(), [
        '__Host-arca_session=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Strict',
      ]);
      await isOver(person);
      mustRefuse(await person.call('DELETE', '/api/v1/session'), 401, 'token_invalid');
      await isOpen(ben);
      assert.deepEqual(await auditEntries(safe, answer), [
        {
          event: 'session.ended',
          user: 'ben',
          target: 'user:2',
          details: { session: id, address: '127.0.0.1', ended: id, why: 'signed-out' },
        },
      ]);
    });

    it('is listed with the others of its owner, the newest first, and none of anybody else', async () => {
      const answer = await signIn(safe, 'ben', {}, { 'user-agent': 'Tests 2.0 (Ünïcode)' });
      const newest = signedInBy(safe, 'ben', answer);
      const listed = await sessionsOf(newest);
      assert.equal(listed[0]?.id, done<SessionBody>(answer, 201).id);
      assert.deepEqual(
        listed.map(({ current }) => current),
        listed.map((_, at) => at === 0),
      );
      assert.deepEqual([listed[0]?.address, listed[0]?.browser.slice(0, 9)], ['127.0.0.1', 'Tests 2.0']);
      const own = (await sessionsOf(ben)).filter(({ current }) => current).map(({ id }) => id);
      assert.deepEqual(own, [(await isOpen(ben)).id]);
      const ofAna = (await sessionsOf(ana)).map(({ id }) => id);
      assert.ok(listed.every(({ id }) => !ofAna.includes(id)));
      await newest.call('DELETE', '/api/v1/session');
    });

    it('is ended by its owner in another one, and by nobody else', async () => {
      const [here, there] = [await safe.signIn('ben'), await safe.signIn('ben')];
      const { id } = await isOpen(there);
      const byAdmin = await ana.call('DELETE', `/api/v1/sessions/${id}`);
      mustRefuse(byAdmin, 404, 'session_not_found');
      assert.deepEqual(await auditLines(safe, byAdmin), ['session.end.refused ana - session_not_found']);
      mustRefuse(await here.call('DELETE', `/api/v1/sessions/${unknownId}`), 404, 'session_not_found');
      mustBeInvalid(await here.call('DELETE', '/api/v1/sessions/1'), ['id']);
      await isOpen(there);
      const answer = await here.call('DELETE', `/api/v1/sessions/${id}`);
      assert.equal(answer.status, 204);
      assert.deepEqual(answer.headers.getSetCookie(), []);
      assert.deepEqual(
        (await auditEntries(safe, answer)).map(({ details }) => [details.ended, details.why]),
        [[id, 'ended']],
      );
      await isOver(there);
      mustRefuse(await here.call('DELETE', `/api/v1/sessions/${id}`), 404, 'session_not_found');
      // One's own from the list is a sign-out.
      const last = await here.call('DELETE', `/api/v1/sessions/${(await isOpen(here)).id}`);
      assert.deepEqual([last.status, last.headers.getSetCookie().length], [204, 1]);
      await isOver(here);
    });

    it('ends together with all others of its owner but the one at hand', async () => {
      const cora = [await safe.signIn('cora'), await safe.signIn('cora'), await safe.signIn('cora')] as const;
      const answer = await cora[1].call('DELETE', '/api/v1/sessions');
      assert.deepEqual(done(answer), { ended: 2 });
      await isOver(cora[0]);
      await isOpen(cora[1]);
      await isOver(cora[2]);
      await isOpen(ben);
      assert.deepEqual(await auditLines(safe, answer), ['session.ended cora user:3']);
      const again = await cora[1].call('DELETE', '/api/v1/sessions');
      assert.deepEqual(done(again), { ended: 0 });
      assert.deepEqual(await auditLines(safe, again), []);
    });

    it('ends with the password, in whichever session that is changed', async () => {
      const [here, there] = [await safe.signIn('dora'), await safe.signIn('dora')];
      const password = 'nine paper lanterns 63';
      done(await here.call('POST', '/api/v1/profile/password', { currentPassword: anyPassword, password }));
      await isOpen(here);
      await isOver(there);
    });

    it('ends when its owner is disabled, and stays so when he is enabled again', async () => {
      const eve = await safe.signIn('eve');
      await safe.operator.run('user.disable', { username: 'eve' });
      await isOver(eve);
      await safe.operator.run('user.enable', { username: 'eve' });
      await isOver(eve);
      await isOpen(await safe.signIn('eve'));
    });

    it('outlives a restart', async () => {
      await safe.restart();
      await isOpen(ana);
    });
  });
}
