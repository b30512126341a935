import { type Bench, tokenOf } from '../bench.ts';
import type { Child } from '../child.ts';
import type { FilledSafe } from '../filled-safe.ts';
import { type Load, play, prepareLoad, type Request, warmUp } from '../load.ts';
import { alternate, figureOf, ratioOf } from '../measure.ts';
import { type Row, sidesOf } from '../row.ts';
import { readLoad } from './read.ts';

const few = 1000;
export const many = 100_000;
const longList = 10_000;

/** Lists 100 items after a random number, of few and of many; and reads single items while others list very many. */
export async function measureList(bench: Bench): Promise<Row[]> {
  return [await measurePages(bench), await measureReadsBeside(bench)];
}

async function measurePages(bench: Bench): Promise<Row> {
  const { engine, options, folder } = bench;
  const small = await bench.filled(few, 'reads only');
  const large = await bench.filled(many, 'reads only');
  const open = async (filled: FilledSafe, name: string) => {
    const safe = await bench.serve(filled, name);
    const send = prepareLoad(pageLoad(await tokenOf(filled, safe.url), filled.items), folder, name);
    await warmUp(send, safe);
    return { safe, side: () => send(safe, options.seconds) };
  };
  const ofFew = await open(small, 'list-of-few');
  const ofMany = await open(large, 'list-of-many');
  const stretches = await alternate(options.pairs, { ofFew: ofFew.side, ofMany: ofMany.side });
  await ofFew.safe.stop();
  await ofMany.safe.stop();
  const figure = ratioOf(stretches.ofFew, stretches.ofMany);
  const against = `time at ${few.toLocaleString('en')}`;
  const what = `list 100 of ${many.toLocaleString('en')}`;
  return { engine, what, against, unit: 'x', ...figure, reach: { atMost: 1.3 }, sides: sidesOf(stretches) };
}

function pageLoad(token: string, items: number): Load {
  const headers = { authorization: `Bearer ${token}` };
  const requests = Array.from({ length: 1000 }, () => {
    const after = Math.floor(Math.random() * (items - 100));
    return { method: 'GET' as const, path: `/api/mysafe/password?limit=100&after=${after}`, headers };
  });
  return { requests, order: 'random' };
}

async function measureReadsBeside(bench: Bench): Promise<Row> {
  const { engine, options, folder } = bench;
  const filled = await bench.filled(many, 'reads only');
  const safe = await bench.serve(filled, 'list-beside');
  const token = await tokenOf(filled, safe.url);
  const send = prepareLoad(readLoad(token, 1000), folder, 'list-beside');
  await warmUp(send, safe);
  let lists = 0;
  const stretches = await alternate(options.pairs, {
    alone: () => send(safe, options.seconds),
    beside: async () => {
      const lister = listOverAndOver(safe, token);
      try {
        return await send(safe, options.seconds);
      } finally {
        lists += await lister.stop();
      }
    },
  });
  await safe.stop();
  if (lists === 0) throw new Error('no long list was finished while others were reading');
  const figure = figureOf(stretches.beside.map(({ p99 }) => p99));
  const what = `read, p99 beside a list of ${longList.toLocaleString('en')}`;
  return { engine, what, against: 'absolute', unit: 'ms', ...figure, reach: { atMost: 50 }, sides: sidesOf(stretches) };
}

/** One caller who asks for a long list again as soon as he has it. `stop` gives how many he got. */
function listOverAndOver(safe: Child, token: string): { stop(): Promise<number> } {
  const path = `/api/mysafe/password?limit=${longList}`;
  const request: Request = { method: 'GET', path, headers: { authorization: `Bearer ${token}` } };
  let stopping = false;
  const listing = (async () => {
    let lists = 0;
    while (!stopping) {
      const { body } = await play(request, safe.url);
      const found = body.split('"identifier":').length - 1;
      if (found !== longList) throw new Error(`a list of ${longList} items held ${found}`);
      lists += 1;
    }
    return lists;
  })();
  return {
    stop() {
      stopping = true;
      return listing;
    },
  };
}
