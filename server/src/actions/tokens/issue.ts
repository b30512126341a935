import { makeTokenId } from '../../crypto/credentials.ts';
import { signToken, type TokenClaims } from '../../crypto/tokens.ts';
import { type AccessKey, brokenLimit, keyIsLive } from '../../domain/access-key.ts';
import { refuse } from '../../domain/errors.ts';
import type { User } from '../../domain/user.ts';
import { findKeyWithOwner } from '../../storage/access-keys.ts';
import { record } from '../../storage/audit.ts';
import type { Tx } from '../../storage/transaction.ts';
import { traced } from '../../tracing/spans.ts';
import { type Known, submit } from '../act.ts';
import type { Context } from '../safe.ts';

export type TokenRequest = {
  clientId: string;
  clientSecret: string;
  /** Seconds; shortens the token's life, never lengthens it. Null for the safe's own. */
  lifetime: number | null;
};

export type IssuedToken = { token: string; expiresIn: number };

/**
 * Gives an access key a token (OAuth 2.0 client credentials). Every reason to refuse looks the same to the caller; the
 * audit knows which it was. The token is signed after its entry was committed.
 */
export async function issueToken(ctx: Context, request: TokenRequest): Promise<IssuedToken> {
  // What a stranger typed as an id is kept only if it looks like one.
  const account = /^[0-9a-f]{41}$/.test(request.clientId) ? request.clientId : '';
  const known: Known = { caller: null, account };
  await ctx.safe.signings.enter();
  const claims = await submit(ctx, { action: 'token.issue', target: null }, known, async (tx, now) => {
    const found = await findKeyWithOwner(tx, request.clientId, 'share');
    if (!found) return refuse('client_unknown', {});
    const { key, owner } = found;
    if (!found.hasSecret(request.clientSecret) || !keyIsLive(key, now) || owner.disabledAt !== null)
      refuse('client_unknown', {});
    if (brokenLimit(key.limits, ctx.origin)) refuse('client_unknown', {});
    return giveToken(tx, ctx, found, request.lifetime, now);
  });
  return { token: await signIssued(ctx, claims), expiresIn: claims.expiresAt - claims.issuedAt };
}

/** To be called once the entry of `giveToken` is committed. */
export function signIssued({ safe }: Context, claims: TokenClaims): Promise<string> {
  return traced('crypto.sign-token', () => safe.signings.sign(() => signToken(safe.ring, claims)));
}

/** What a token of this key will say, and its entry; to be signed once that is committed. */
export function giveToken(
  tx: Tx,
  ctx: Context,
  { key, owner }: { key: AccessKey; owner: User },
  wished: number | null,
  now: Date,
): TokenClaims {
  // A token says its time in whole seconds: the first one after its owner was enabled again must not seem older.
  const issuedAt = Math.max(Math.floor(+now / 1000), Math.ceil(+(owner.tokensFrom ?? 0) / 1000));
  const lifetime = Math.min(wished ?? ctx.safe.tokenSeconds, ctx.safe.tokenSeconds);
  const id = makeTokenId();
  const details = { address: ctx.origin.address, token: id, seconds: lifetime };
  record(
    tx,
    { event: 'token.issued', userId: owner.id, accessKeyId: key.id, target: null, details },
    now,
    ctx.requestId,
  );
  ctx.safe.uses.keyUsed(key.id, now, ctx.origin.address);
  return { clientId: key.clientId, subject: String(owner.id), id, issuedAt, expiresAt: issuedAt + lifetime };
}
