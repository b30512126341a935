import { mustMay } from '../../domain/access.ts';
import { saveAccessKey } from '../../storage/access-keys.ts';
import { act } from '../act.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';
import { loadKey } from './load-key.ts';

/** Ends a key and all its tokens at once and for good; `changed` is false when it was revoked already. */
export function revokeAccessKey(ctx: Context, input: { clientId: string }): Promise<{ changed: boolean }> {
  return act(ctx, { action: 'access-key.revoke', target: null }, async (tx, caller, now) => {
    mustMay('access-key.revoke', caller);
    const { key, secrets } = await loadKey(tx, input.clientId);
    if (key.revokedAt !== null) return { changed: false };
    await saveAccessKey(tx, { ...key, revokedAt: now }, secrets);
    recordAdmin(tx, ctx, caller, 'access-key.revoked', `access-key:${key.id}`, {}, now);
    return { changed: true };
  });
}
