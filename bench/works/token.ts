import { join } from 'node:path';
import { type Bench, tokenRequest } from '../bench.ts';
import { runChild } from '../child.ts';
import { connections, prepareLoad, type Stretch, warmUp } from '../load.ts';
import { alternate, ratioOf } from '../measure.ts';
import { type Row, sidesOf } from '../row.ts';

/** Gives tokens, each signed anew, against the rate of bare signatures on this machine. */
export async function measureToken(bench: Bench): Promise<Row[]> {
  const { engine, options, folder } = bench;
  const filled = await bench.filled(1, 'for itself');
  const safe = await bench.serve(filled, 'token');
  const requests = [tokenRequest(filled.clientId, filled.clientSecret)];
  const send = prepareLoad({ requests, order: 'random' }, folder, 'token');
  await warmUp(send, safe);
  const stretches = await alternate(options.pairs, {
    signing: () => signFor(options.seconds, join(folder, 'signing.log')),
    arca: () => send(safe, options.seconds),
  });
  await safe.stop();
  const figure = ratioOf(stretches.arca, stretches.signing);
  const common = { engine, unit: 'x', sides: sidesOf(stretches) } as const;
  return [{ ...common, ...figure, what: 'token', against: 'bare RS256 signing', reach: { atLeast: 0.8 } }];
}

async function signFor(seconds: number, log: string): Promise<Stretch> {
  const perSecond = (await runChild({
    file: 'floor-signing.ts',
    arguments: [`${seconds}`, `${connections}`],
    log,
  })) as number;
  const p50 = (connections / perSecond) * 1000;
  return { perSecond, p50, p99: p50, cpu: null };
}
