import type { Caller } from '../../domain/access.ts';
import { mustHoldMembers } from '../../domain/group.ts';
import { memberCounts } from '../../storage/group-lists.ts';
import { holdsShares, insertMember, isMember } from '../../storage/groups.ts';
import type { Tx } from '../../storage/transaction.ts';
import { act } from '../act.ts';
import { type Backing, done, doOrPropose, type Outcome } from '../proposals/make.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';
import { loadUserByIdForUpdate } from '../users/load-user.ts';
import { type GroupName, loadGroup, loadUser, targetOf } from './load-group.ts';

/**
 * Adds a member to a group; `changed` is false when he was one. Another administrator must confirm it of a user group
 * that holds shares.
 */
export function addMember(ctx: Context, input: GroupName & { member: string }): Promise<Outcome> {
  return act(ctx, { action: 'group.add-member', target: targetOf(input) }, async (tx, caller, now) => {
    const group = await loadGroup(tx, caller, 'group.add-member', input);
    const user = await loadUser(tx, input.member);
    if (await isMember(tx, group.id, user.id)) return done(false);
    const wish = { groupId: group.id, userId: user.id };
    if (input.isPrivate || !(await holdsShares(tx, group.id, now))) {
      return done(await add(tx, ctx, caller, input, user.id, {}, now));
    }
    return doOrPropose(tx, ctx, caller, { action: 'group.add-member', ...wish }, now, (backing) =>
      addMemberStep(tx, ctx, caller, wish, backing, now),
    );
  });
}

export function addMemberStep(
  tx: Tx,
  ctx: Context,
  caller: Caller,
  { groupId, userId }: { groupId: number; userId: number },
  backing: Backing,
  now: Date,
): Promise<boolean> {
  return add(tx, ctx, caller, { id: groupId, isPrivate: false }, userId, backing, now);
}

async function add(
  tx: Tx,
  ctx: Context,
  caller: Caller,
  name: GroupName,
  userId: number,
  backing: Backing,
  now: Date,
): Promise<boolean> {
  const group = await loadGroup(tx, caller, 'group.add-member', name);
  const user = await loadUserByIdForUpdate(tx, userId);
  if (await isMember(tx, group.id, user.id)) return false;
  mustHoldMembers(((await memberCounts(tx, [group.id])).get(group.id) ?? 0) + 1);
  await insertMember(tx, group.id, user.id, now);
  recordAdmin(tx, ctx, caller, 'group.member-added', targetOf(name), { member: user.username, ...backing }, now);
  return true;
}
