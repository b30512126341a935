import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { flushTallies } from '../src/actions/flush-tallies.ts';
import { systemContext } from '../src/actions/system-context.ts';
import { finish, plan } from './import/plan-steps.ts';
import { engines, type SignedIn, startSafe, type TestSafe } from './start-safe.ts';
import { openByHand, type StoreByHand } from './store-by-hand.ts';

/** Around the borders of the slices that plans (200), staging (50), pieces of a file (500) and flushing (500) work in. */
const sizes = [1, 50, 51, 200, 201, 500, 501, 1000, 1001];

for (const engine of engines) {
  describe(`work in slices, at their borders (${engine})`, () => {
    let safe: TestSafe;
    let ana: SignedIn;
    let store: StoreByHand;
    before(async () => {
      safe = await startSafe(engine);
      ana = await safe.signIn('ana');
      store = await openByHand(safe.settings);
    });
    after(async () => {
      await store?.close();
      await safe?.close();
    });

    const count = async (from: string) => Number((await store.one(`select count(*) as count from ${from}`)).count);

    it('an import makes each of its rows once, and takes each back once', { timeout: 240_000 }, async () => {
      for (const size of sizes) {
        const rows = Array.from({ length: size }, (_, at) => `of ${size} ${at},https://a.example,u${at},p${at}`);
        const planned = await plan(ana, ['name,url,username,password', ...rows].join('\n'));
        assert.deepEqual([planned.format, planned.counts.new], ['chrome-csv', size]);
        const before = await count('items');
        const applied = await finish(ana, planned.id, 'apply');
        assert.deepEqual([applied.status, applied.outcomes.created, applied.done], ['finished', size, size]);
        assert.equal(await count('items'), before + size);
        // The last one stays: the tallies below are of its items.
        if (size === sizes.at(-1)) return;
        const undone = await finish(ana, planned.id, 'undo');
        assert.deepEqual([undone.status, undone.outcomes.undone], ['undone', size]);
      }
    });

    it('uses of items and counted refusals are written each once', async () => {
      const { uses, refusals } = safe.serving.safe;
      const numbers = (await store.all('select number from items order by number desc')).map(
        ({ number }) => +String(number),
      );
      assert.ok(numbers.length >= 1001);
      for (const size of sizes) {
        const at = new Date(Date.now() + size * 1000);
        for (const number of numbers.slice(0, size)) uses.itemUsed({ kind: 'password', number }, at);
        for (let one = 0; one < size; one += 1) {
          for (const _ of [1, 2, 3])
            refusals.isFirst('192.0.2.1', `stranger ${size} ${one}`, 'client_unknown', new Date());
        }
        const before = await count(`audit_entries where event = 'audit.refusals-counted'`);
        await flushTallies(systemContext(safe.serving.safe), true);
        assert.equal(await count(`item_use where used_at = ${+at}`), size);
        assert.equal(await count(`audit_entries where event = 'audit.refusals-counted'`), before + size);
        assert.deepEqual([uses.take().items, refusals.take(new Date(), true)], [[], []]);
      }
      const told = await safe.operator.run('audit.list', { event: 'audit.refusals-counted', limit: 1000 });
      assert.ok(told.length >= 1000 && told.every(({ details }) => details.count === 2));
    });
  });
}
