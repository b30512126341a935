import { refuse } from '../../domain/errors.ts';
import type { User } from '../../domain/user.ts';
import { type DescribedGroup, groupIdsOf, memberCounts } from '../../storage/group-lists.ts';
import type { ReadTx } from '../../storage/transaction.ts';
import { usersOf } from '../../storage/users.ts';

/** A group as every session that knows of it sees it. */
export type ShownGroup = {
  group: DescribedGroup;
  memberCount: number;
  /** Is the caller a member? */
  isMember: boolean;
  /** Username of the owner of a private group. */
  owner: string | null;
};

export async function showGroups(tx: ReadTx, user: User, groups: readonly DescribedGroup[]): Promise<ShownGroup[]> {
  const mine = await groupIdsOf(tx, user.id);
  const counts = await memberCounts(
    tx,
    groups.map((group) => group.id),
  );
  const owners = await usersOf(
    tx,
    groups.flatMap(({ ownerId }) => (ownerId === null ? [] : [ownerId])),
  );
  return groups.map((group) => ({
    group,
    memberCount: counts.get(group.id) ?? 0,
    isMember: mine.has(group.id),
    owner: group.ownerId === null ? null : ownerName(owners, group.ownerId),
  }));
}

/** A user is never removed. */
function ownerName(owners: ReadonlyMap<number, User>, id: number): string {
  return owners.get(id)?.username ?? refuse('integrity_broken', { table: 'users', row: String(id) });
}
