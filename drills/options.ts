import { parseArgs } from 'node:util';
import type { Engine } from '../server/src/storage/connection.ts';

/** The command line is wrong; the message is one sentence. */
export class UsageProblem extends Error {
  override name = 'UsageProblem';
}

type Numbers = Readonly<Record<string, number>>;

/** Whole numbers by name, each with what it is without its option, and `--engine`: sqlite, postgres or both. */
export function readOptions<N extends Numbers>(
  texts: readonly string[],
  fallbacks: N,
): { engines: Engine[]; numbers: { [K in keyof N]: number } } {
  const values = parsed(texts, ['engine', ...Object.keys(fallbacks)]);
  const engine = values.engine ?? 'sqlite';
  if (engine !== 'sqlite' && engine !== 'postgres' && engine !== 'both') {
    throw new UsageProblem('--engine is sqlite, postgres or both.');
  }
  const numbers = Object.entries(fallbacks).map(([name, fallback]) => {
    const text = values[name] ?? String(fallback);
    if (!/^\d{1,9}$/.test(text)) throw new UsageProblem(`--${name} is a whole number.`);
    return [name, Number(text)];
  });
  return {
    engines: engine === 'both' ? ['sqlite', 'postgres'] : [engine],
    numbers: Object.fromEntries(numbers) as { [K in keyof N]: number },
  };
}

function parsed(texts: readonly string[], names: readonly string[]): Readonly<Record<string, string | undefined>> {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' } as const]));
  try {
    return parseArgs({ args: [...texts], options }).values as Record<string, string | undefined>;
  } catch (thrown) {
    throw new UsageProblem((thrown as Error).message);
  }
}

/** A run from its command line to its exit code: 0 when all held, 1 when not. */
export async function runDrill(usage: string, run: () => Promise<boolean>): Promise<void> {
  try {
    process.exitCode = (await run()) ? 0 : 1;
  } catch (thrown) {
    if (thrown instanceof UsageProblem) console.error(`${thrown.message}\n\n${usage}`);
    else console.error(thrown);
    process.exitCode = 1;
  }
}
