import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from '../bench.ts';
import { play } from '../load.ts';
import { figureOf } from '../measure.ts';
import type { Row } from '../row.ts';
import { signIn } from '../signed-in.ts';

const items = 20_000;
const searches = 20;

/** The first page of what a person types, as the page asks: the first one soon after a start, and those that follow. */
export async function measureSearch(bench: Bench): Promise<Row[]> {
  const { engine, options } = bench;
  const filled = await bench.filled(items, 'for itself');
  const first: number[] = [];
  const later: number[] = [];
  for (let round = 0; round < options.pairs; round += 1) {
    const safe = await bench.serve(filled, 'search');
    const owner = await signIn(safe.url, 'owner');
    const search = async (words: string): Promise<number> => {
      const from = performance.now();
      const { total } = await owner.call<{ total: number }>('GET', `/items?q=${encodeURIComponent(words)}&limit=50`);
      if (total < 1) throw new Error(`nothing was found for ${words}`);
      return performance.now() - from;
    };
    // As the home does first.
    await owner.call('GET', '/items?sort=-lastUsedAt&limit=12');
    await allOpened(safe.url);
    first.push(await search('server 7'));
    for (let at = 0; at < searches; at += 1) later.push(await search(`server ${round * searches + at + 100}`));
    await safe.stop();
  }
  const common = { engine, against: 'absolute', unit: 'ms', reach: { atMost: 100 }, sides: {} } as const;
  const over = `over ${items.toLocaleString('en')} items`;
  return [
    { ...common, ...figureOf(first), what: `search ${over}, the first after a start` },
    { ...common, ...figureOf(later), what: `search ${over}` },
  ];
}

/** Waits until the safe has opened in the background what may be searched. */
async function allOpened(url: string): Promise<void> {
  for (const end = performance.now() + 30_000; performance.now() < end; await sleep(50)) {
    const { body } = await play({ method: 'GET', path: '/metrics', headers: {} }, url);
    if (Number(/^arca_open_cache_items (\d+)$/m.exec(body)?.[1]) >= items) return;
  }
  throw new Error('the items were not opened in the background');
}
