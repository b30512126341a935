import type { Caller } from '../../domain/access.ts';
import { holdsShares, saveGroup } from '../../storage/groups.ts';
import type { Tx } from '../../storage/transaction.ts';
import { act } from '../act.ts';
import { type Backing, done, doOrPropose, type Outcome, outcomeMemory } from '../proposals/make.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';
import { type GroupName, loadGroup, targetOf } from './load-group.ts';

/**
 * Enables a group again, with the shares and members that it had. Another administrator must confirm it of a user group
 * that holds shares.
 */
export function enableGroup(ctx: Context, input: GroupName): Promise<Outcome> {
  const steps = async (tx: Tx, caller: Caller, now: Date): Promise<Outcome> => {
    const group = await loadGroup(tx, caller, 'group.enable', input);
    if (group.disabledAt === null) return done(false);
    const wish = { groupId: group.id };
    if (input.isPrivate || !(await holdsShares(tx, group.id, now))) {
      return done(await enable(tx, ctx, caller, input, {}, now));
    }
    return doOrPropose(tx, ctx, caller, { action: 'group.enable', ...wish }, now, (backing) =>
      enableGroupStep(tx, ctx, caller, wish, backing, now),
    );
  };
  return act(ctx, { action: 'group.enable', target: targetOf(input) }, steps, outcomeMemory);
}

export function enableGroupStep(
  tx: Tx,
  ctx: Context,
  caller: Caller,
  { groupId }: { groupId: number },
  backing: Backing,
  now: Date,
): Promise<boolean> {
  return enable(tx, ctx, caller, { id: groupId, isPrivate: false }, backing, now);
}

async function enable(
  tx: Tx,
  ctx: Context,
  caller: Caller,
  name: GroupName,
  backing: Backing,
  now: Date,
): Promise<boolean> {
  const group = await loadGroup(tx, caller, 'group.enable', name);
  if (group.disabledAt === null) return false;
  await saveGroup(tx, { ...group, disabledAt: null }, null);
  recordAdmin(tx, ctx, caller, 'group.enabled', targetOf(name), backing, now);
  return true;
}
