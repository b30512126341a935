import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditEntries, auditLines } from '../audit-left.ts';
import { anyPassword, engineOf, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { done, mustBeInvalid, mustRefuse } from './problem.ts';
import { codeAt, enrol, fromPage, holdClock, type SessionBody, signIn, wrongCode } from './sign-in-steps.ts';

const isOpen = async (person: SignedIn) => done<SessionBody>(await person.call('GET', '/api/v1/session'));

for (const engine of engineOf(import.meta.filename)) {
  describe(`a proof on ${engine}`, () => {
    let safe: TestSafe;
    let clock: ReturnType<typeof holdClock>;
    let ana: SignedIn;
    before(async () => {
      safe = await startSafe(engine);
      clock = holdClock(safe);
      ana = await safe.signIn('ana');
    });
    after(() => safe.close());
    const prove = (person: SignedIn, body: object) => person.call('POST', '/api/v1/session/proof', body);
    const email = (person: SignedIn) =>
      person.call('PATCH', '/api/v1/profile', { email: `${Math.random()}@example.com` });

    it('is fresh for ten minutes from signing in', async () => {
      clock.pass(599);
      done(await email(ana));
      clock.pass(1);
      mustRefuse(await email(ana), 403, 'proof_required');
      assert.equal((await isOpen(ana)).provenUntil, null);
    });

    it('is given anew by the password', async () => {
      const answer = await prove(ana, { password: anyPassword });
      const { provenUntil } = done<{ provenUntil: string }>(answer);
      assert.equal(+new Date(provenUntil), +clock.now() + 600_000);
      assert.equal((await isOpen(ana)).provenUntil, provenUntil);
      done(await email(ana));
      const { id } = await isOpen(ana);
      assert.deepEqual(await auditEntries(safe, answer), [
        {
          event: 'session.proven',
          user: 'ana',
          target: 'user:1',
          details: { session: id, address: '127.0.0.1', factor: null },
        },
      ]);
      clock.pass(600);
    });

    it('is not given for a wrong one, for none, or in no session', async () => {
      const wrong = await prove(ana, { password: 'wrong wooden boats 41' });
      mustRefuse(wrong, 401, 'password_wrong');
      assert.deepEqual(await auditLines(safe, wrong), ['session.prove.refused ana - password_wrong']);
      mustBeInvalid(await prove(ana, {}), ['password']);
      mustBeInvalid(await prove(ana, { password: anyPassword, username: 'ana' }), ['username']);
      mustRefuse(await email(ana), 403, 'proof_required');
      const ended = await safe.signIn('ana');
      await ended.call('DELETE', '/api/v1/session');
      mustRefuse(await prove(ended, { password: anyPassword }), 401, 'token_invalid');
    });

    it('is of the session that gave it alone', async () => {
      const other = await safe.signIn('ana');
      clock.pass(600);
      done(await prove(ana, { password: anyPassword }));
      mustRefuse(await email(other), 403, 'proof_required');
    });

    it('asks for the second factor too where one is enrolled', async () => {
      const ben = await safe.signIn('ben');
      const { seed, recoveryCodes } = await enrol(ben, clock.now());
      clock.pass(600);
      const none = await prove(ben, { password: anyPassword });
      mustRefuse(none, 401, 'second_factor_required');
      const code = codeAt(seed, clock.now());
      const wrongPassword = await prove(ben, { password: 'wrong wooden boats 41', code });
      mustRefuse(wrongPassword, 401, 'password_wrong');
      const wrong = { password: anyPassword, code: wrongCode(seed, clock.now()) };
      mustRefuse(await prove(ben, wrong), 401, 'second_factor_wrong');
      mustRefuse(await email(ben), 403, 'proof_required');
      // A wrong password has not used it up.
      const proven = await prove(ben, { password: anyPassword, code });
      done(proven);
      assert.equal((await auditEntries(safe, proven))[0]?.details.factor, 'code');
      mustRefuse(await prove(ben, { password: anyPassword, code }), 401, 'second_factor_wrong');
      const byRecovery = await prove(ben, { password: anyPassword, recoveryCode: recoveryCodes[0] ?? '' });
      done(byRecovery);
      assert.deepEqual(await auditLines(safe, byRecovery), [
        'session.proven ben user:2',
        'profile.recovery-code-used ben user:2',
      ]);
    });

    it('is asked for by everything dangerous', async () => {
      const cora = await safe.signIn('cora', 'admin');
      clock.pass(600);
      for (const [method, path, body, action] of [
        ['PATCH', '/profile', { email: 'cora@example.com' }, 'profile.change'],
        [
          'POST',
          '/profile/password',
          { currentPassword: anyPassword, password: 'nine paper lanterns 63' },
          'profile.change-password',
        ],
        ['POST', '/profile/second-factor', undefined, 'profile.change-second-factor'],
        ['POST', '/profile/second-factor/confirm', { code: '123456' }, 'profile.change-second-factor'],
        ['DELETE', '/profile/second-factor', { code: '123456' }, 'profile.change-second-factor'],
        ['POST', '/profile/recovery-codes', undefined, 'profile.change-second-factor'],
        ['PATCH', '/policy', { idleMinutes: 30 }, 'policy.change'],
      ] as const) {
        const answer = await cora.call(method, `/api/v1${path}`, body);
        mustRefuse(answer, 403, 'proof_required', path);
        assert.deepEqual(await auditLines(safe, answer), [`${action}.refused cora - proof_required`]);
      }
    });

    it('gives the session a new token, and the one before half a minute for calls under way', async () => {
      const dora = await safe.signIn('dora');
      const { id } = await isOpen(dora);
      const [first] = [dora.cookie];
      const by = (cookie: string, method = 'GET', body?: object) =>
        safe.call(method, `/api/v1/session${method === 'GET' ? '' : '/proof'}`, body, { cookie, ...fromPage });
      const proven = await prove(dora, { password: anyPassword });
      assert.match(
        proven.headers.get('set-cookie') ?? '',
        /^__Host-arca_session=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict$/,
      );
      const second = dora.cookie;
      assert.notEqual(second, first);
      clock.pass(29);
      for (const cookie of [first, second]) assert.equal(done<SessionBody>(await by(cookie)).id, id);
      clock.pass(1);
      mustRefuse(await by(first), 401, 'token_invalid');
      // Nor does it end the session of whom it was stolen from, as a sign-in beside a live one would.
      assert.equal((await signIn(safe, 'ana', {}, { cookie: first })).status, 201);
      assert.equal((await isOpen(dora)).id, id);
      // A wrong password renews nothing; the next right one ends what is older still at once.
      mustRefuse(await prove(dora, { password: 'wrong wooden boats 41' }), 401, 'password_wrong');
      assert.equal(dora.cookie, second);
      done(await prove(dora, { password: anyPassword }));
      done(await prove(dora, { password: anyPassword }));
      mustRefuse(await by(second), 401, 'token_invalid');
      assert.equal((await isOpen(dora)).id, id);
      // Whoever proves himself by the token before gets the next one too.
      const before = dora.cookie;
      done(await prove(dora, { password: anyPassword }));
      done(await by(before, 'POST', { password: anyPassword }));
      // Signing out ends both.
      const last = dora.cookie;
      done(await dora.call('DELETE', '/api/v1/session'), 204);
      for (const cookie of [before, last]) mustRefuse(await by(cookie), 401, 'token_invalid');
    });
  });
}
