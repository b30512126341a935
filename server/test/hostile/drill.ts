// npm run drill:fuzz -- [--seed N] [--requests M] [--engine sqlite|postgres]: sends M odd requests to every route of a
// safe of its own, a new one every few thousand, and says what was answered. Stops at the first answer that breaks a
// promise with the request that did it; `--seed` of that request and `--requests 1` send it again.

import assert from 'node:assert/strict';
import { parseArgs } from 'node:util';
import { startPostgres } from '../../../scripts/postgres.ts';
import type { SeededSafe } from './seeded-safe.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    requests: { type: 'string', default: '20000' },
    engine: { type: 'string', default: 'sqlite' },
  },
});
const [seed, requests] = [Number(values.seed), Number(values.requests)];
const { engine } = values;
if (!Number.isSafeInteger(seed) || !(requests >= 1) || (engine !== 'sqlite' && engine !== 'postgres')) {
  say('usage: npm run drill:fuzz -- [--seed N] [--requests M] [--engine sqlite|postgres]');
  process.exit(2);
}

/** So many on one safe: long enough for memory that grows to show, short enough for an audit that stays quick to check. */
const pieceSize = 5000;
const mostGrowth = 48 * 1024 * 1024;

const postgres = engine === 'postgres' && !process.env.ARCA_TEST_POSTGRES_URL ? await startPostgres() : null;
if (postgres) process.env.ARCA_TEST_POSTGRES_URL = postgres.url;
const { heapInUse, mustBeUnharmed, startSeededSafe } = await import('./seeded-safe.ts');
const { startWalk, walk } = await import('./walk.ts');
const told = startWalk();
say(`seed ${seed}, ${requests} requests on ${engine}`);
try {
  for (let at = 0; at < requests; at += pieceSize) {
    const begun = performance.now();
    const count = Math.min(pieceSize, requests - at);
    const seeded: SeededSafe = await startSeededSafe(engine, { ARCA_REQUEST_TIMEOUT: '2' });
    try {
      await walk(seeded, seed + at, Math.ceil(count / 5), told);
      const early = heapInUse();
      await walk(seeded, seed + at + Math.ceil(count / 5), Math.floor((count * 4) / 5), told);
      const growth = heapInUse() - early;
      await mustBeUnharmed(seeded);
      const seconds = Math.round((performance.now() - begun) / 1000);
      say(`${at + count} requests, ${seconds} s, heap ${growth < 0 ? '' : '+'}${Math.round(growth / 1024)} KiB`);
      assert.ok(growth < mostGrowth, 'the heap grew');
    } finally {
      await seeded.safe.close();
    }
  }
  for (const [status, count] of [...told.statuses].sort(([a], [b]) => a - b)) say(`${status}  ${count}`);
  const never = [...told.byOperation].filter(([, statuses]) => ![...statuses.keys()].some((status) => status < 400));
  say(`never answered with success: ${never.map(([id]) => id).join(', ') || 'none'}`);
} catch (thrown) {
  say((thrown as Error).message);
  process.exitCode = 1;
} finally {
  await postgres?.stop();
}
process.exit();
