import { hashPassword } from '../../crypto/password-hash.ts';
import { type Caller, mustMay } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import { temporaryUntil } from '../../domain/sign-in-password.ts';
import { saveCredential } from '../../storage/credentials.ts';
import { deleteSessionsOf } from '../../storage/sessions.ts';
import type { Tx } from '../../storage/transaction.ts';
import { traced } from '../../tracing/spans.ts';
import { act, actReading } from '../act.ts';
import { mustFit, mustNotBeBreached } from '../fit-password.ts';
import { loadUser } from '../groups/load-group.ts';
import { type Backing, doOrPropose, type Outcome, outcomeMemory } from '../proposals/make.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';
import { loadUserByIdForUpdate } from './load-user.ts';

/**
 * Sets another user's password in place of the one before and ends his sessions; another administrator must confirm it. He
 * must change it at his next sign-in, within some days.
 * One's own is changed in the profile, which asks for the present one.
 */
export async function setPassword(
  ctx: Context,
  input: { username: string; password: string; temporary?: boolean },
): Promise<Outcome> {
  const attempt = { action: 'user.set-password', target: null } as const;
  // The hash is bound to the user's id and slow to make: before the transaction that stores it.
  const { id } = await actReading(ctx, attempt, async (tx, caller) => {
    mustMay('user.set-password', caller);
    const user = await loadUser(tx, input.username);
    if (caller.kind === 'session' && caller.user.id === user.id) {
      refuse('field_invalid', { field: 'username', why: 'is your own: change your password in your profile' });
    }
    mustFit(input.password, user.username);
    return user;
  });
  await mustNotBeBreached(ctx.safe, input.password);
  const wish = {
    userId: id,
    passwordHash: await traced('crypto.hash-password', () => hashPassword(ctx.safe.ring, String(id), input.password)),
  };
  // The operator of the host may have let the user type it himself.
  const isTemporary = (caller: Caller) => caller.kind === 'session' || input.temporary === true;
  const steps = async (tx: Tx, caller: Caller, now: Date): Promise<Outcome> => {
    mustMay('user.set-password', caller);
    return doOrPropose(tx, ctx, caller, { action: 'user.set-password', ...wish }, now, (backing) =>
      setPasswordStep(tx, ctx, caller, wish, isTemporary(caller), backing, now),
    );
  };
  return act(ctx, attempt, steps, outcomeMemory);
}

export async function setPasswordStep(
  tx: Tx,
  ctx: Context,
  caller: Caller,
  { userId, passwordHash }: { userId: number; passwordHash: string },
  isTemporary: boolean,
  backing: Backing,
  now: Date,
): Promise<boolean> {
  mustMay('user.set-password', caller);
  const user = await loadUserByIdForUpdate(tx, userId);
  await saveCredential(
    tx,
    user.id,
    { hash: passwordHash, temporaryUntil: isTemporary ? temporaryUntil(now) : null },
    now,
  );
  await deleteSessionsOf(tx, user.id, caller.kind === 'session' ? caller.session.id : null);
  recordAdmin(tx, ctx, caller, 'user.password-set', `user:${user.id}`, backing, now);
  return true;
}
