import { type Caller, mustMay } from '../../domain/access.ts';
import type { Tx } from '../../storage/transaction.ts';
import { profileOf, saveUser } from '../../storage/users.ts';
import { act } from '../act.ts';
import { type Backing, done, doUnlessAloneAfter, type Outcome, outcomeMemory } from '../proposals/make.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';
import { mustLeaveAdmin } from './last-admin.ts';
import { loadUserByIdForUpdate, loadUserForUpdate } from './load-user.ts';

/**
 * Disables a user: his sessions, his access keys and their tokens end at once. The last active admin stays, and the last
 * one beside whoever asks must confirm it.
 */
export function disableUser(ctx: Context, input: { username: string }): Promise<Outcome> {
  const steps = async (tx: Tx, caller: Caller, now: Date): Promise<Outcome> => {
    mustMay('user.disable', caller);
    const user = await loadUserForUpdate(tx, input.username);
    if (user.disabledAt !== null) return done(false);
    const userId = user.id;
    // Before the others are counted: it holds them.
    await mustLeaveAdmin(tx, user);
    return doUnlessAloneAfter(tx, ctx, caller, { action: 'user.disable', userId }, now, (backing) =>
      disableUserStep(tx, ctx, caller, { userId }, backing, now),
    );
  };
  return act(ctx, { action: 'user.disable', target: null }, steps, outcomeMemory);
}

export async function disableUserStep(
  tx: Tx,
  ctx: Context,
  caller: Caller,
  { userId }: { userId: number },
  backing: Backing,
  now: Date,
): Promise<boolean> {
  mustMay('user.disable', caller);
  const user = await loadUserByIdForUpdate(tx, userId);
  if (user.disabledAt !== null) return false;
  await mustLeaveAdmin(tx, user);
  await saveUser(tx, { ...user, disabledAt: now }, await profileOf(tx, user));
  recordAdmin(tx, ctx, caller, 'user.disabled', `user:${userId}`, backing, now);
  return true;
}
