import { makeAnswerKeyPair, makeClientId, makeClientSecret } from '../../crypto/credentials.ts';
import { mustMay } from '../../domain/access.ts';
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
import { insertAccessKey } from '../../storage/access-keys.ts';
import { nextNumber } from '../../storage/counters.ts';
import { findItem } from '../../storage/items.ts';
import type { Tx } from '../../storage/transaction.ts';
import { act } from '../act.ts';
import { loadUser } from '../groups/load-group.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';

export type NewAccessKey = KeyDraft & { owner: string; encryption?: string };

/** The credentials of a key, as they are shown when it is made. */
export type KeyCredentials = { clientId: string; clientSecret: string };

/** Adds an access key that acts as its owner within its limits. */
export async function addAccessKey(ctx: Context, input: NewAccessKey): Promise<KeyCredentials> {
  const encryption = readEncryption(input.encryption ?? 'none');
  const label = readKeyLabel(input, null);
  const limits = readKeyLimits(input, null);
  const pair = await makePair(ctx, encryption);
  return act(ctx, { action: 'access-key.add', target: null }, async (tx, caller, now) => {
    mustMay('access-key.add', caller);
    const owner = await loadUser(tx, input.owner);
    await mustFindItems(tx, limits.items);
    const key: AccessKey = {
      id: await nextNumber(tx, 'access-key'),
      clientId: makeClientId(),
      ownerId: owner.id,
      encryption,
      publicKey: pair?.publicKey ?? null,
      limits,
      expiresAt: readExpiry(input.expiresAt ?? null, now),
      revokedAt: null,
      createdAt: now,
    };
    const clientSecret = makeClientSecret();
    const secrets: KeyPrivate = { ...label, clientSecret, privateKeyPem: pair?.privateKeyPem ?? null };
    await insertAccessKey(tx, key, secrets);
    const details = { owner: owner.username, name: label.name, encryption };
    recordAdmin(tx, ctx, caller, 'access-key.added', `access-key:${key.id}`, details, now);
    return { clientId: key.clientId, clientSecret };
  });
}

/** A key pair for answers takes up to seconds to make: before the transaction. */
export async function makePair(ctx: Context, encryption: Encryption) {
  return encryption === 'none' ? null : await makeAnswerKeyPair(ctx.safe.answerKeyBits);
}

/** A chosen item that does not exist is a slip of the pen: refused by name. */
export async function mustFindItems(tx: Tx, items: AccessKey['limits']['items']): Promise<void> {
  for (const { kind, number } of items ?? []) {
    if (!(await findItem(tx, kind, number, 'none'))) {
      refuse('field_invalid', { field: 'items', why: `${kind}:${number} does not exist` });
    }
  }
}

function readEncryption(text: string): Encryption {
  const found = encryptions.find((one) => one === text);
  return found ?? refuse('field_invalid', { field: 'encrypt', why: `must be one of ${encryptions.join(', ')}` });
}
