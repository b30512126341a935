import type { Caller } from '../domain/access.ts';
import { brokenLimit, keyIsLive } from '../domain/access-key.ts';
import { refuse } from '../domain/errors.ts';
import { needsSecondFactor } from '../domain/policy.ts';
import { sessionIsLive, sudoUntil } from '../domain/session.ts';
import type { User } from '../domain/user.ts';
import { findKeyWithOwner } from '../storage/access-keys.ts';
import { loadPolicy } from '../storage/policy.ts';
import { findSessionWithUser } from '../storage/sessions.ts';
import type { ReadTx } from '../storage/transaction.ts';
import type { Context } from './safe.ts';

type Hold = 'none' | 'share';

/**
 * Says who is calling, from the state of his access key or session and account as this transaction sees it: a key that
 * was revoked, a user who was disabled, a limit that was changed a moment ago counts for this very call.
 */
export async function authenticate(tx: ReadTx, ctx: Context, now: Date, hold: Hold): Promise<Caller> {
  const { credential } = ctx;
  switch (credential.kind) {
    case 'operator':
      return credential;
    case 'none':
      return refuse('token_missing', {});
    case 'unreadable':
      return refuse('token_invalid', {});
    case 'token':
      return await keyCaller(tx, ctx, credential, now, hold);
    case 'session':
      return await sessionCaller(tx, ctx, credential.tokenHash, now, hold);
  }
}

async function keyCaller(
  tx: ReadTx,
  ctx: Context,
  { clientId, issuedAt }: { clientId: string; issuedAt: Date },
  now: Date,
  hold: Hold,
): Promise<Caller> {
  const found = await findKeyWithOwner(tx, clientId, hold);
  if (!found || !keyIsLive(found.key, now) || !countsFrom(found.owner, issuedAt)) return refuse('token_invalid', {});
  const broken = brokenLimit(found.key.limits, ctx.origin);
  if (broken) refuse('key_restricted', { by: broken });
  ctx.safe.uses.keyUsed(found.key.id, now, ctx.origin.address);
  return { kind: 'key', user: found.owner, key: found.key };
}

async function sessionCaller(tx: ReadTx, ctx: Context, tokenHash: Uint8Array, now: Date, hold: Hold): Promise<Caller> {
  const found = await findSessionWithUser(tx, tokenHash, hold);
  if (!found || !countsFrom(found.user, found.session.createdAt)) return refuse('token_invalid', {});
  const { session, user, tokenEndsAt } = found;
  if (tokenEndsAt !== null && tokenEndsAt <= now) return refuse('token_invalid', {});
  const policy = await loadPolicy(tx);
  const usedAt = ctx.safe.uses.sessionUsedAt(session);
  if (!sessionIsLive({ ...session, usedAt }, policy, now)) return refuse('token_invalid', {});
  ctx.safe.uses.sessionUsed(session.id, now);
  ctx.safe.knownSessions.seen(tokenHash);
  const mustEnrol = needsSecondFactor(policy, user) && !session.secondFactor;
  return { kind: 'session', user, session, sudo: sudoUntil(session, now) !== null, mustEnrol };
}

/** Whether a token or session of that time still counts: all from before he was disabled have ended. */
function countsFrom({ disabledAt, tokensFrom }: User, startedAt: Date): boolean {
  return disabledAt === null && (tokensFrom === null || startedAt >= tokensFrom);
}
