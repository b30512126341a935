import { hashPassword, needsRehash, passwordMatches } from '../../crypto/password-hash.ts';
import { makeSessionToken } from '../../crypto/session-token.ts';
import { refuse } from '../../domain/errors.ts';
import type { Session } from '../../domain/session.ts';
import { record } from '../../storage/audit.ts';
import { passwordHashOf, savePasswordHash } from '../../storage/credentials.ts';
import { loadPolicy } from '../../storage/policy.ts';
import { type Device, insertSession } from '../../storage/sessions.ts';
import { findUser, findUserForUpdate } from '../../storage/users.ts';
import { type Known, submit } from '../act.ts';
import type { Context } from '../safe.ts';
import { type SecondStep, takeSecondFactor } from './second-step.ts';

export type SignIn = SecondStep & { username: string; password: string; browser: string };

export type StartedSession = { token: string; session: Session; userId: number };

const longestPassword = 1024;

/**
 * Signs a person in. An unknown user, a wrong password and a disabled account look the same and take as long. Only
 * after the right password is the second factor spoken of. The token is given once; its hash is stored.
 */
export async function startSession(ctx: Context, input: SignIn): Promise<StartedSession> {
  const username = input.username.trim().toLowerCase();
  const { ring, store } = ctx.safe;
  const before = await store.read(async (tx) => {
    const user = await findUser(tx, username);
    return user && { user, hash: (await passwordHashOf(tx, user.id)) ?? '' };
  });
  const isFit = Buffer.byteLength(input.password) <= longestPassword;
  const account = before ? before.user.username : '';
  const isRight =
    (await passwordMatches(ring, String(before?.user.id ?? 0), isFit ? input.password : '', before?.hash ?? '')) &&
    isFit;
  const rehashed =
    before && isRight && needsRehash(ring, before.hash)
      ? await hashPassword(ring, String(before.user.id), input.password)
      : null;
  const known: Known = { caller: null, account };
  return submit(ctx, { action: 'session.start', target: null }, known, async (tx, now) => {
    const user = before && isRight ? await findUserForUpdate(tx, username) : undefined;
    // A password that was changed while this one was checked is another password.
    if (!before || !user || user.disabledAt !== null || (await passwordHashOf(tx, user.id)) !== before.hash) {
      return refuse('sign_in_failed', {});
    }
    const factor = await takeSecondFactor(tx, user.id, input, now);
    if (rehashed !== null) await savePasswordHash(tx, user.id, rehashed, now);
    const policy = await loadPolicy(tx);
    const { id, token, tokenHash } = makeSessionToken();
    const endsAt = new Date(+now + policy.sessionHours * 3_600_000);
    // Sessions from before he was disabled have ended: the first one after must not seem older.
    const createdAt = new Date(Math.max(+now, +(user.tokensFrom ?? 0)));
    const session: Session = {
      id,
      userId: user.id,
      secondFactor: factor !== null,
      createdAt,
      usedAt: now,
      endsAt,
      provenAt: now,
    };
    const device: Device = { address: ctx.origin.address, browser: input.browser };
    await insertSession(tx, session, tokenHash, device);
    const who = { userId: user.id, accessKeyId: null, target: `user:${user.id}` };
    const details = { address: ctx.origin.address, session: id, factor };
    record(tx, { event: 'session.started', ...who, details }, now, ctx.requestId);
    if (factor === 'recovery-code') {
      record(tx, { event: 'profile.recovery-code-used', ...who, details: { session: id } }, now, ctx.requestId);
    }
    return { token, session, userId: user.id };
  });
}
