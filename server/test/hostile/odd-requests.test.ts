import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Engine } from '../../src/storage/connection.ts';
import { engineOf } from '../start-safe.ts';
import { heapInUse, mustBeUnharmed, type SeededSafe, startSeededSafe } from './seeded-safe.ts';
import { startWalk, walk } from './walk.ts';

/** Another seed walks other ways: ARCA_TEST_SEED=7 npm test -- hostile. Longer ones: npm run drill:fuzz. */
const seed = Number(process.env.ARCA_TEST_SEED ?? '20261121');
const counts: Readonly<Record<Engine, number>> = { sqlite: 3000, postgres: 900 };
const mostGrowth = 32 * 1024 * 1024;

for (const engine of engineOf(import.meta.filename)) {
  describe(`odd requests on ${engine}, seed ${seed}`, () => {
    let seeded: SeededSafe;
    before(async () => {
      seeded = await startSeededSafe(engine, { ARCA_REQUEST_TIMEOUT: '2' });
    });
    after(() => seeded.safe.close());

    it('are each answered as their dialect promises, and give nothing away', async () => {
      const count = counts[engine];
      const told = startWalk();
      await walk(seeded, seed, count / 4, told);
      const early = heapInUse();
      await walk(seeded, seed + count / 4, (count * 3) / 4, told);
      const growth = heapInUse() - early;
      assert.ok(growth < mostGrowth, `the heap grew by ${Math.round(growth / 1024)} KiB`);
      // A walk that meets one wall only shows little.
      for (const status of [200, 201, 400, 401, 403, 404, 405, 409]) {
        assert.ok(told.statuses.has(status), `${status} never came`);
      }
    });

    it('leave the safe unharmed', () => mustBeUnharmed(seeded));
  });
}
