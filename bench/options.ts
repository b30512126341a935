import { parseArgs } from 'node:util';
import type { Engine } from '../server/src/storage/connection.ts';

export const workNames = [
  'read',
  'disable',
  'create',
  'token',
  'list',
  'search',
  'start',
  'file',
  'import',
  'rotate',
  'screens',
] as const;
export type WorkName = (typeof workNames)[number];

export type Options = {
  only: readonly WorkName[];
  engines: readonly Engine[];
  /** Seconds of each measured stretch. */
  seconds: number;
  /** How often floor and work alternate. */
  pairs: number;
  /** Folder for CPU profiles of the safe, or null for none. */
  profile: string | null;
  /** Minutes of nothing but reads, in place of the works; null without it. */
  soak: number | null;
};

/** The command line is wrong; the message is one sentence. */
export class UsageProblem extends Error {
  override name = 'UsageProblem';
}

export const usage = `npm run bench -- [options]
  --only NAMES     some of ${workNames.join(', ')}; all without it
  --engine NAME    sqlite (default), postgres or both
  --seconds N      length of each measured stretch, 3 without it
  --pairs N        how often floor and work alternate, 5 without it
  --soak MINUTES   in place of all that: read for so long, and tell whether memory and waiting stay flat
  --profile DIR    write CPU profiles of the safe there; the figures of such a run are not recorded`;

export function readOptions(texts: readonly string[]): Options {
  const values = parsed(texts);
  const only = (values.only ?? workNames.join()).split(',').map((name) => {
    const found = workNames.find((one) => one === name.trim());
    if (!found) throw new UsageProblem(`--only knows ${workNames.join(', ')}, not ${name}.`);
    return found;
  });
  const engine = values.engine ?? 'sqlite';
  if (engine !== 'sqlite' && engine !== 'postgres' && engine !== 'both') {
    throw new UsageProblem('--engine is sqlite, postgres or both.');
  }
  return {
    only,
    engines: engine === 'both' ? ['sqlite', 'postgres'] : [engine],
    seconds: whole('seconds', values.seconds ?? '3'),
    pairs: whole('pairs', values.pairs ?? '5'),
    profile: values.profile ?? null,
    soak: values.soak === undefined ? null : whole('soak', values.soak),
  };
}

function parsed(texts: readonly string[]) {
  const text = { type: 'string' } as const;
  const options = { only: text, engine: text, seconds: text, pairs: text, profile: text, soak: text };
  try {
    return parseArgs({ args: [...texts], options }).values;
  } catch (thrown) {
    throw new UsageProblem((thrown as Error).message);
  }
}

function whole(name: string, text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new UsageProblem(`--${name} is a whole number from 1 to 9999.`);
  return Number(text);
}
