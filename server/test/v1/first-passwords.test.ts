import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditLines } from '../audit-left.ts';
import { anyPassword, engineOf, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { done, mustBeInvalid, mustRefuse } from './problem.ts';
import { enrol, holdClock, type SessionBody, signedInBy, signIn } from './sign-in-steps.ts';

const first = 'eight copper bells 52';
const own = 'nine paper lanterns 63';
const day = 86_400;

for (const engine of engineOf(import.meta.filename)) {
  describe(`a password that somebody else chose, on ${engine}`, () => {
    let safe: TestSafe;
    let clock: ReturnType<typeof holdClock>;
    before(async () => {
      safe = await startSafe(engine);
      clock = holdClock(safe);
      await safe.signIn('root', 'admin');
    });
    after(() => safe.close());

    const add = async (username: string) => {
      const root = await safe.signIn('root');
      done(await root.call('POST', '/api/v1/users', { username, password: first }), 201);
    };
    const enter = async (username: string, password: string) =>
      signedInBy(safe, username, await signIn(safe, username, { password }));
    const stateOf = async (person: SignedIn) => done<SessionBody>(await person.call('GET', '/api/v1/session'));
    const change = (person: SignedIn, currentPassword: string, password: string) =>
      person.call('POST', '/api/v1/profile/password', { currentPassword, password });

    it('opens nothing but what it takes to choose another one', async () => {
      await add('ben');
      const ben = await enter('ben', first);
      const state = await stateOf(ben);
      assert.deepEqual([state.mustChangePassword, state.may], [true, { makeKeys: false, administer: false }]);
      for (const [method, path, body, action] of [
        ['GET', '/items', undefined, 'item.list'],
        ['POST', '/items/note', { name: 'a', note: 'b' }, 'item.create'],
        ['POST', '/access-keys', { name: 'a' }, 'access-key.add'],
        ['PATCH', '/profile', { email: 'ben@example.com' }, 'profile.change'],
        ['GET', '/audit', undefined, 'audit.list'],
      ] as const) {
        const answer = await ben.call(method, `/api/v1${path}`, body);
        mustRefuse(answer, 403, 'password_change_required', path);
        assert.deepEqual(await auditLines(safe, answer), [`${action}.refused ben - password_change_required`]);
      }
      for (const path of ['/session', '/sessions', '/profile', '/policy'])
        done(await ben.call('GET', `/api/v1${path}`));
      done(await ben.call('POST', '/api/v1/password-strength', { password: own }));
      // A fresh proof is none of another password, and another session no way around.
      done(await ben.call('POST', '/api/v1/session/proof', { password: first }));
      for (const person of [ben, await enter('ben', first)]) {
        mustRefuse(await person.call('GET', '/api/v1/items'), 403, 'password_change_required');
      }
    });

    it('is changed for one that is fit and another, and then everything opens', async () => {
      const ben = await enter('ben', first);
      mustBeInvalid(await change(ben, first, first), ['password']);
      mustBeInvalid(await change(ben, first, 'qwertyuiop123'), ['password']);
      mustRefuse(await change(ben, 'wrong wooden boats 41', own), 401, 'password_wrong');
      mustRefuse(await ben.call('GET', '/api/v1/items'), 403, 'password_change_required');
      done(await change(ben, first, own));
      done(await ben.call('GET', '/api/v1/items'));
      assert.equal((await stateOf(ben)).mustChangePassword, false);
      mustRefuse(await signIn(safe, 'ben', { password: first }), 401, 'sign_in_failed');
      clock.pass(8 * day);
      done(await (await enter('ben', own)).call('GET', '/api/v1/items'));
    });

    it('counts for seven days, and then as if it were a wrong one', async () => {
      await add('cora');
      clock.pass(7 * day - 1);
      assert.equal((await signIn(safe, 'cora', { password: first })).status, 201);
      clock.pass(1);
      const late = await signIn(safe, 'cora', { password: first });
      mustRefuse(late, 401, 'sign_in_failed');
      assert.deepEqual(await auditLines(safe, late), ['session.start.refused - - sign_in_failed']);
    });

    it('is set anew for who forgot his own', async () => {
      const ben = await enter('ben', own);
      const root = await safe.signIn('root');
      done(await root.call('POST', '/api/v1/users/ben/password', { password: first }));
      mustRefuse(await ben.call('GET', '/api/v1/items'), 401, 'token_invalid');
      assert.equal((await stateOf(await enter('ben', first))).mustChangePassword, true);
      // What the operator of the host sets may be temporary, or typed by the user himself.
      for (const temporary of [false, true]) {
        await safe.operator.run('user.set-password', { username: 'ben', password: own, temporary });
        assert.equal((await stateOf(await enter('ben', own))).mustChangePassword, temporary);
        const username = temporary ? 'dora' : 'dina';
        await safe.operator.run('user.add', { username, password: first, temporary });
        assert.equal((await stateOf(await enter(username, first))).mustChangePassword, temporary);
      }
    });

    it('comes before the second factor that the policy asks for', async () => {
      await add('eve');
      const root = await safe.signIn('root');
      await enrol(root, clock.now());
      done(await root.call('PATCH', '/api/v1/policy', { secondFactor: 'everyone' }));
      const eve = await enter('eve', first);
      mustRefuse(await eve.call('GET', '/api/v1/items'), 403, 'password_change_required');
      done(await change(eve, first, own));
      mustRefuse(await eve.call('GET', '/api/v1/items'), 403, 'second_factor_not_enrolled');
      await enrol(eve, clock.now());
      done(await eve.call('GET', '/api/v1/items'));
    });

    it('counts from when a second administrator has confirmed it', async () => {
      await safe.operator.run('user.add', { username: 'rita', password: anyPassword, role: 'admin' });
      await safe.operator.run('user.remove-second-factor', { username: 'root' });
      const rita = await safe.signIn('rita');
      await enrol(rita, clock.now());
      const asked = await rita.call('POST', '/api/v1/users/ben/password', { password: 'ten silver keys 74' });
      const { proposal } = done<{ proposal: { id: number } }>(asked, 202);
      clock.pass(2 * 3600);
      const root = await safe.signIn('root');
      await enrol(root, clock.now());
      done(await root.call('POST', `/api/v1/proposals/${proposal.id}/confirm`));
      clock.pass(7 * day - 1);
      assert.equal((await signIn(safe, 'ben', { password: 'ten silver keys 74' })).status, 201);
      clock.pass(1);
      mustRefuse(await signIn(safe, 'ben', { password: 'ten silver keys 74' }), 401, 'sign_in_failed');
    });
  });
}
