import type { Caller } from '../domain/access.ts';
import { brokenLimit, keyIsLive } from '../domain/access-key.ts';
import { refuse } from '../domain/errors.ts';
import type { User } from '../domain/user.ts';
import { findKeyWithOwner } from '../storage/access-keys.ts';
import type { ReadTx } from '../storage/transaction.ts';
import type { Context } from './safe.ts';

/**
 * Says who is calling, from the state of his access key and account as this transaction sees it: a key that was
 * revoked, a user who was disabled, a limit that was changed a moment ago counts for this very call.
 */
export async function authenticate(tx: ReadTx, ctx: Context, now: Date, hold: 'none' | 'share'): Promise<Caller> {
  const { credential } = ctx;
  if (credential.kind === 'operator') return credential;
  if (credential.kind === 'none') refuse('token_missing', {});
  if (credential.kind === 'unreadable') refuse('token_invalid', {});
  const found = await findKeyWithOwner(tx, credential.clientId, hold);
  if (!found || !keyIsLive(found.key, now) || !tokenCounts(found.owner, credential.issuedAt)) {
    return refuse('token_invalid', {});
  }
  const broken = brokenLimit(found.key.limits, ctx.origin);
  if (broken) refuse('key_restricted', { by: broken });
  ctx.safe.uses.keyUsed(found.key.id, now, ctx.origin.address);
  return { kind: 'key', user: found.owner, key: found.key };
}

function tokenCounts({ disabledAt, tokensFrom }: User, issuedAt: Date): boolean {
  return disabledAt === null && (tokensFrom === null || issuedAt >= tokensFrom);
}
