import { join } from 'node:path';
import { type Bench, tokenRequest } from '../bench.ts';
import { runChild } from '../child.ts';
import { captureAnswers, connections, type Load, prepareLoad, type Stretch, warmUp } from '../load.ts';
import { alternate, ratioOf } from '../measure.ts';
import { type Row, sidesOf } from '../row.ts';

/** Gives tokens, each signed anew, against the rate of bare signatures on this machine. */
export async function measureToken(bench: Bench): Promise<Row[]> {
  const { engine, options, folder } = bench;
  const filled = await bench.filled(1, 'for itself');
  const safe = await bench.serve(filled, 'token');
  const load: Load = { requests: [tokenRequest(filled.clientId, filled.clientSecret)], order: 'random' };
  const plan = { method: 'POST', route: '/api/oauth2/token', answers: await captureAnswers(load, safe.url) } as const;
  const program = await bench.floor('least/server.ts', plan, 'token-least', 'token', join(folder, 'token-least.db'));
  const sides = { least: program, arca: safe };
  const sending = async (name: keyof typeof sides) => {
    const send = prepareLoad(load, folder, `token-${name}`);
    await warmUp(send, sides[name]);
    return () => send(sides[name], options.seconds);
  };
  const { signing, least, arca } = await alternate(options.pairs, {
    signing: () => signFor(options.seconds, join(folder, 'signing.log')),
    least: await sending('least'),
    arca: await sending('arca'),
  });
  await program.stop();
  await safe.stop();
  const against = 'bare RS256 signing';
  const common = { engine, against, unit: 'x', sides: sidesOf({ signing, least, arca }) } as const;
  return [
    { ...common, ...ratioOf(arca, signing), what: 'token', reach: { atLeast: 0.8 } },
    { ...common, ...ratioOf(least, signing), what: 'token, least program', reach: null },
  ];
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
