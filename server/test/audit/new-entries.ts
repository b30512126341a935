import type { ResultOf } from '../../src/admin/commands.ts';
import type { TestSafe } from '../start-safe.ts';

export type Entry = ResultOf<'audit.list'>[number];

/** Watches the audit of a safe: `take` gives the entries since the last call, by event. */
export async function watchAudit(safe: TestSafe): Promise<{ take(): Promise<Entry[]> }> {
  const seen = new Set<string>();
  const read = () => safe.operator.run('audit.list', { limit: 10_000 });
  const keyOf = ({ lane, sequence }: Entry) => `${lane}:${sequence}`;
  const take = async () => {
    const fresh = (await read()).filter((entry) => !seen.has(keyOf(entry)));
    for (const entry of fresh) seen.add(keyOf(entry));
    // Entries of one moment on two lanes have no order among each other.
    return fresh.sort((a, b) => (a.event < b.event ? -1 : 1));
  };
  await take();
  return { take };
}
