import { type KeyDraft, type KeyName, readExpiry, readKeyLabel, readKeyLimits } from '../../domain/access-key.ts';
import { refuse } from '../../domain/errors.ts';
import { saveAccessKey } from '../../storage/access-keys.ts';
import { act } from '../act.ts';
import type { Context } from '../safe.ts';
import { mustReachItems } from './chosen-items.ts';
import { loadKey, targetOf } from './load-key.ts';
import { recordKey } from './record-key.ts';

/** Changes name, description, tags, limits or expiry of a key; credentials and encryption stay. */
export function changeAccessKey(ctx: Context, input: KeyDraft & KeyName): Promise<void> {
  return act(ctx, { action: 'access-key.change', target: targetOf(input) }, async (tx, caller, now) => {
    const { key, secrets } = await loadKey(tx, 'access-key.change', caller, input, 'update');
    if (key.revokedAt !== null) refuse('key_revoked', { clientId: key.clientId });
    const limits = readKeyLimits(input, key.limits);
    // Items that he chose and lost since may stay: they give nothing.
    await mustReachItems(tx, caller, input.items === undefined ? null : limits.items, now);
    const expiresAt = input.expiresAt === undefined ? key.expiresAt : readExpiry(input.expiresAt, now);
    await saveAccessKey(tx, { ...key, limits, expiresAt }, { ...secrets, ...readKeyLabel(input, secrets) });
    const fields = Object.keys(input).filter((field) => field !== 'clientId' && field !== 'id');
    recordKey(tx, ctx, caller, 'access-key.changed', key.id, { fields }, now);
  });
}
