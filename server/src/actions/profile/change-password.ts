import { makeDeviceToken } from '../../crypto/device-token.ts';
import { hashPassword } from '../../crypto/password-hash.ts';
import { refuse } from '../../domain/errors.ts';
import { saveCredential } from '../../storage/credentials.ts';
import { deleteSessionsOf, saveSession } from '../../storage/sessions.ts';
import { findUserForUpdate } from '../../storage/users.ts';
import { act } from '../act.ts';
import { mustFit, mustNotBeBreached } from '../fit-password.ts';
import type { Context } from '../safe.ts';
import { type Tries, unlessBusy } from '../sessions/check-password.ts';
import { checkOwnPassword, mustBeRight } from '../sessions/own-password.ts';
import { mustBeMe, recordOwn } from '../sessions/own-session.ts';

export type PasswordChange = { currentPassword: string; password: string };

/**
 * Sets a new password. All other sessions end, and every browser that signed in before is a stranger again; the one at
 * hand gets a new token that says it is none.
 */
export async function changePassword(
  ctx: Context,
  { currentPassword, password }: PasswordChange,
  tries: Tries,
): Promise<{ endedSessions: number; deviceToken: string }> {
  const action = 'profile.change-password';
  const { ring } = ctx.safe;
  const checked = await checkOwnPassword(ctx, action, currentPassword, tries);
  const { user } = checked.me;
  if (checked.isRight) {
    mustFit(password, user.username);
    if (password === currentPassword) refuse('field_invalid', { field: 'password', why: 'must be another one' });
    await mustNotBeBreached(ctx.safe, password);
  }
  const hash = checked.isRight ? await unlessBusy(() => hashPassword(ring, String(user.id), password)) : '';
  return act(ctx, { action, target: null }, async (tx, caller, now) => {
    const me = mustBeMe(action, caller);
    // Two changes at once would both see the old hash: the second one waits here, and then sees the first.
    await findUserForUpdate(tx, me.user.username);
    await mustBeRight(tx, checked, me);
    await saveCredential(tx, me.user.id, { hash, temporaryUntil: null }, now);
    if (me.session.mustChangePassword) await saveSession(tx, { ...me.session, mustChangePassword: false });
    const endedSessions = await deleteSessionsOf(tx, me.user.id, me.session.id);
    recordOwn(tx, ctx, me, 'profile.password-changed', { endedSessions }, now);
    const owner = { userId: me.user.id, passwordHash: hash, tokensFrom: me.user.tokensFrom };
    return { endedSessions, deviceToken: makeDeviceToken(ring, owner) };
  });
}
