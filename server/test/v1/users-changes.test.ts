import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { holdSafe } from '../../src/storage/safe-keys.ts';
import { activeAdmins, profileOf, saveUser } from '../../src/storage/users.ts';
import { auditEntries, auditLines } from '../audit-left.ts';
import { holdLane } from '../pump/held-lane.ts';
import { anyPassword, engineOf, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { done, mustBeInvalid, mustRefuse } from './problem.ts';

type User = {
  name: string;
  enabled: boolean;
  email: string | null;
  role: 'admin' | 'member' | null;
  lastSignInAt: string | null;
};
type Changed = { user: User; proposal: object | null };

const users = '/api/v1/users';
const key = (text: string) => ({ 'idempotency-key': text });
const otherPassword = 'eight copper bells 52';

for (const engine of engineOf(import.meta.filename)) {
  describe(`users changed over our own API on ${engine}`, () => {
    let safe: TestSafe;
    let root: SignedIn;
    before(async () => {
      safe = await startSafe(engine, { ARCA_LANES: '4' });
      root = await safe.signIn('root', 'admin');
      await safe.signIn('odd');
      await safe.signIn('nobody');
    });
    after(() => safe.close());

    const signInWith = (username: string, password: string) =>
      safe.call('POST', '/api/v1/session', { username, password });
    const read = async (username: string) => done<User>(await root.call('GET', `${users}/${username}`));

    it('change name and e-mail address; what is absent stays, and nothing is recorded of nothing', async () => {
      const change = (body: object) => root.call('PATCH', `${users}/odd`, body);
      const answer = await change({ name: ' Odd One ', email: 'odd@example.com' });
      const { user } = done<Changed>(answer);
      assert.deepEqual([user.name, user.email, user.role], ['Odd One', 'odd@example.com', 'member']);
      const [entry] = await auditEntries(safe, answer);
      assert.deepEqual([entry?.event, entry?.details.fields], ['user.changed', ['name', 'email']]);
      assert.ok(!JSON.stringify(entry).includes('odd@example.com'));
      for (const same of [{}, { name: 'Odd One' }, { role: 'member' }]) {
        const unchanged = await change(same);
        assert.deepEqual(done<Changed>(unchanged).user, user);
        assert.deepEqual(await auditLines(safe, unchanged), []);
      }
      done(await change({ email: '' }));
      assert.deepEqual([(await read('odd')).name, (await read('odd')).email], ['Odd One', '']);
      mustBeInvalid(await change({ email: 'nowhere' }), ['email']);
      mustBeInvalid(await change({ username: 'even' }), ['username']);
      mustRefuse(await root.call('PATCH', `${users}/ghost`, { name: 'x' }), 404, 'user_not_found');
    });

    it('lose their sessions by a change of role, and not by one of the name', async () => {
      const odd = await safe.signIn('odd');
      done(await root.call('PATCH', `${users}/odd`, { name: 'Still here' }));
      done(await odd.call('GET', users));
      const raised = await root.call('PATCH', `${users}/odd`, { role: 'admin' });
      assert.equal(done<Changed>(raised).user.role, 'admin');
      const [entry] = await auditEntries(safe, raised);
      const { session: _, ...details } = entry?.details ?? {};
      assert.deepEqual(details, { fields: ['role'], from: 'member', to: 'admin', alone: true });
      mustRefuse(await odd.call('GET', users), 401, 'token_invalid');
      const again = await safe.signIn('odd');
      assert.equal(done<User>(await again.call('GET', `${users}/root`)).role, 'admin');
      // A third one, or odd would have to confirm it.
      const third = await safe.signIn('third', 'admin');
      const lowered = await root.call('PATCH', `${users}/odd`, { role: 'member', name: 'Odd' });
      done(await third.call('PATCH', `${users}/third`, { role: 'member' }));
      assert.deepEqual([done<Changed>(lowered).user.role, done<Changed>(lowered).user.name], ['member', 'Odd']);
      const id = (await auditLines(safe, lowered))[0]?.split(' ')[2];
      assert.deepEqual(await auditLines(safe, lowered), Array(2).fill(`user.changed root ${id}`));
      mustRefuse(await again.call('GET', users), 401, 'token_invalid');
    });

    it('keep the last administrator', async () => {
      for (const [path, body] of [
        [`${users}/root`, { role: 'member' }],
        [`${users}/root/disable`, undefined],
      ] as const) {
        const answer = await root.call(body ? 'PATCH' : 'POST', path, body);
        mustRefuse(answer, 409, 'last_admin');
        assert.equal((await auditLines(safe, answer)).length, 1);
      }
      // A disabled one is none.
      await safe.operator.run('user.add', { username: 'retired', password: anyPassword, role: 'admin' });
      await safe.operator.run('user.disable', { username: 'retired' });
      mustRefuse(await root.call('POST', `${users}/root/disable`), 409, 'last_admin');
      done(await root.call('GET', users));
    });

    it('keep one administrator of several who step down, or disable each other, at once', async () => {
      const admins = ['am', 'bm', 'cm', 'dm'];
      const sessions = await Promise.all(admins.map((name) => safe.signIn(name, 'admin')));
      const answers = await Promise.all(
        sessions.map((session, at) =>
          at % 2 === 0
            ? session.call('PATCH', `${users}/${session.username}`, { role: 'member' })
            : session.call('POST', `${users}/${admins[at - 1]}/disable`),
        ),
      );
      for (const { status, text } of answers) assert.ok([200, 401, 403].includes(status), text);
      const stepDown = async (username: string) => {
        const { status, text } = await root.call('PATCH', `${users}/${username}`, { role: 'member' });
        if (status === 200) return;
        assert.equal(status, 202, text);
        done(await (await safe.signIn(username)).call('PATCH', `${users}/${username}`, { role: 'member' }));
      };
      for (const name of admins) await stepDown(name);
      mustRefuse(await root.call('PATCH', `${users}/root`, { role: 'member' }), 409, 'last_admin');
    });

    it('keep the last administrator while another one is just stepping down', async () => {
      await safe.signIn('em', 'admin');
      const held = await holdLane(safe.serving, async (tx) => {
        await holdSafe(tx);
        const em = (await activeAdmins(tx)).find((admin) => admin.username === 'em');
        assert.ok(em);
        await saveUser(tx, { ...em, role: 'member' }, await profileOf(tx, em));
      });
      const stepping = root.call('PATCH', `${users}/root`, { role: 'member' });
      await Promise.race([stepping, sleep(300)]);
      await held.letGo();
      mustRefuse(await stepping, 409, 'last_admin');
    });

    it('end sessions and tokens when disabled, for good: enabling brings back neither', async () => {
      const paul = await safe.signIn('paul');
      const paulKey = await safe.person('paul');
      done(await paul.call('GET', users));
      done(await paulKey.call('GET', '/api/v1/items'));
      const disable = () => root.call('POST', `${users}/paul/disable`);
      const answer = await disable();
      assert.deepEqual(done(answer), { changed: true, proposal: null });
      assert.match((await auditLines(safe, answer)).join(), /^user\.disabled root user:\d+$/);
      const again = await disable();
      assert.deepEqual(done(again), { changed: false, proposal: null });
      assert.deepEqual(await auditLines(safe, again), []);
      const closed = async () => {
        mustRefuse(await paul.call('GET', users), 401, 'token_invalid');
        mustRefuse(await paulKey.call('GET', '/api/v1/items'), 401, 'token_invalid');
      };
      await closed();
      mustRefuse(await signInWith('paul', anyPassword), 401, 'sign_in_failed');
      const enabled = await root.call('POST', `${users}/paul/enable`);
      assert.deepEqual(done(enabled), { changed: true, proposal: null });
      assert.match((await auditLines(safe, enabled)).join(), /^user\.enabled root user:\d+$/);
      assert.deepEqual(done(await root.call('POST', `${users}/paul/enable`)), { changed: false, proposal: null });
      await closed();
      done(await (await safe.signIn('paul')).call('GET', users));
      const token = await safe.token(paulKey.clientId, paulKey.clientSecret);
      done(await safe.call('GET', '/api/v1/items', undefined, { authorization: `Bearer ${token}` }));
    });

    it('are disabled and enabled once for all requests with one key', async () => {
      const send = (verb: string, id: string) => root.call('POST', `${users}/paul/${verb}`, undefined, key(id));
      assert.deepEqual(done(await send('disable', 'off')), { changed: true, proposal: null });
      assert.deepEqual(done(await send('enable', 'on')), { changed: true, proposal: null });
      assert.deepEqual(done(await send('disable', 'off')), { changed: true, proposal: null });
      assert.equal((await read('paul')).enabled, true);
      assert.deepEqual(done(await send('enable', 'on')), { changed: true, proposal: null });
      mustRefuse(await send('enable', 'off'), 422, 'idempotency_key_reused');
    });

    it('have their sessions ended, all of them, and their keys left alone', async () => {
      const two = [await safe.signIn('paul'), await safe.signIn('paul')];
      const paulKey = await safe.person('paul');
      const answer = await root.call('POST', `${users}/paul/end-sessions`);
      assert.deepEqual(done(answer), { changed: true });
      assert.match((await auditLines(safe, answer)).join(), /^user\.sessions-ended root user:\d+$/);
      for (const session of two) mustRefuse(await session.call('GET', users), 401, 'token_invalid');
      done(await paulKey.call('GET', '/api/v1/items'));
      const again = await root.call('POST', `${users}/paul/end-sessions`);
      assert.deepEqual(done(again), { changed: false });
      assert.deepEqual(await auditLines(safe, again), []);
      assert.equal((await read('paul')).lastSignInAt, null);
      const self = await safe.signIn('root');
      done(await self.call('POST', `${users}/root/end-sessions`));
      for (const session of [self, root]) mustRefuse(await session.call('GET', users), 401, 'token_invalid');
      root = await safe.signIn('root');
    });

    it('get a password from the only administrator at once, which says so and ends their sessions', async () => {
      const paul = await safe.signIn('paul');
      const set = (body: object, id: string) => root.call('POST', `${users}/paul/password`, body, key(id));
      const answer = await set({ password: otherPassword }, 'password');
      assert.deepEqual(done(answer), { changed: true, proposal: null });
      const [entry, ...others] = await auditEntries(safe, answer);
      const { session: _, ...details } = entry?.details ?? {};
      assert.deepEqual([entry?.event, details, others], ['user.password-set', { alone: true }, []]);
      mustRefuse(await paul.call('GET', users), 401, 'token_invalid');
      mustRefuse(await signInWith('paul', anyPassword), 401, 'sign_in_failed');
      assert.equal((await signInWith('paul', otherPassword)).status, 201);
      // Sent again it is not set again.
      await safe.operator.run('user.set-password', { username: 'paul', password: anyPassword });
      assert.deepEqual(done(await set({ password: otherPassword }, 'password')), { changed: true, proposal: null });
      assert.equal((await signInWith('paul', anyPassword)).status, 201);
      mustBeInvalid(await set({ password: 'short' }, 'a'), ['password']);
      mustBeInvalid(await set({ password: 'x'.repeat(1025) }, 'b'), ['password']);
      mustBeInvalid(await set({}, 'c'), ['password']);
      mustRefuse(
        await root.call('POST', `${users}/ghost/password`, { password: otherPassword }),
        404,
        'user_not_found',
      );
      mustBeInvalid(await root.call('POST', `${users}/root/password`, { password: otherPassword }), ['username']);
    });
  });
}
