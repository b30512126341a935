import { makeClientId, makeClientSecret } from '../../crypto/credentials.ts';
import type { Caller } from '../../domain/access.ts';
import { type AccessKey, type KeyName, type KeyPrivate, longestKeyName } from '../../domain/access-key.ts';
import { insertAccessKey } from '../../storage/access-keys.ts';
import { nextNumber } from '../../storage/counters.ts';
import type { ReadTx, Tx } from '../../storage/transaction.ts';
import { act, actReading } from '../act.ts';
import type { Context } from '../safe.ts';
import { mustReachItems } from './chosen-items.ts';
import { credentialsOf, type KeyCredentials, loadKey, targetOf } from './load-key.ts';
import { makePair, mustMayMakeKeys } from './may-make.ts';
import { recordKey } from './record-key.ts';
import { shownAgain } from './show-again.ts';

/** Makes a new key with the same limits: "(Copy)" after its name, new credentials and key pair, no expiry. */
export async function cloneAccessKey(ctx: Context, input: KeyName): Promise<KeyCredentials> {
  const attempt = { action: 'access-key.clone', target: targetOf(input) } as const;
  const load = async (tx: ReadTx, caller: Caller, hold: 'none' | 'update') => {
    const found = await loadKey(tx, 'access-key.clone', caller, input, hold);
    await mustMayMakeKeys(tx, caller);
    return found;
  };
  const before = await actReading(ctx, attempt, (tx, caller) => load(tx, caller, 'none'));
  const pair = await makePair(ctx, before.key.encryption);
  const steps = async (tx: Tx, caller: Caller, now: Date): Promise<KeyCredentials> => {
    const { key, secrets } = await load(tx, caller, 'update');
    await mustReachItems(tx, caller, key.limits.items, now);
    const copy: AccessKey = {
      ...key,
      id: await nextNumber(tx, 'access-key'),
      clientId: makeClientId(),
      publicKey: pair?.publicKey ?? null,
      expiresAt: null,
      revokedAt: null,
      heldAt: null,
      createdAt: now,
    };
    const copied: KeyPrivate = {
      ...secrets,
      name: copyOf(secrets.name),
      clientSecret: makeClientSecret(),
      privateKeyPem: pair?.privateKeyPem ?? null,
    };
    await insertAccessKey(tx, copy, copied);
    recordKey(tx, ctx, caller, 'access-key.cloned', copy.id, { from: `access-key:${key.id}` }, now);
    return credentialsOf(copy, copied);
  };
  return act(ctx, attempt, steps, shownAgain(ctx, 'access-key.clone'));
}

/** As long as a name may be, whatever it is the copy of. */
function copyOf(name: string): string {
  const mark = ' (Copy)';
  return [...name].slice(0, longestKeyName - mark.length).join('') + mark;
}
