import { type Caller, mustMay } from '../../domain/access.ts';
import type { Tx } from '../../storage/transaction.ts';
import { profileOf, saveUser } from '../../storage/users.ts';
import { act } from '../act.ts';
import { type Backing, done, doOrPropose, type Outcome, outcomeMemory } from '../proposals/make.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';
import { loadUserByIdForUpdate, loadUserForUpdate } from './load-user.ts';

/**
 * Enables a user again; his access keys work again, as far as they were not revoked, with new tokens: those from before
 * have ended, and so have his sessions. Another administrator must confirm it of one who will be an administrator.
 */
export function enableUser(ctx: Context, input: { username: string }): Promise<Outcome> {
  const steps = async (tx: Tx, caller: Caller, now: Date): Promise<Outcome> => {
    mustMay('user.enable', caller);
    const user = await loadUserForUpdate(tx, input.username);
    if (user.disabledAt === null) return done(false);
    const userId = user.id;
    if (user.role !== 'admin') return done(await enableUserStep(tx, ctx, caller, { userId }, {}, now));
    return doOrPropose(tx, ctx, caller, { action: 'user.enable', userId }, now, (backing) =>
      enableUserStep(tx, ctx, caller, { userId }, backing, now),
    );
  };
  return act(ctx, { action: 'user.enable', target: null }, steps, outcomeMemory);
}

export async function enableUserStep(
  tx: Tx,
  ctx: Context,
  caller: Caller,
  { userId }: { userId: number },
  backing: Backing,
  now: Date,
): Promise<boolean> {
  mustMay('user.enable', caller);
  const user = await loadUserByIdForUpdate(tx, userId);
  if (user.disabledAt === null) return false;
  await saveUser(tx, { ...user, disabledAt: null, tokensFrom: now }, await profileOf(tx, user));
  recordAdmin(tx, ctx, caller, 'user.enabled', `user:${userId}`, backing, now);
  return true;
}
