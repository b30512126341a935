import { mustMay } from '../../domain/access.ts';
import { type KeyDraft, readExpiry, readKeyLabel, readKeyLimits } from '../../domain/access-key.ts';
import { refuse } from '../../domain/errors.ts';
import { saveAccessKey } from '../../storage/access-keys.ts';
import { act } from '../act.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';
import { mustFindItems } from './add.ts';
import { loadKey } from './load-key.ts';

/** Changes name, description, tags, limits or expiry of a key; credentials and encryption stay. */
export function changeAccessKey(ctx: Context, input: KeyDraft & { clientId: string }): Promise<void> {
  return act(ctx, { action: 'access-key.change', target: null }, async (tx, caller, now) => {
    mustMay('access-key.change', caller);
    const { key, secrets } = await loadKey(tx, input.clientId);
    if (key.revokedAt !== null) refuse('key_revoked', { clientId: key.clientId });
    const limits = readKeyLimits(input, key.limits);
    await mustFindItems(tx, input.items === undefined ? null : limits.items);
    const expiresAt = input.expiresAt === undefined ? key.expiresAt : readExpiry(input.expiresAt, now);
    await saveAccessKey(tx, { ...key, limits, expiresAt }, { ...secrets, ...readKeyLabel(input, secrets) });
    const fields = Object.keys(input).filter((field) => field !== 'clientId');
    recordAdmin(tx, ctx, caller, 'access-key.changed', `access-key:${key.id}`, { fields }, now);
  });
}
