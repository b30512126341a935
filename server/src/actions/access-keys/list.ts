import { mustMay } from '../../domain/access.ts';
import { type ListedKey, listAccessKeys as loadKeys } from '../../storage/access-keys.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';

/** Every access key of everyone, newest first, with its use; never its secret. */
export function listAccessKeys(ctx: Context): Promise<ListedKey[]> {
  return actReading(ctx, { action: 'access-key.list', target: null }, async (tx, caller) => {
    mustMay('access-key.list', caller);
    return loadKeys(tx, { ownerId: null, state: null, before: null, most: null });
  });
}
