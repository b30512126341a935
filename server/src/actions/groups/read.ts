import { setImmediate as breathe } from 'node:timers/promises';
import { mustBePerson, mustMay } from '../../domain/access.ts';
import { maySeeMembers } from '../../domain/group.ts';
import { type Member, membersAfter } from '../../storage/group-lists.ts';
import { descriptionOf, holdsShares } from '../../storage/groups.ts';
import type { ReadTx } from '../../storage/transaction.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';
import { findNamedGroup, type GroupName, groupNotFound, targetOf } from './load-group.ts';
import { type ShownGroup, showGroups } from './show-group.ts';

export type ReadGroup = ShownGroup & {
  /** What only those see who may see the members: null for others. */
  inside: { members: Member[]; holdsShares: boolean } | null;
};

/** Reads a group. A private group that the caller neither owns nor may look into as a member looks like none. */
export function readGroup(ctx: Context, name: GroupName): Promise<ReadGroup> {
  return actReading(ctx, { action: 'group.list', target: targetOf(name) }, async (tx, caller, now) => {
    mustMay('group.list', caller);
    const { user } = mustBePerson(caller);
    const group = await findNamedGroup(tx, name);
    const [shown] = await showGroups(tx, user, [{ ...group, description: await descriptionOf(tx, group) }]);
    if (!shown) return groupNotFound(name);
    const isInside = maySeeMembers(group, user, shown.isMember);
    if (!isInside && name.isPrivate) return groupNotFound(name);
    if (!isInside) return { ...shown, inside: null };
    const inside = { members: await allMembers(tx, group.id), holdsShares: await holdsShares(tx, group.id, now) };
    return { ...shown, inside };
  });
}

const readAtOnce = 500;

async function allMembers(tx: ReadTx, groupId: number): Promise<Member[]> {
  const members: Member[] = [];
  for (;;) {
    const slice = await membersAfter(tx, groupId, members.at(-1)?.user.username ?? '', readAtOnce);
    members.push(...slice);
    if (slice.length < readAtOnce) return members;
    await breathe();
  }
}
