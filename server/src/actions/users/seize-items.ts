import { type Caller, mustBePerson, mustMay } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import type { User } from '../../domain/user.ts';
import { ownedItems } from '../../storage/items.ts';
import type { Tx } from '../../storage/transaction.ts';
import { findUser, usersOf } from '../../storage/users.ts';
import { act } from '../act.ts';
import { giveItem } from '../items/give-item.ts';
import { loadItem } from '../items/load-item.ts';
import { recordItem } from '../items/record-item.ts';
import { type Backing, done, doOrPropose, type Outcome, outcomeMemory } from '../proposals/make.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';
import { loadUserByIdForUpdate, loadUserForUpdate } from './load-user.ts';

/** Others wait for the transaction: what is left is seized by asking again. */
const seizedAtOnce = 500;

/**
 * Gives what a disabled user owns to another user, who can read all of it from then on: for a second administrator to
 * confirm where there is one. Shares stay.
 */
export function seizeItems(ctx: Context, input: { username: string; to: string }): Promise<Outcome> {
  const steps = async (tx: Tx, caller: Caller, now: Date): Promise<Outcome> => {
    mustMay('user.seize-items', caller);
    const owner = await loadUserForUpdate(tx, input.username);
    const heir = await findUser(tx, input.to.trim().toLowerCase());
    mustBeFit(owner, heir);
    const wish = { userId: owner.id, heirId: heir.id };
    if ((await ownedItems(tx, owner.id, 1)).length === 0) return done(false);
    return doOrPropose(tx, ctx, caller, { action: 'user.seize-items', ...wish }, now, (backing) =>
      seizeItemsStep(tx, ctx, caller, wish, backing, now),
    );
  };
  return act(ctx, { action: 'user.seize-items', target: null }, steps, outcomeMemory);
}

export async function seizeItemsStep(
  tx: Tx,
  ctx: Context,
  caller: Caller,
  { userId, heirId }: { userId: number; heirId: number },
  backing: Backing,
  now: Date,
): Promise<boolean> {
  mustMay('user.seize-items', caller);
  const { user: author } = mustBePerson(caller);
  // Held, so that he is not enabled meanwhile.
  const owner = await loadUserByIdForUpdate(tx, userId);
  const heir = (await usersOf(tx, [heirId])).get(heirId);
  mustBeFit(owner, heir);
  const owned = await ownedItems(tx, userId, seizedAtOnce + 1);
  let seized = 0;
  let left = Math.max(0, owned.length - seizedAtOnce);
  for (const { kind, number } of owned.slice(0, seizedAtOnce)) {
    const loaded = await loadItem(tx, caller, { kind, number: String(number) }, 'update', now);
    const next = await giveItem(tx, loaded, heir, author.id, now);
    if (!next) {
      // The heir has another one with its identifier code: it stays, and another heir may have it.
      left += 1;
      continue;
    }
    seized += 1;
    const details = { from: owner.username, to: heir.username, kept: false, ...backing };
    recordItem(tx, ctx, caller, 'item.transferred', next, details, now);
  }
  const told = { to: heir.username, items: seized, left, ...backing };
  recordAdmin(tx, ctx, caller, 'user.items-seized', `user:${userId}`, told, now);
  return seized > 0;
}

function mustBeFit(owner: User, heir: User | undefined): asserts heir is User {
  if (owner.disabledAt === null) refuse('transfer_impossible', { why: 'owner_enabled' });
  if (!heir) refuse('transfer_impossible', { why: 'user_not_found' });
  if (heir.id === owner.id) refuse('transfer_impossible', { why: 'user_is_owner' });
  if (heir.disabledAt !== null) refuse('transfer_impossible', { why: 'user_disabled' });
}
