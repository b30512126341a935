import { type Bench, sidesFor, tokenOf } from '../bench.ts';
import type { Load } from '../load.ts';
import { alternate, ratioOf } from '../measure.ts';
import { type Row, sidesOf } from '../row.ts';

const items = 1000;

/** Disables every item in turn, then enables every item, and so on: each request changes something. */
export async function measureDisable(bench: Bench): Promise<Row[]> {
  const { engine, options } = bench;
  const filled = await bench.filled(items, 'for itself');
  const safe = await bench.serve(filled, 'disable');
  const headers = { authorization: `Bearer ${await tokenOf(filled, safe.url)}` };
  const requests = ['inactive', 'active'].flatMap((verb) =>
    Array.from({ length: items }, (_, at) => {
      return { method: 'POST' as const, path: `/api/mysafe/password/${verb}/${at + 1}`, headers };
    }),
  );
  const load: Load = { requests, order: 'in turn', unwanted: 'already' };
  const route = '/api/mysafe/password/:verb/:identifier';
  const { sides, stop } = await sidesFor(bench, load, safe, 'disable', route, ['fastify', 'fsync', 'least']);
  const { fastify, fsync, least, arca } = await alternate(options.pairs, sides);
  await stop();
  const common = { engine, unit: 'x', sides: sidesOf({ fastify, fsync, least, arca }) } as const;
  return [
    { ...common, ...ratioOf(arca, fastify), what: 'disable/enable', against: 'fastify', reach: { atLeast: 0.5 } },
    { ...common, ...ratioOf(arca, fsync), what: 'disable/enable', against: 'fsync', reach: { atLeast: 5 } },
    { ...common, ...ratioOf(least, fastify), what: 'disable/enable, least program', against: 'fastify', reach: null },
    { ...common, ...ratioOf(least, fsync), what: 'disable/enable, least program', against: 'fsync', reach: null },
  ];
}
