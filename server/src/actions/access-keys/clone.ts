import { makeClientId, makeClientSecret } from '../../crypto/credentials.ts';
import { mustMay } from '../../domain/access.ts';
import { type AccessKey, longestKeyName } from '../../domain/access-key.ts';
import { refuse } from '../../domain/errors.ts';
import { findKeyWithOwner, insertAccessKey } from '../../storage/access-keys.ts';
import { nextNumber } from '../../storage/counters.ts';
import { act, actReading } from '../act.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';
import { type KeyCredentials, makePair } from './add.ts';
import { loadKey } from './load-key.ts';

/** Makes a new key with the same limits: "(Copy)" after its name, new credentials and key pair, no expiry. */
export async function cloneAccessKey(ctx: Context, input: { clientId: string }): Promise<KeyCredentials> {
  const attempt = { action: 'access-key.clone', target: null } as const;
  const encryption = await actReading(ctx, attempt, async (tx, caller) => {
    mustMay('access-key.clone', caller);
    const found = await findKeyWithOwner(tx, input.clientId, 'none');
    return found?.key.encryption ?? refuse('key_not_found', { clientId: input.clientId });
  });
  const pair = await makePair(ctx, encryption);
  return act(ctx, attempt, async (tx, caller, now) => {
    mustMay('access-key.clone', caller);
    const { key, secrets } = await loadKey(tx, input.clientId);
    const copy: AccessKey = {
      ...key,
      id: await nextNumber(tx, 'access-key'),
      clientId: makeClientId(),
      publicKey: pair?.publicKey ?? null,
      expiresAt: null,
      revokedAt: null,
      createdAt: now,
    };
    const clientSecret = makeClientSecret();
    const privateKeyPem = pair?.privateKeyPem ?? null;
    await insertAccessKey(tx, copy, { ...secrets, name: copyOf(secrets.name), clientSecret, privateKeyPem });
    const details = { from: `access-key:${key.id}` };
    recordAdmin(tx, ctx, caller, 'access-key.cloned', `access-key:${copy.id}`, details, now);
    return { clientId: copy.clientId, clientSecret };
  });
}

/** As long as a name may be, whatever it is the copy of. */
function copyOf(name: string): string {
  const mark = ' (Copy)';
  return [...name].slice(0, longestKeyName - mark.length).join('') + mark;
}
