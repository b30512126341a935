import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, tokenOf } from '../bench.ts';
import type { Child } from '../child.ts';
import { play, prepareLoad } from '../load.ts';
import { figureOf } from '../measure.ts';
import type { Row } from '../row.ts';
import { many } from './list.ts';
import { readLoad } from './read.ts';

/** The safe gives back what only its start needed in the first second in which nobody is connected. */
const settled = 3000;
const judged = 200;

/** From the start of the process until it says that it is ready, and what memory it has idle and under load. */
export async function measureStart(bench: Bench): Promise<Row[]> {
  const { engine, options, folder } = bench;
  const filled = await bench.filled(many, 'reads only');
  const seconds: number[] = [];
  let safe: Child | undefined;
  for (let round = 0; round < options.pairs; round += 1) {
    await safe?.stop();
    const start = performance.now();
    safe = await bench.serve(filled, 'start');
    const { ok } = await fetch(`${safe.url}/readyz`);
    if (!ok) throw new Error('the safe was not ready when it said where it listens');
    seconds.push((performance.now() - start) / 1000);
  }
  if (!safe) return [];
  const held = `with ${many.toLocaleString('en')} items`;
  const common = { engine, against: 'absolute', sides: {} } as const;
  const rows: Row[] = [
    { ...common, ...figureOf(seconds), what: `start to ready ${held}`, unit: 's', reach: { atMost: 1 } },
  ];
  await sleep(settled);
  const idle = safe.resident();
  const token = await tokenOf(filled, safe.url);
  const send = prepareLoad(readLoad(token, many), folder, 'start');
  const loaded: number[] = [];
  for (let round = 0; round < options.pairs; round += 1) {
    await send(safe, options.seconds);
    loaded.push(safe.resident() ?? 0);
  }
  const judging = await mostWhileJudging(safe, token);
  await safe.stop();
  // Only Linux tells what another process holds.
  if (idle === null) return rows;
  const megabytes = (bytes: readonly number[]) => figureOf(bytes.map((one) => one / 1024 / 1024));
  return [
    ...rows,
    { ...common, ...megabytes([idle]), what: `memory, idle ${held}`, unit: 'MB', reach: { atMost: 150 } },
    { ...common, ...megabytes(loaded), what: `memory, reading ${held}`, unit: 'MB', reach: { atMost: 250 } },
    {
      ...common,
      ...megabytes(judging),
      what: 'memory, judging passwords beside it',
      unit: 'MB',
      reach: { atMost: 250 },
    },
  ];
}

/** What is resident at the most while new passwords are judged, after all that was measured before. */
async function mostWhileJudging(safe: Child, token: string): Promise<number[]> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  let most = 0;
  const timer = setInterval(() => {
    most = Math.max(most, safe.resident() ?? 0);
  }, 50);
  try {
    for (let at = 0; at < judged; at += 1) {
      const password = randomBytes(18).toString('base64url');
      const body = JSON.stringify({ name: `Judged ${at}`, username: 'judged', password });
      await play({ method: 'POST', path: '/api/v1/items/password', headers, body }, safe.url);
    }
    await sleep(settled * 2);
  } finally {
    clearInterval(timer);
  }
  return [most];
}
