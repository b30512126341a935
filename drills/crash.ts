// npm run drill:crash: kills real servers at work, over and over, and looks each time whether anything was lost.
// docs/operate/drills.md says what it looks at.

import type { Engine } from '../server/src/storage/connection.ts';
import { type CrashSummary, drillCrashes } from './crash/drill.ts';
import { Broken } from './crash/known.ts';
import { readOptions, runDrill } from './options.ts';
import { makePlace } from './place.ts';

const usage = `npm run drill:crash -- [options]
  --engine NAME    sqlite (default), postgres or both
  --kills N        how often a server is killed, 200 without it
  --clients N      clients that work side by side, 6 without it
  --seed N         makes the same choices again; a new one without it
  --work MS        longest that a server works before it is killed, 400 without it
  --ready MS       longest that a start may take until the safe is ready, 2000 without it`;

await runDrill(usage, async () => {
  const fallbacks = { kills: 200, clients: 6, seed: Date.now() % 1_000_000, work: 400, ready: 2000 };
  const { engines, numbers } = readOptions(process.argv.slice(2), fallbacks);
  let held = true;
  for (const engine of engines) held = (await drill(engine, numbers)) && held;
  return held;
});

async function drill(
  engine: Engine,
  { kills, clients, seed, work, ready }: Record<'kills' | 'clients' | 'seed' | 'work' | 'ready', number>,
): Promise<boolean> {
  const say = (line: string) => console.log(`${engine}: ${line}`);
  say(`${kills} kills, ${clients} clients, --seed ${seed}`);
  // A request every few milliseconds, hundreds of thousands in all: their lines would say nothing.
  const place = await makePlace(engine, { ARCA_LOG_LEVEL: 'warn' });
  const { environment, settings } = place;
  try {
    const plan = { environment, settings, kills, clients, seed, longestWork: Math.max(5, work), verifyEvery: 20, say };
    return conclude(say, await drillCrashes(plan), ready);
  } catch (thrown) {
    if (!(thrown instanceof Broken)) throw thrown;
    say(`BROKEN: ${thrown.message}`);
    return false;
  } finally {
    await place.remove();
  }
}

function conclude(say: (line: string) => void, summary: CrashSummary, bound: number): boolean {
  const { kills, killedAtStart, items, counts, lanes, ready } = summary;
  say(
    `${kills} kills, ${killedAtStart} of them while it started: nothing acknowledged is missing, nothing is half done`,
  );
  say(
    `${items} items; ${Object.entries(counts)
      .map(([what, count]) => `${what} ${count}`)
      .join(', ')}`,
  );
  say(`the audit verifies whole, rows included; ${lanes} lanes were closed and each ended as it was signed`);
  say(`ready after ${spread(ready.wall)}; processor time ${spread(ready.processor)}`);
  const slowest = Math.max(...ready.wall);
  if (slowest <= bound) return true;
  say(`TOO SLOW: a start took ${Math.round(slowest)} ms until the safe was ready, more than ${bound}`);
  return false;
}

function spread(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  return `${at(0.5)} ms (median), ${at(0.95)} ms (p95), ${at(1)} ms (longest)`;
}
