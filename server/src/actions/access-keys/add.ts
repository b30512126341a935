import { makeClientId, makeClientSecret } from '../../crypto/credentials.ts';
import { type Caller, mustBePerson, mustMay } from '../../domain/access.ts';
import {
  type AccessKey,
  type Encryption,
  encryptions,
  type KeyDraft,
  type KeyPrivate,
  readExpiry,
  readKeyLabel,
  readKeyLimits,
} from '../../domain/access-key.ts';
import { refuse } from '../../domain/errors.ts';
import type { User } from '../../domain/user.ts';
import { insertAccessKey } from '../../storage/access-keys.ts';
import { nextNumber } from '../../storage/counters.ts';
import type { ReadTx, Tx } from '../../storage/transaction.ts';
import { act, actReading } from '../act.ts';
import { loadUser } from '../groups/load-group.ts';
import type { Context } from '../safe.ts';
import { mustReachItems } from './chosen-items.ts';
import { credentialsOf, type KeyCredentials } from './load-key.ts';
import { makePair, mustMayMakeKeys } from './may-make.ts';
import { recordKey } from './record-key.ts';
import { shownAgain } from './show-again.ts';

/** `owner` is a username; a person makes keys of his own only, and need not name himself. */
export type NewAccessKey = KeyDraft & { owner?: string; encryption?: string };

/** Adds an access key that acts as its owner within its limits. */
export async function addAccessKey(ctx: Context, input: NewAccessKey): Promise<KeyCredentials> {
  const attempt = { action: 'access-key.add', target: null } as const;
  const mayHaveIt = async (tx: ReadTx, caller: Caller): Promise<User> => {
    const owner = input.owner === undefined ? mustBePerson(caller).user : await loadUser(tx, input.owner);
    mustMay('access-key.add', caller, owner.id);
    await mustMayMakeKeys(tx, caller);
    return owner;
  };
  const encryption = await actReading(ctx, attempt, async (tx, caller) => {
    await mayHaveIt(tx, caller);
    return readEncryption(input.encryption ?? 'none');
  });
  const pair = await makePair(ctx, encryption);
  const steps = async (tx: Tx, caller: Caller, now: Date): Promise<KeyCredentials> => {
    const owner = await mayHaveIt(tx, caller);
    const label = readKeyLabel(input, null);
    const limits = readKeyLimits(input, null);
    await mustReachItems(tx, caller, limits.items, now);
    const key: AccessKey = {
      id: await nextNumber(tx, 'access-key'),
      clientId: makeClientId(),
      ownerId: owner.id,
      encryption,
      publicKey: pair?.publicKey ?? null,
      limits,
      expiresAt: readExpiry(input.expiresAt ?? null, now),
      revokedAt: null,
      heldAt: null,
      createdAt: now,
    };
    const secrets: KeyPrivate = {
      ...label,
      clientSecret: makeClientSecret(),
      privateKeyPem: pair?.privateKeyPem ?? null,
    };
    await insertAccessKey(tx, key, secrets);
    const details = { owner: owner.username, name: label.name, encryption };
    recordKey(tx, ctx, caller, 'access-key.added', key.id, details, now);
    return credentialsOf(key, secrets);
  };
  return act(ctx, attempt, steps, shownAgain(ctx, 'access-key.add'));
}

function readEncryption(text: string): Encryption {
  const found = encryptions.find((one) => one === text);
  return found ?? refuse('field_invalid', { field: 'encryption', why: `must be one of ${encryptions.join(', ')}` });
}
