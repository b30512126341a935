import { type Bench, sidesFor, tokenOf } from '../bench.ts';
import type { Load } from '../load.ts';
import { alternate, ratioOf } from '../measure.ts';
import { type Row, sidesOf } from '../row.ts';

const bodies = 1000;

/** Creates passwords with all their fields, sharing aside. */
export async function measureCreate(bench: Bench): Promise<Row[]> {
  const { engine, options } = bench;
  const filled = await bench.filled(1, 'for itself');
  const safe = await bench.serve(filled, 'create');
  const headers = { authorization: `Bearer ${await tokenOf(filled, safe.url)}`, 'content-type': 'application/json' };
  const path = '/api/mysafe/password';
  const requests = Array.from({ length: bodies }, (_, at) => {
    const number = 100_000 + at;
    const body = JSON.stringify({
      name: `Server ${number} of the second data centre`,
      username: `svc-deploy-${number}`,
      password: `correct horse ${number}`,
      url: `https://host-${number}.example.com:8443/sign-in`,
      notes: 'Rotated by the platform team. Ask in the operations channel before you change it.',
      tags: `servers, ${number % 2 === 0 ? 'production' : 'staging'}`,
    });
    return { method: 'POST' as const, path, headers, body };
  });
  const load: Load = { requests, order: 'random' };
  const { sides, stop } = await sidesFor(bench, load, safe, 'create', path, ['fastify', 'fsync', 'least']);
  const { fastify, fsync, least, arca } = await alternate(options.pairs, sides);
  await stop();
  const common = { engine, unit: 'x', sides: sidesOf({ fastify, fsync, least, arca }) } as const;
  return [
    { ...common, ...ratioOf(arca, fastify), what: 'create', against: 'fastify', reach: { atLeast: 0.35 } },
    { ...common, ...ratioOf(least, fastify), what: 'create, least program', against: 'fastify', reach: null },
  ];
}
