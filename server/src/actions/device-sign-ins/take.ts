import { makeClientId, makeClientSecret } from '../../crypto/credentials.ts';
import { deviceCodeHash } from '../../crypto/device-codes.ts';
import type { AccessKey, KeyPrivate } from '../../domain/access-key.ts';
import { asked, type DeviceDecision, type DeviceSignIn } from '../../domain/device-sign-in.ts';
import { refuse } from '../../domain/errors.ts';
import { mayMakeKeys } from '../../domain/policy.ts';
import type { User } from '../../domain/user.ts';
import { insertAccessKey } from '../../storage/access-keys.ts';
import { record } from '../../storage/audit.ts';
import { nextNumber } from '../../storage/counters.ts';
import { deleteDeviceSignIn, findByDeviceCode, saveDeviceSignIn } from '../../storage/device-sign-ins.ts';
import { enabledGroupsOf } from '../../storage/groups.ts';
import { loadPolicy } from '../../storage/policy.ts';
import type { Tx } from '../../storage/transaction.ts';
import { usersOf } from '../../storage/users.ts';
import { submit } from '../act.ts';
import type { Context } from '../safe.ts';
import { giveToken, type IssuedToken, signIssued } from '../tokens/issue.ts';

/** How a device's question is answered: it waits, was too early, was sent away or too late, or has its access key. */
export type TakenSignIn =
  | { state: 'waiting' | 'early' | 'denied' | 'ended' }
  | { state: 'allowed'; credentials: { clientId: string; clientSecret: string; expiresAt: Date }; issued: IssuedToken };

const dayMilliseconds = 86_400_000;

/**
 * Answers a device that asks by its code how things stand. Once somebody allowed it, the access key is made and the code
 * has done its work: nobody gets a key twice, and none is made that nobody fetches.
 */
export async function takeDeviceSignIn(ctx: Context, deviceCode: string): Promise<TakenSignIn> {
  const attempt = { action: 'token.issue', target: null } as const;
  const taken = await submit(ctx, attempt, { caller: null, account: '' }, async (tx, now) => {
    const found = await findByDeviceCode(tx, deviceCodeHash(deviceCode));
    if (!found) return refuse('device_sign_in_not_found', {});
    const { signIn, hashes } = found;
    const { decision, endsAt } = signIn;
    if (endsAt <= now) return { state: 'ended' } as const;
    if (decision?.outcome === 'denied') return { state: 'denied' } as const;
    if (decision === null) {
      const question = asked(signIn, now);
      await saveDeviceSignIn(tx, { signIn: question.signIn, hashes });
      return { state: question.isEarly ? 'early' : 'waiting' } as const;
    }
    const owner = await ownerOf(tx, decision);
    if (owner === null) return { state: 'denied' } as const;
    await deleteDeviceSignIn(tx, signIn.id);
    const { key, clientSecret, expiresAt } = await makeKey(tx, ctx, signIn, owner, now);
    const claims = giveToken(tx, ctx, { key, owner }, null, now);
    return { state: 'allowed', claims, credentials: { clientId: key.clientId, clientSecret, expiresAt } } as const;
  });
  if (taken.state !== 'allowed') return taken;
  const { claims, credentials } = taken;
  const token = await signIssued(ctx, claims);
  return { state: 'allowed', credentials, issued: { token, expiresIn: claims.expiresAt - claims.issuedAt } };
}

/** Who allowed it, if his word still counts: he may have been disabled since, or may not make keys any more. */
async function ownerOf(tx: Tx, { by, at }: DeviceDecision): Promise<User | null> {
  const user = (await usersOf(tx, [by])).get(by);
  if (!user || user.disabledAt !== null || (user.tokensFrom !== null && at < user.tokensFrom)) return null;
  return mayMakeKeys(await loadPolicy(tx), user, await enabledGroupsOf(tx, user.id)) ? user : null;
}

async function makeKey(tx: Tx, ctx: Context, { wish }: DeviceSignIn, owner: User, now: Date) {
  const expiresAt = new Date(+now + wish.days * dayMilliseconds);
  const key: AccessKey = {
    id: await nextNumber(tx, 'access-key'),
    clientId: makeClientId(),
    ownerId: owner.id,
    encryption: 'none',
    publicKey: null,
    limits: { addresses: [], referers: [], fingerprint: null, items: null, readOnly: wish.readOnly },
    expiresAt,
    revokedAt: null,
    heldAt: null,
    createdAt: now,
  };
  const clientSecret = makeClientSecret();
  const secrets: KeyPrivate = { name: wish.device, description: '', tags: [], clientSecret, privateKeyPem: null };
  await insertAccessKey(tx, key, secrets);
  const who = { userId: owner.id, accessKeyId: null, target: `access-key:${key.id}` };
  const { address } = ctx.origin;
  const details = { address, owner: owner.username, name: wish.device, encryption: 'none', device: wish.device };
  record(tx, { event: 'access-key.added', ...who, details }, now, ctx.requestId);
  return { key, clientSecret, expiresAt };
}
