import { openVersion } from '../../crypto/envelope.ts';
import { mustMay } from '../../domain/access.ts';
import { kinds } from '../../domain/kind.ts';
import { checkAllRows } from '../../storage/restored.ts';
import { sampleVersions } from '../../storage/sample-versions.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';

/** Versions of each kind that are opened: so many from the beginning, the end and somewhere between. */
const sampled = 50;

export type CheckedStore = { rows: Record<string, number>; versions: number };

/**
 * Reads the whole store: the MAC of every row that grants anything, and a sample of every kind opened. Throws
 * `integrity_broken` at the first that does not hold. For a restored copy that nobody else uses.
 */
export function checkStore(ctx: Context, { chance }: { chance: number }): Promise<CheckedStore> {
  return actReading(ctx, { action: 'backup.prove', target: null }, async (tx, caller) => {
    mustMay('backup.prove', caller);
    const rows = await checkAllRows(tx);
    let versions = 0;
    for (const kind of kinds) {
      for (const row of await sampleVersions(tx, kind, sampled, chance)) {
        const { number, version, key_id: keyId, wrapped_key: wrappedKey, open, secret } = row;
        openVersion(tx.ring, { kind, number, version }, { keyId, wrappedKey, open, secret });
        versions += 1;
      }
    }
    return { rows: Object.fromEntries(rows), versions };
  });
}
