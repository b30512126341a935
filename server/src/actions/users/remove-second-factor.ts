import { type Caller, mustMay } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import { deleteSecondFactor, secondFactorOf } from '../../storage/second-factors.ts';
import { deleteSessionsOf } from '../../storage/sessions.ts';
import type { Tx } from '../../storage/transaction.ts';
import { act } from '../act.ts';
import { type Backing, done, doOrPropose, type Outcome, outcomeMemory } from '../proposals/make.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';
import { loadUserByIdForUpdate, loadUserForUpdate } from './load-user.ts';

/**
 * Takes away the second factor of somebody who has lost it and his recovery codes, and ends his sessions; another
 * administrator must confirm it. One's own is removed in the profile, which asks for a code.
 */
export function removeSecondFactorOf(ctx: Context, input: { username: string }): Promise<Outcome> {
  const steps = async (tx: Tx, caller: Caller, now: Date): Promise<Outcome> => {
    mustMay('user.remove-second-factor', caller);
    const { id: userId } = await loadUserForUpdate(tx, input.username);
    if (caller.kind === 'session' && caller.user.id === userId) {
      refuse('field_invalid', { field: 'username', why: 'is your own: remove your second factor in your profile' });
    }
    if (!(await secondFactorOf(tx, userId, 'update'))) return done(false);
    return doOrPropose(tx, ctx, caller, { action: 'user.remove-second-factor', userId }, now, (backing) =>
      removeSecondFactorStep(tx, ctx, caller, { userId }, backing, now),
    );
  };
  return act(ctx, { action: 'user.remove-second-factor', target: null }, steps, outcomeMemory);
}

export async function removeSecondFactorStep(
  tx: Tx,
  ctx: Context,
  caller: Caller,
  { userId }: { userId: number },
  backing: Backing,
  now: Date,
): Promise<boolean> {
  mustMay('user.remove-second-factor', caller);
  await loadUserByIdForUpdate(tx, userId);
  // He may have removed it himself while it waited.
  if (!(await secondFactorOf(tx, userId, 'update'))) return false;
  await deleteSecondFactor(tx, userId);
  await deleteSessionsOf(tx, userId, null);
  recordAdmin(tx, ctx, caller, 'user.second-factor-removed', `user:${userId}`, backing, now);
  return true;
}
