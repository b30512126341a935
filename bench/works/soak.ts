import { type Bench, tokenOf } from '../bench.ts';
import { prepareLoad, type Stretch } from '../load.ts';
import { type Figure, median } from '../measure.ts';
import type { Row } from '../row.ts';
import { readLoad } from './read.ts';

const items = 5_000;
const stretchSeconds = 10;

/**
 * Reads at random for minutes on end and tells every ten seconds what came of it. What is recorded is the last third
 * held against the first: memory or waiting that grows with time shows there, whatever the machine's speed.
 */
export async function measureSoak(bench: Bench, minutes: number): Promise<Row[]> {
  const { engine, folder, say } = bench;
  const filled = await bench.filled(items, 'for itself');
  const safe = await bench.serve(filled, 'soak');
  const send = prepareLoad(readLoad(await tokenOf(filled, safe.url), items), folder, 'soak');
  await send(safe, stretchSeconds);
  const stretches: Stretch[] = [];
  const resident: number[] = [];
  const end = performance.now() + minutes * 60_000;
  while (performance.now() < end) {
    const stretch = await send(safe, stretchSeconds);
    const megabytes = (safe.resident() ?? Number.NaN) / 1024 / 1024;
    stretches.push(stretch);
    resident.push(megabytes);
    say(
      `${stretch.perSecond.toFixed(0)} a second, p50 ${stretch.p50.toFixed(1)} ms, p99 ${stretch.p99.toFixed(1)} ms, ` +
        `${stretch.cpu?.toFixed(0) ?? '-'} us each, ${megabytes.toFixed(0)} MB`,
    );
  }
  await safe.stop();
  const common = { engine, unit: 'x', against: 'the first third', sides: {} } as const;
  const over = `over ${minutes} min`;
  return [
    { ...common, ...growthOf(resident), what: `memory, last third ${over}`, reach: { atMost: 1.1 } },
    {
      ...common,
      ...growthOf(stretches.map(({ p99 }) => p99)),
      what: `read, p99, last third ${over}`,
      reach: { atMost: 1.5 },
    },
  ];
}

/** The median of the last third over the median of the first. */
function growthOf(figures: readonly number[]): Figure {
  const third = Math.max(1, Math.floor(figures.length / 3));
  const first = median(figures.slice(0, third));
  const last = figures.slice(-third);
  return { value: median(last) / first, low: Math.min(...last) / first, high: Math.max(...last) / first };
}
