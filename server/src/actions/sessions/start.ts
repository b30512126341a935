import { makeDeviceToken, readDeviceToken } from '../../crypto/device-token.ts';
import { hashPassword, needsRehash } from '../../crypto/password-hash.ts';
import { makeSessionToken } from '../../crypto/session-token.ts';
import { strangerOf } from '../../domain/address.ts';
import { refuse } from '../../domain/errors.ts';
import type { Session } from '../../domain/session.ts';
import { record } from '../../storage/audit.ts';
import { credentialOf, saveCredential } from '../../storage/credentials.ts';
import { loadPolicy } from '../../storage/policy.ts';
import { deleteSession, findSessionWithUser, insertSession } from '../../storage/sessions.ts';
import type { Tx } from '../../storage/transaction.ts';
import { findUser, findUserForUpdate } from '../../storage/users.ts';
import { type Known, readFor, submit } from '../act.ts';
import type { Context } from '../safe.ts';
import { type Account, accountOf, checkPassword, type Tries, unlessBusy } from './check-password.ts';
import { recordRecoveryCode, type SecondStep, takeSecondFactor, tryOnce } from './second-step.ts';

/** `device` is the token by which the browser shows that it signed in before, or null. */
export type SignIn = SecondStep & { username: string; password: string; browser: string; device: string | null };

/** Tokens are given once; `deviceToken` is null when the browser's own still counts. */
export type StartedSession = { token: string; tokenHash: Uint8Array; deviceToken: string | null };

/**
 * Signs a person in. An unknown user, a wrong password and a disabled account look the same and take as long. Only
 * after the right password is the second factor spoken of. The session that the browser had before ends.
 */
export async function startSession(ctx: Context, input: SignIn, tries: Tries): Promise<StartedSession> {
  const username = input.username.trim().toLowerCase();
  const { ring } = ctx.safe;
  const attempt = { action: 'session.start', target: null } as const;
  const known: Known = { caller: null, account: '' };
  const before = await readFor(ctx, attempt, known, async (tx) => {
    const user = await findUser(tx, username);
    // What was typed is recorded only when it is the name of a user.
    known.account = user?.username ?? '';
    return user && (await accountOf(tx, user));
  });
  const device = before && input.device !== null ? readDeviceToken(ring, ownerOf(before), input.device) : null;
  const of = { account: username, address: ctx.origin.address, known: device };
  const line = device === null ? { stranger: strangerOf(ctx.origin.address) } : 'known';
  const isRight = await checkPassword(ctx, before, input.password, tries.password(of, ctx.safe.clock()), line);
  const rehashed =
    before && isRight && needsRehash(ring, before.hash)
      ? await unlessBusy(() => hashPassword(ring, String(before.user.id), input.password))
      : null;
  const takeTry = tryOnce(() => tries.code(username, ctx.safe.clock()));
  return submit(ctx, attempt, known, async (tx, now) => {
    const user = before && isRight ? await findUserForUpdate(tx, username) : undefined;
    // A password that was changed while this one was checked is another password.
    const stored = user && (await credentialOf(tx, user.id));
    if (!before || !user || user.disabledAt !== null || stored?.hash !== before.hash) {
      return refuse('sign_in_failed', {});
    }
    const { temporaryUntil } = stored;
    if (temporaryUntil !== null && temporaryUntil <= now) refuse('sign_in_failed', {});
    const factor = await takeSecondFactor(tx, user.id, input, takeTry, now);
    if (rehashed !== null) await saveCredential(tx, user.id, { hash: rehashed, temporaryUntil }, now);
    await endReplaced(tx, ctx, now);
    const { id, token, tokenHash } = makeSessionToken();
    const { sessionHours } = await loadPolicy(tx);
    const session: Session = {
      id,
      userId: user.id,
      secondFactor: factor !== null,
      // Sessions from before he was disabled have ended: the first one after must not seem older.
      createdAt: new Date(Math.max(+now, +(user.tokensFrom ?? 0))),
      usedAt: now,
      endsAt: new Date(+now + sessionHours * 3_600_000),
      provenAt: now,
      mustChangePassword: temporaryUntil !== null,
    };
    await insertSession(tx, session, tokenHash, { address: ctx.origin.address, browser: input.browser });
    const who = { userId: user.id, accessKeyId: null, target: `user:${user.id}` };
    const details = { address: ctx.origin.address, session: id, factor };
    record(tx, { event: 'session.started', ...who, details }, now, ctx.requestId);
    recordRecoveryCode(tx, ctx, factor, session, now);
    const isKnown = device !== null && rehashed === null;
    const owner = ownerOf({ user, hash: rehashed ?? before.hash });
    return { token, tokenHash, deviceToken: isKnown ? null : makeDeviceToken(ring, owner) };
  });
}

function ownerOf({ user, hash }: Account) {
  return { userId: user.id, passwordHash: hash, tokensFrom: user.tokensFrom };
}

/** Whoever signs in leaves the session that his browser had, be it another person's. */
async function endReplaced(tx: Tx, ctx: Context, now: Date): Promise<void> {
  if (ctx.credential.kind !== 'session') return;
  const found = await findSessionWithUser(tx, ctx.credential.tokenHash, 'share');
  if (!found || (found.tokenEndsAt !== null && found.tokenEndsAt <= now)) return;
  await deleteSession(tx, found.session.id);
  const who = { userId: found.user.id, accessKeyId: null, target: `user:${found.user.id}` };
  const details = { session: found.session.id, address: ctx.origin.address, why: 'replaced' };
  record(tx, { event: 'session.ended', ...who, details }, now, ctx.requestId);
}
