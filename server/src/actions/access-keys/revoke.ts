import type { Caller } from '../../domain/access.ts';
import type { KeyName } from '../../domain/access-key.ts';
import { saveAccessKey } from '../../storage/access-keys.ts';
import type { Tx } from '../../storage/transaction.ts';
import { act } from '../act.ts';
import { keptWhole } from '../repeat.ts';
import type { Context } from '../safe.ts';
import { loadKey, targetOf } from './load-key.ts';
import { recordKey } from './record-key.ts';

/** Ends a key and all its tokens at once and for good; `changed` is false when it was revoked already. */
export function revokeAccessKey(ctx: Context, input: KeyName): Promise<{ changed: boolean }> {
  const attempt = { action: 'access-key.revoke', target: targetOf(input) } as const;
  const steps = async (tx: Tx, caller: Caller, now: Date): Promise<{ changed: boolean }> => {
    const { key, secrets } = await loadKey(tx, 'access-key.revoke', caller, input, 'update');
    if (key.revokedAt !== null) return { changed: false };
    await saveAccessKey(tx, { ...key, revokedAt: now }, secrets);
    recordKey(tx, ctx, caller, 'access-key.revoked', key.id, {}, now);
    return { changed: true };
  };
  return act(ctx, attempt, steps, keptWhole());
}
