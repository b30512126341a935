import { mustMay } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import { findKey, saveAccessKey } from '../../storage/access-keys.ts';
import { act } from '../act.ts';
import type { Context } from '../safe.ts';
import { recordKey } from './record-key.ts';

/** Revokes the very access key that calls: whoever holds it gives it up, and needs nobody's leave for that. */
export function endOwnKey(ctx: Context): Promise<void> {
  return act(ctx, { action: 'access-key.end-own', target: null }, async (tx, caller, now) => {
    mustMay('access-key.end-own', caller);
    if (caller.kind !== 'key') return refuse('access_denied', {});
    const { id, clientId } = caller.key;
    const found = await findKey(tx, { id }, 'update');
    if (!found) return refuse('key_not_found', { clientId });
    await saveAccessKey(tx, { ...found.key, revokedAt: now }, found.secrets);
    recordKey(tx, ctx, caller, 'access-key.revoked', id, {}, now);
  });
}
