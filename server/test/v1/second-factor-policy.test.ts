import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditLines } from '../audit-left.ts';
import { engineOf, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { done, mustRefuse } from './problem.ts';
import { codeAt, enrol, holdClock, type SessionBody } from './sign-in-steps.ts';

const path = '/api/v1/profile/second-factor';

for (const engine of engineOf(import.meta.filename)) {
  describe(`a policy that asks for a second factor, on ${engine}`, () => {
    let safe: TestSafe;
    let clock: ReturnType<typeof holdClock>;
    let root: SignedIn;
    before(async () => {
      safe = await startSafe(engine);
      clock = holdClock(safe);
      root = await safe.signIn('root', 'admin');
      await enrol(root, clock.now());
    });
    after(() => safe.close());
    const ask = async (secondFactor: string) => {
      clock.pass(60);
      done(await root.call('PATCH', '/api/v1/policy', { secondFactor }));
    };
    const open = ['/session', '/sessions', '/profile', '/policy'];
    const closed = ['/items', '/items/note/1'];

    it('leaves whoever has none his profile and session only, at once, until he enrols', async () => {
      const ana = await safe.signIn('ana');
      const key = await safe.person('ana');
      done(await ana.call('GET', '/api/v1/items'));
      await ask('everyone');
      const state = done<SessionBody>(await ana.call('GET', '/api/v1/session'));
      assert.deepEqual([state.mustEnrol, state.may], [true, { makeKeys: false, administer: false }]);
      for (const where of closed) {
        const answer = await ana.call('GET', `/api/v1${where}`);
        if (where === '/items') mustRefuse(answer, 403, 'second_factor_not_enrolled', where);
        else assert.ok([403, 404].includes(answer.status), where);
      }
      const made = await ana.call('POST', '/api/v1/items/note', { name: 'a', note: 'b' });
      mustRefuse(made, 403, 'second_factor_not_enrolled');
      for (const where of open) done(await ana.call('GET', `/api/v1${where}`));
      const email = await ana.call('PATCH', '/api/v1/profile', { email: 'ana@example.com' });
      mustRefuse(email, 403, 'second_factor_not_enrolled');
      done(await ana.call('PATCH', '/api/v1/profile', { name: 'Ana' }));
      // His keys are machines without a second factor.
      assert.equal((await key.call('GET', '/api/v1/items')).status, 200);
      // A new session is no way around it, and its proof from signing in is enough to enrol.
      const again = await safe.signIn('ana');
      mustRefuse(await again.call('GET', '/api/v1/items'), 403, 'second_factor_not_enrolled');
      await enrol(again, clock.now());
      done(await again.call('GET', '/api/v1/items'));
      const after = done<SessionBody>(await again.call('GET', '/api/v1/session'));
      assert.deepEqual([after.mustEnrol, after.may.makeKeys], [false, true]);
    });

    it('keeps him from removing it', async () => {
      await ask('everyone');
      const ben = await safe.signIn('ben');
      const { seed } = await enrol(ben, clock.now());
      clock.pass(30);
      const remove = () => ben.call('DELETE', path, { code: codeAt(seed, clock.now()) });
      const answer = await remove();
      mustRefuse(answer, 409, 'second_factor_needed');
      assert.deepEqual(await auditLines(safe, answer), [
        'profile.change-second-factor.refused ben - second_factor_needed',
      ]);
      await ask('admins');
      done(await remove());
      // Without one again, he is asked for one when the policy changes back.
      done(await ben.call('GET', '/api/v1/items'));
      await ask('everyone');
      mustRefuse(await ben.call('GET', '/api/v1/items'), 403, 'second_factor_not_enrolled');
    });

    it('asks only administrators when it says so', async () => {
      await ask('admins');
      const [cora, dora] = [await safe.signIn('cora'), await safe.signIn('dora', 'admin')];
      done(await cora.call('GET', '/api/v1/items'));
      mustRefuse(await dora.call('GET', '/api/v1/items'), 403, 'second_factor_not_enrolled');
      mustRefuse(await dora.call('PATCH', '/api/v1/policy', { idleMinutes: 30 }), 403, 'second_factor_not_enrolled');
    });

    it('leaves enrolling open after the first proof has grown old', async () => {
      await ask('everyone');
      const eve = await safe.signIn('eve');
      clock.pass(600);
      mustRefuse(await eve.call('POST', path), 403, 'proof_required');
      done(await eve.call('POST', '/api/v1/session/proof', { password: 'seven wooden boats 41' }));
      await enrol(eve, clock.now());
      done(await eve.call('GET', '/api/v1/items'));
    });
  });
}
