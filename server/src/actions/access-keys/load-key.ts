import type { AccessKey, KeyPrivate } from '../../domain/access-key.ts';
import { refuse } from '../../domain/errors.ts';
import { findKeyForUpdate } from '../../storage/access-keys.ts';
import type { Tx } from '../../storage/transaction.ts';

export async function loadKey(tx: Tx, clientId: string): Promise<{ key: AccessKey; secrets: KeyPrivate }> {
  return (await findKeyForUpdate(tx, clientId)) ?? refuse('key_not_found', { clientId });
}
