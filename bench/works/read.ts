import { type Bench, sidesFor, tokenOf } from '../bench.ts';
import type { Load } from '../load.ts';
import { alternate, ratioOf } from '../measure.ts';
import { type Row, sidesOf } from '../row.ts';

const items = 1000;

/** Reads one password after another at random: token, access, unwrap, decrypt, audit entry durable before the answer. */
export async function measureRead(bench: Bench): Promise<Row[]> {
  const { engine, options } = bench;
  const filled = await bench.filled(items, 'for itself');
  const safe = await bench.serve(filled, 'read');
  const load = readLoad(await tokenOf(filled, safe.url), items);
  const route = '/api/mysafe/password/:identifier';
  const { sides, stop } = await sidesFor(bench, load, safe, 'read', route, ['raw', 'fastify', 'least']);
  const { raw, fastify, least, arca } = await alternate(options.pairs, sides);
  await stop();
  const common = { engine, unit: 'x', sides: sidesOf({ raw, fastify, least, arca }) } as const;
  return [
    { ...common, ...ratioOf(arca, fastify), what: 'read', against: 'fastify', reach: { atLeast: 0.7 } },
    { ...common, ...ratioOf(least, fastify), what: 'read, least program', against: 'fastify', reach: null },
    {
      ...common,
      ...ratioOf(arca, fastify, ({ p99 }) => p99),
      what: 'read, p99',
      against: 'p99 of fastify',
      reach: { atMost: 3 },
    },
  ];
}

export function readLoad(token: string, most: number): Load {
  const headers = { authorization: `Bearer ${token}` };
  const requests = Array.from({ length: most }, (_, at) => {
    return { method: 'GET' as const, path: `/api/mysafe/password/${at + 1}`, headers };
  });
  return { requests, order: 'random' };
}
