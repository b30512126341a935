import type { Caller } from '../../domain/access.ts';
import type { KeyName } from '../../domain/access-key.ts';
import { refuse } from '../../domain/errors.ts';
import { saveAccessKey } from '../../storage/access-keys.ts';
import type { Tx } from '../../storage/transaction.ts';
import { act } from '../act.ts';
import { keptWhole } from '../repeat.ts';
import type { Context } from '../safe.ts';
import { loadKey, targetOf } from './load-key.ts';
import { recordKey } from './record-key.ts';

/** Opens a key that a restore holds; `changed` is false when it was not held. A revoked key stays revoked. */
export function confirmAccessKey(ctx: Context, input: KeyName): Promise<{ changed: boolean }> {
  const attempt = { action: 'access-key.confirm', target: targetOf(input) } as const;
  const steps = async (tx: Tx, caller: Caller, now: Date): Promise<{ changed: boolean }> => {
    const { key, secrets } = await loadKey(tx, 'access-key.confirm', caller, input, 'update');
    if (key.revokedAt !== null) refuse('key_revoked', { clientId: key.clientId });
    if (key.heldAt === null) return { changed: false };
    await saveAccessKey(tx, { ...key, heldAt: null }, secrets);
    recordKey(tx, ctx, caller, 'access-key.confirmed', key.id, {}, now);
    return { changed: true };
  };
  return act(ctx, attempt, steps, keptWhole());
}
