// npm run drill:flood: floods a real server with wrong sign-ins and refused calls, and looks whether those who may go on.
// docs/operate/drills.md says what it looks at.

import { join } from 'node:path';
import { mounted } from '../server/test/faults/mounted.ts';
import { Drowned, drillFlood, type FloodSummary } from './flood/drill.ts';
import { readOptions, runDrill } from './options.ts';
import { makePlace } from './place.ts';

const usage = `npm run drill:flood -- [options]
  --engine NAME    sqlite (default), postgres or both
  --sign-ins N     wrong sign-ins in all, 10000 without it
  --refused N      refused calls in all, 100000 without it
  --at-once N      of each on their way at the same time, 200 without it
  --disk MIB       size of the small file system that is filled, 64 without it; it takes root
  --p99 MS         longest that 99 of 100 reveals may take during the floods, 2000 without it`;

await runDrill(usage, async () => {
  const fallbacks = { 'sign-ins': 10_000, refused: 100_000, 'at-once': 200, disk: 64, p99: 2000 };
  const { engines, numbers } = readOptions(process.argv.slice(2), fallbacks);
  let held = true;
  for (const engine of engines) held = (await drill(engine, numbers)) && held;
  return held;
});

async function drill(engine: 'sqlite' | 'postgres', numbers: Record<string, number>): Promise<boolean> {
  const say = (line: string) => console.log(`${engine}: ${line}`);
  const disk =
    engine === 'sqlite' ? mounted('-t', 'tmpfs', '-o', `size=${numbers.disk}m`, 'tmpfs') : 'PostgreSQL has its own';
  if (typeof disk === 'string') say(`without a disk to fill: ${disk}`);
  const folder = typeof disk === 'string' ? null : disk.folder;
  const place = await makePlace(engine, folder === null ? {} : { ARCA_DATA_DIR: join(folder, 'data') });
  const { 'sign-ins': signIns = 0, refused = 0, 'at-once': atOnce = 1, p99 = 0 } = numbers;
  try {
    const plan = { environment: place.environment, disk: folder, signIns, refused, atOnce, say };
    return conclude(say, await drillFlood(plan), p99);
  } catch (thrown) {
    if (!(thrown instanceof Drowned)) throw thrown;
    say(`DROWNED: ${thrown.message}`);
    return false;
  } finally {
    if (typeof disk !== 'string') disk.remove();
    await place.remove();
  }
}

function conclude(say: (line: string) => void, summary: FloodSummary, bound: number): boolean {
  const { signIns, refused, quiet, flooded, letIn } = summary;
  say(`wrong sign-ins ${JSON.stringify(signIns)}, refused calls ${JSON.stringify(refused)}, by status`);
  say(`${letIn} sign-ins from a known device, all let in`);
  const [calm, slowest] = [p99(quiet), p99(flooded)];
  say(`${flooded.length} reveals by a valid token, all answered; p99 ${slowest} ms, ${calm} ms before the floods`);
  if (slowest <= bound) return true;
  say(`TOO SLOW: more than ${bound} ms`);
  return false;
}

function p99(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(0.99 * sorted.length))] ?? 0);
}
