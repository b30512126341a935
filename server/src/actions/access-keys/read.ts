import { refuse } from '../../domain/errors.ts';
import { findListedKey } from '../../storage/access-keys.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';
import { loadKey, targetOf } from './load-key.ts';
import { type ShownKey, shownKey } from './shown.ts';

/** One key with its limits and its use; never its secret. */
export function readAccessKey(ctx: Context, input: { id: number }): Promise<ShownKey> {
  return actReading(ctx, { action: 'access-key.read', target: targetOf(input) }, async (tx, caller, now) => {
    const { key } = await loadKey(tx, 'access-key.read', caller, input, 'none');
    const found = await findListedKey(tx, key.id);
    return found ? shownKey(found, now) : refuse('key_not_found', { clientId: '' });
  });
}
