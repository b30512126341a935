import { userInfo } from 'node:os';
import { explainRefusal } from '../../server/src/admin/explain.ts';
import { explainOpening } from '../../server/src/admin/explain-opening.ts';
import type { Operator } from '../../server/src/admin/operate.ts';
import { reachSafe } from '../../server/src/admin/reach.ts';
import { readConfig, type Settings } from '../../server/src/config.ts';
import { Problem } from './problem.ts';
import { say } from './terminal.ts';

export type { Settings };

/** Runs with the settings of this host; whatever is thrown becomes a Problem if there are words for it. */
export async function withSettings<T>(work: (settings: Settings) => Promise<T>): Promise<T> {
  let settings: Settings | null = null;
  try {
    settings = readConfig();
    return await work(settings);
  } catch (thrown) {
    const refused = explainRefusal(thrown);
    if (refused) throw new Problem(refused.isOutOfReach ? 'unreachable' : 'refused', refused.sentence);
    const sentence = await explainOpening(thrown, settings);
    throw sentence === null ? thrown : new Problem('unreachable', sentence);
  }
}

/** Runs with the safe of this host's settings, whether or not a server has it open. Only `setup` may make one. */
export function withSafe<T>(
  work: (operator: Operator, settings: Settings) => Promise<T>,
  { mayMake = false } = {},
): Promise<T> {
  return withSettings(async (settings) => {
    const { operator, close } = await reachSafe(settings, { name: accountName(), say, mayMake });
    try {
      return await work(operator, settings);
    } finally {
      await close();
    }
  });
}

/** Tells the safe of these settings something, if there is one; undefined where there is none. */
export async function tellSafe<T>(
  settings: Settings,
  work: (operator: Operator) => Promise<T>,
): Promise<T | undefined> {
  const reached = await reachSafe(settings, { name: accountName(), say, mayMake: false }).catch((thrown) => {
    if (thrown instanceof Error && thrown.name === 'NoSafe') return undefined;
    throw thrown;
  });
  if (!reached) return undefined;
  try {
    return await work(reached.operator);
  } finally {
    await reached.close();
  }
}

/** The account on the host, for the audit. In a container it may have no name. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
