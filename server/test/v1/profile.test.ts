import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditEntries, auditLines } from '../audit-left.ts';
import { type Answer, anyPassword, engineOf, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { openByHand } from '../store-by-hand.ts';
import { done, mustBeInvalid, mustRefuse } from './problem.ts';
import { cookiesOf, holdClock, type SessionBody, signIn } from './sign-in-steps.ts';

const profile = '/api/v1/profile';
const newPassword = 'nine paper lanterns 63';
const wrongPassword = 'wrong wooden boats 41';

for (const engine of engineOf(import.meta.filename)) {
  describe(`my profile on ${engine}`, () => {
    let safe: TestSafe;
    let ana: SignedIn;
    before(async () => {
      safe = await startSafe(engine);
      await safe.operator.run('user.add', {
        username: 'ana',
        password: anyPassword,
        name: 'Ana',
        email: 'ana@example.com',
        role: 'admin',
      });
      ana = await safe.signIn('ana');
    });
    after(() => safe.close());

    const change = (body: object, person = ana) => person.call('PATCH', profile, body);

    it('is nobody else’s: no stranger and no access key reaches it', async () => {
      const { call } = await safe.person('ana');
      const passwords = { currentPassword: anyPassword, password: newPassword };
      for (const [method, where, body, action] of [
        ['GET', profile, undefined, 'profile.read'],
        ['PATCH', profile, { name: 'x' }, 'profile.change'],
        ['POST', `${profile}/password`, passwords, 'profile.change-password'],
      ] as const) {
        mustRefuse(await safe.call(method, where, body), 401, 'token_missing', where);
        const answer = await call(method, where, body);
        mustRefuse(answer, 403, 'access_denied', where);
        assert.deepEqual(await auditLines(safe, answer), [`${action}.refused ana - access_denied`]);
      }
    });

    it('shows what the safe knows of me', async () => {
      const answer = await ana.call('GET', profile);
      const { createdAt, ...shown } = done<{ createdAt: string }>(answer);
      assert.ok(+new Date(createdAt) <= Date.now());
      assert.deepEqual(shown, {
        username: 'ana',
        name: 'Ana',
        email: 'ana@example.com',
        locale: null,
        role: 'admin',
        secondFactor: { enrolledAt: null, recoveryCodes: 0 },
      });
      const etag = answer.headers.get('etag') ?? '';
      assert.equal((await ana.call('GET', profile, undefined, { 'if-none-match': etag })).status, 304);
      assert.deepEqual(await auditLines(safe, answer), []);
    });

    it('takes what is sent and keeps the rest', async () => {
      const { secondFactor: _, createdAt: __, ...before } = done(await ana.call('GET', profile));
      for (const [body, changed] of [
        [{ name: '  Ana Souza  ' }, { name: 'Ana Souza' }],
        [{ locale: 'pt-BR' }, { name: 'Ana Souza', locale: 'pt-BR' }],
        [{ email: 'ana.souza@example.com' }, { name: 'Ana Souza', locale: 'pt-BR', email: 'ana.souza@example.com' }],
        [
          { locale: null, email: '' },
          { name: 'Ana Souza', email: '' },
        ],
        [{ name: '', email: 'ana@example.com' }, { name: '' }],
      ] as const) {
        const { secondFactor: _, createdAt: __, ...shown } = done(await change(body));
        assert.deepEqual(shown, { ...before, ...changed });
      }
    });

    it('records which fields changed, and not what they are', async () => {
      const answer = await change({ name: 'Ana Canary', email: 'canary@example.com', locale: 'en' });
      const [entry, ...more] = await auditEntries(safe, answer);
      assert.deepEqual(more, []);
      assert.deepEqual(
        [entry?.event, entry?.user, entry?.target, entry?.details.fields],
        ['profile.changed', 'ana', 'user:1', ['name', 'email', 'locale']],
      );
      assert.ok(!JSON.stringify(entry).toLowerCase().includes('canary'));
      const again = await change({ name: 'Ana Canary', locale: 'en' });
      done(again);
      assert.deepEqual(await auditLines(safe, again), []);
    });

    it('is seen in the session at once', async () => {
      done(await change({ name: 'Ana S.', locale: 'pt-BR' }));
      const { user } = done<SessionBody>(await ana.call('GET', '/api/v1/session'));
      assert.deepEqual([user.name, user.locale], ['Ana S.', 'pt-BR']);
    });

    it('refuses what does not fit', async () => {
      for (const [body, fields] of [
        [{ name: 'x'.repeat(256) }, ['name']],
        [{ name: 'bad \ud800 text' }, ['name']],
        [{ email: 'nobody' }, ['email']],
        [{ email: 'two@at@example.com' }, ['email']],
        [{ locale: 'xx' }, ['locale']],
        [{ locale: 'pt-br' }, ['locale']],
        [{ name: null }, ['name']],
        [{ role: 'admin' }, ['role']],
        [{ username: 'root' }, ['username']],
      ] as const) {
        mustBeInvalid(await change(body), fields, JSON.stringify(body).slice(0, 60));
      }
      assert.equal(done<{ role: string }>(await ana.call('GET', profile)).role, 'admin');
    });

    it('asks for a fresh proof for another e-mail address only', async () => {
      const clock = holdClock(safe);
      const ben = await safe.signIn('ben');
      clock.pass(600);
      const answer = await change({ name: 'Ben', email: 'ben@example.com' }, ben);
      mustRefuse(answer, 403, 'proof_required');
      assert.deepEqual(await auditLines(safe, answer), ['profile.change.refused ben - proof_required']);
      assert.equal(done<{ name: string }>(await ben.call('GET', profile)).name, '');
      done(await change({ name: 'Ben', email: '', locale: 'en' }, ben));
      safe.setClock(null);
    });
  });

  describe(`my password on ${engine}`, () => {
    let safe: TestSafe;
    before(async () => {
      safe = await startSafe(engine);
    });
    after(() => safe.close());
    const change = (person: SignedIn, currentPassword: string, password: string, headers = {}) =>
      person.call('POST', `${profile}/password`, { currentPassword, password }, headers);

    it('is not changed without the present one, or to one that is unfit', async () => {
      const ana = await safe.signIn('ana');
      const wrong = await change(ana, wrongPassword, newPassword);
      mustRefuse(wrong, 401, 'password_wrong');
      assert.deepEqual(await auditLines(safe, wrong), ['profile.change-password.refused ana - password_wrong']);
      for (const unfit of ['too short', 'passwordpassword', 'aaaaaaaaaaaaaaaa', '€'.repeat(342), anyPassword]) {
        const answer = await change(ana, anyPassword, unfit);
        mustBeInvalid(answer, ['password'], unfit.slice(0, 20));
        assert.ok(!answer.text.includes(unfit));
      }
      mustBeInvalid(await ana.call('POST', `${profile}/password`, { password: newPassword }), ['currentPassword']);
      // Who does not know the present one learns nothing of the rules by it.
      mustRefuse(await change(ana, wrongPassword, 'too short'), 401, 'password_wrong');
      done(await signIn(safe, 'ana'), 201);
    });

    it('is changed: the old one counts no more, other sessions end, this one goes on', async () => {
      const [ben, other, cora] = [await safe.signIn('ben'), await safe.signIn('ben'), await safe.signIn('cora')];
      const answer = await change(ben, anyPassword, newPassword);
      assert.deepEqual(done(answer), { endedSessions: 1 });
      mustRefuse(await signIn(safe, 'ben'), 401, 'sign_in_failed');
      done(await signIn(safe, 'ben', { password: newPassword }), 201);
      mustRefuse(await other.call('GET', '/api/v1/session'), 401, 'token_invalid');
      for (const person of [ben, cora]) done(await person.call('GET', '/api/v1/session'));
      const [entry, ...more] = await auditEntries(safe, answer);
      assert.deepEqual(more, []);
      assert.deepEqual(
        [entry?.event, entry?.user, entry?.details.endedSessions],
        ['profile.password-changed', 'ben', 1],
      );
      assert.deepEqual(Object.keys(cookiesOf(answer)), ['__Host-arca_device']);
    });

    it('is in no answer, no log, no entry and no side store', async () => {
      const dora = await safe.signIn('dora');
      const password = 'canary of paper lanterns';
      const answers = [
        await change(dora, anyPassword, password, { 'idempotency-key': 'one' }),
        await change(dora, password, 'canary', { 'idempotency-key': 'two' }),
      ];
      for (const { text } of answers) assert.ok(!text.includes('canary'));
      assert.ok(!safe.log().includes('canary'));
      assert.ok(!JSON.stringify(await safe.operator.run('audit.list', { limit: 1000 })).includes('canary'));
      const store = await openByHand(safe.settings);
      assert.deepEqual(await store.all('select * from repeats'), []);
      await store.close();
    });

    for (const [from, username, code] of [
      ['two sessions', 'eve', 'token_invalid'],
      ['one session', 'fay', 'password_wrong'],
    ] as const) {
      it(`is changed once when ${from} changes it twice at once`, async () => {
        const one = await safe.signIn(username);
        const two = from === 'one session' ? one : await safe.signIn(username);
        const passwords = ['first paper lanterns 1', 'second paper lanterns 2'] as const;
        const answers = await Promise.all([
          change(one, anyPassword, passwords[0]),
          change(two, anyPassword, passwords[1]),
        ]);
        const winner = answers[0].status === 200 ? 0 : 1;
        done(answers[winner]);
        mustRefuse(answers[1 - winner] as Answer, 401, code);
        done(await signIn(safe, username, { password: passwords[winner] }), 201);
        mustRefuse(await signIn(safe, username, { password: passwords[1 - winner] ?? '' }), 401, 'sign_in_failed');
      });
    }
  });
}
