import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { engines } from '../start-safe.ts';
import { done } from '../v1/problem.ts';
import { type Lives, patient, startLives } from './lives.ts';
import { ended, finish, type Planned, plan, rowsOf } from './plan-steps.ts';

const size = 2000;
const file = [
  'name,url,username,password,note',
  ...Array.from({ length: size }, (_, at) => `item ${at},https://s${at}.example,ana,p${at},`),
].join('\n');

for (const engine of engines) {
  describe(`a server that is killed while it imports, on ${engine}`, () => {
    let lives: Lives;
    before(async () => {
      lives = await startLives(engine);
    }, patient);
    after(() => lives?.close(), patient);
    const seen = async () => done<{ total: number }>(await lives.ana.call('GET', '/api/v1/items?limit=1')).total;
    const verified = async () => (await lives.now().operator.run('audit.verify', undefined as never)).problems;

    /** What is seen while it works, from now on until it is done: how many items, each number once. */
    async function seenWhile(id: number, status: string): Promise<number[]> {
      const found = new Set<number>();
      for (;;) {
        const now = await seen();
        if ((await lives.read(id)).status !== status) return [...found];
        found.add(now);
        await sleep(20);
      }
    }

    let applied: Planned;
    it(
      'goes on with applying where it was, shows nothing until all is there, and makes each item once',
      patient,
      async () => {
        const { id, counts } = await plan(lives.ana, file);
        assert.equal(counts.new, size);
        done(await lives.ana.call('POST', `/api/v1/imports/${id}/apply`));
        for (const far of [100, 600, 1400]) {
          const now = await lives.killedAt(id, far);
          assert.equal(now.status, 'applying');
          assert.ok(now.done >= far && now.done < size, `killed at ${now.done}`);
          const [first] = await rowsOf(lives.ana, id);
          const staged = await lives.ana.call('GET', `/api/v1/items/password/${first?.number}`);
          if ((await lives.read(id)).status === 'applying') assert.deepEqual([staged.status, await seen()], [404, 0]);
        }
        assert.deepEqual(
          (await seenWhile(id, 'applying')).filter((number) => number !== 0),
          [],
        );
        applied = await ended(lives.ana, id);
        assert.deepEqual([applied.status, applied.outcomes.created, applied.done], ['finished', size, size]);
        assert.equal(await seen(), size);
        assert.deepEqual([await lives.count('items'), await lives.count('item_versions')], [size, size]);
        assert.equal(await lives.count(`audit_entries where event = 'item.created'`), size);
        assert.deepEqual(await verified(), []);
      },
    );

    it('finds nothing to do in the same file again', patient, async () => {
      const again = await plan(lives.ana, file);
      assert.deepEqual(again.counts, { new: 0, same: size, changed: 0, rejected: 0 });
      const nothing = await finish(lives.ana, again.id, 'apply');
      assert.deepEqual([nothing.status, nothing.outcomes.created, await seen()], ['finished', 0, size]);
    });

    it('goes on with undoing where it was: all is seen, or nothing but what somebody changed', patient, async () => {
      const { id } = applied;
      const [first] = await rowsOf(lives.ana, id);
      done(await lives.ana.call('PATCH', `/api/v1/items/password/${first?.number}`, { notes: 'mine now' }));
      done(await lives.ana.call('POST', `/api/v1/imports/${id}/undo`));
      // Once while rows are looked through, once while what nobody has touched is removed.
      for (const far of [700, size]) {
        const now = await lives.killedAt(id, far);
        assert.equal(now.status, 'undoing');
        assert.ok(now.done >= far, `killed at ${now.done}`);
      }
      const half = (await seenWhile(id, 'undoing')).filter((number) => ![size, size - 1, 0, 1].includes(number));
      assert.deepEqual(half, []);
      const { status, outcomes } = await ended(lives.ana, id);
      assert.deepEqual([status, outcomes.undone, outcomes.kept], ['undone', size - 1, 1]);
      const kept = done<{ items: { number: number; enabled: boolean }[]; total: number }>(
        await lives.ana.call('GET', '/api/v1/items?state=all'),
      );
      assert.deepEqual(
        kept.items.map(({ number, enabled }) => [number, enabled]),
        [[first?.number, false]],
      );
      assert.deepEqual(
        [await lives.count('items'), await lives.count(`audit_entries where event = 'item.removed'`)],
        [1, size - 1],
      );
      assert.deepEqual(await verified(), []);
    });
  });
}
