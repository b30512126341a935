import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, tokenOf } from '../bench.ts';
import { startBystander } from '../bystander.ts';
import { figureOf } from '../measure.ts';
import type { Row } from '../row.ts';
import { signIn } from '../signed-in.ts';
import { many } from './list.ts';
import { readLoad } from './read.ts';

/** Replaces the data key of a safe with very many items while somebody else goes on reading. */
export async function measureRotate(bench: Bench): Promise<Row[]> {
  const { engine } = bench;
  const filled = await bench.filled(many, 'for itself');
  const safe = await bench.serve(filled, 'rotate');
  const admin = await signIn(safe.url, 'keeper');
  const bystander = startBystander(safe.url, readLoad(await tokenOf(filled, safe.url), 1000).requests);
  const from = performance.now();
  await admin.call('POST', '/safe-keys/rotate', { what: 'data' });
  let done = 0;
  for (;;) {
    const { rotation } = await admin.call<{ rotation: Rotation | null }>('GET', '/safe-keys');
    if (rotation?.broken) throw new Error(`${rotation.broken} rows were left`);
    if (rotation && rotation.finishedAt !== null) {
      done = rotation.done;
      break;
    }
    await sleep(50);
  }
  const perSecond = done / ((performance.now() - from) / 1000);
  if (done < many) throw new Error(`${done} rows were gone through, of ${many} items`);
  const p99 = await bystander.stop();
  await safe.stop();
  const common = { engine, against: 'absolute', sides: {} } as const;
  const what = `rotate the data key over ${many.toLocaleString('en')} items`;
  return [
    { ...common, ...figureOf([perSecond]), what, unit: 'rows/s', reach: { atLeast: 20_000 } },
    { ...common, ...figureOf([p99]), what: 'read, p99 beside it', unit: 'ms', reach: { atMost: 100 } },
  ];
}

type Rotation = { done: number; broken: number; finishedAt: string | null };
