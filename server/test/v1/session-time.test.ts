import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { systemContext } from '../../src/actions/system-context.ts';
import { tidy } from '../../src/actions/tidy.ts';
import { engineOf, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { openByHand } from '../store-by-hand.ts';
import { done, mustRefuse } from './problem.ts';
import { holdClock, type SessionBody } from './sign-in-steps.ts';

const hour = 3600;

type Listed = { id: string; usedAt: string };

const sessionsOf = async (person: SignedIn) =>
  done<{ sessions: Listed[] }>(await person.call('GET', '/api/v1/sessions')).sessions;
const isOver = async (person: SignedIn) =>
  mustRefuse(await person.call('GET', '/api/v1/session'), 401, 'token_invalid');
const isOpen = async (person: SignedIn) => done<SessionBody>(await person.call('GET', '/api/v1/session'));

for (const engine of engineOf(import.meta.filename)) {
  describe(`the time of a session on ${engine}`, () => {
    let safe: TestSafe;
    let clock: ReturnType<typeof holdClock>;
    before(async () => {
      safe = await startSafe(engine);
      clock = holdClock(safe);
      await safe.signIn('ana', 'admin');
    });
    after(() => safe.close());

    it('is over after an hour without a call, by what memory and store know together', async () => {
      const person = await safe.signIn('ana');
      clock.pass(hour - 1);
      await isOpen(person);
      clock.pass(hour - 1);
      await isOpen(person);
      // What was counted in memory is written at the end, and read again.
      await safe.restart();
      clock.pass(hour - 1);
      assert.equal(+new Date((await isOpen(person)).idleEndsAt), +clock.now() + hour * 1000);
      clock.pass(hour);
      await isOver(person);
      const { length } = await sessionsOf(await safe.signIn('ana'));
      assert.equal(length, 1);
    });

    it('is over after 12 hours however busy it is', async () => {
      const person = await safe.signIn('ana');
      for (let passed = 0; passed < 12 * hour - 1800; passed += 1800) {
        clock.pass(1800);
        const { idleEndsAt, endsAt } = await isOpen(person);
        assert.ok(idleEndsAt <= endsAt);
      }
      clock.pass(1800);
      await isOver(person);
    });

    it('is as the policy says, for those that run too', async () => {
      const [old, admin] = [await safe.signIn('ana'), await safe.signIn('ana')];
      clock.pass(2 * 60);
      done(await admin.call('PATCH', '/api/v1/policy', { idleMinutes: 5, sessionHours: 1 }));
      const short = await safe.signIn('ben');
      const { createdAt, endsAt, idleEndsAt } = await isOpen(short);
      assert.equal(+new Date(endsAt) - +new Date(createdAt), hour * 1000);
      assert.equal(+new Date(idleEndsAt), +clock.now() + 5 * 60_000);
      clock.pass(3 * 60 - 1);
      await isOpen(old);
      clock.pass(5 * 60);
      await isOver(old);
      for (let passed = 8 * 60; passed < hour; passed += 240) {
        await admin.call('GET', '/api/v1/session');
        await short.call('GET', '/api/v1/session');
        clock.pass(240);
      }
      await isOver(admin);
      clock.pass(120);
      await isOver(short);
      const again = await safe.signIn('ana');
      done(await again.call('PATCH', '/api/v1/policy', { idleMinutes: 60, sessionHours: 12 }));
    });

    it('is written a while later, and only for those that were used', async () => {
      const [used, unused] = [await safe.signIn('ana'), await safe.signIn('ana')];
      const { id } = await isOpen(used);
      clock.pass(600);
      await isOpen(used);
      const shown = (await sessionsOf(used)).find((one) => one.id === id);
      assert.equal(shown?.usedAt, clock.now().toISOString());
      await unused.call('DELETE', '/api/v1/session');
    });
  });

  describe(`what is over, on ${engine}`, () => {
    it('is tidied away: ended sessions, and idempotency keys of yesterday', async () => {
      const safe = await startSafe(engine);
      try {
        const clock = holdClock(safe);
        const ana = await safe.signIn('ana');
        const make = (key: string) =>
          ana.call('POST', '/api/v1/items/note', { name: key, note: 'x' }, { 'idempotency-key': key });
        done(await make('old'), 201);
        clock.pass(12 * hour - 1);
        const rows = async () => {
          await tidy(systemContext(safe.serving.safe));
          const store = await openByHand(safe.settings);
          const counts = [];
          for (const table of ['sessions', 'repeats']) counts.push((await store.all(`select * from ${table}`)).length);
          await store.close();
          return counts;
        };
        assert.deepEqual(await rows(), [1, 1]);
        clock.pass(2);
        assert.deepEqual(await rows(), [0, 1]);
        await safe.signIn('ana');
        clock.pass(12 * hour - 2);
        assert.deepEqual(await rows(), [1, 1]);
        clock.pass(1);
        assert.deepEqual(await rows(), [1, 1]);
        clock.pass(1);
        assert.deepEqual(await rows(), [1, 0]);
        clock.pass(1);
        assert.deepEqual(await rows(), [0, 0]);
      } finally {
        await safe.close();
      }
    });
  });
}
