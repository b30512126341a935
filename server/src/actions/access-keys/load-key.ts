import { type Action, type Caller, may, mustMay } from '../../domain/access.ts';
import type { AccessKey, KeyName, KeyPrivate } from '../../domain/access-key.ts';
import { refuse } from '../../domain/errors.ts';
import { findKey } from '../../storage/access-keys.ts';
import type { ReadTx } from '../../storage/transaction.ts';

/**
 * Loads a key that the caller may act on so. Who may not know of a key that is another's hears that there is none, and
 * that only once he might have done it to a key of his own.
 */
export async function loadKey(
  tx: ReadTx,
  action: Extract<Action, `access-key.${string}`>,
  caller: Caller,
  name: KeyName,
  hold: 'none' | 'update',
): Promise<{ key: AccessKey; secrets: KeyPrivate }> {
  mustMay(action, caller, caller.kind === 'operator' ? null : caller.user.id);
  const found = await findKey(tx, name, hold);
  if (!found || !may('access-key.read', caller, found.key.ownerId)) {
    return refuse('key_not_found', { clientId: 'clientId' in name ? name.clientId : '' });
  }
  mustMay(action, caller, found.key.ownerId);
  return found;
}

/** The credentials of a key, as they are shown when it is made and when its owner asks for them again. */
export type KeyCredentials = { id: number; clientId: string; clientSecret: string };

export function credentialsOf(key: AccessKey, { clientSecret }: KeyPrivate): KeyCredentials {
  return { id: key.id, clientId: key.clientId, clientSecret };
}

/** A key's name for the audit, when it was named by its number. */
export function targetOf(name: KeyName): string | null {
  return 'id' in name ? `access-key:${name.id}` : null;
}
