import type { Person } from '../../domain/access.ts';
import type { Group } from '../../domain/group.ts';
import type { ItemHead } from '../../domain/item.ts';
import type { Share, ShareWish } from '../../domain/sharing.ts';
import type { User } from '../../domain/user.ts';
import { findPrivateGroup, findUserGroup } from '../../storage/groups.ts';
import { deleteShare, type NamedShare, saveShare } from '../../storage/shares.ts';
import type { Tx } from '../../storage/transaction.ts';
import { findUser } from '../../storage/users.ts';
import type { ShareProblem } from './answer.ts';

/** What a draft wants of each sort of sharing: undefined leaves it, a list replaces all of it. */
export type ShareWishes = { users: ShareWish[] | undefined; groups: ShareWish[] | undefined };

export type ShareOutcome = {
  /** As sharing stands after the step, ended shares included. */
  shares: NamedShare[];
  problems: ShareProblem[];
  /** What changed, as `user ana: editor` or `group Finance: removed`; empty when nothing did. */
  changes: string[];
};

/**
 * Replaces the sharing of an item, sort by sort. Whom it cannot be shared with is left out and told. A target that
 * stays keeps its end date; shares with private groups that the caller cannot name are kept.
 */
export async function shareStep(
  tx: Tx,
  caller: Person,
  item: ItemHead,
  before: readonly NamedShare[],
  wishes: ShareWishes,
  now: Date,
): Promise<ShareOutcome> {
  const problems: ShareProblem[] = [];
  const wanted: NamedShare[] = [];
  for (const wish of wishes.users ?? []) {
    const user = await findUser(tx, wish.name.trim().toLowerCase());
    const why = whyNotUser(user, item);
    if (user && !why) wanted.push({ ...target('user', user.id, wish), name: user.username, privateGroupOwnerId: null });
    else problems.push({ subject: 'user', name: wish.name, why: why ?? 'user_not_found' });
  }
  for (const wish of wishes.groups ?? []) {
    const group = await findGroup(tx, wish.name, caller.user.id);
    const why = whyNotGroup(group);
    if (group && !why) {
      wanted.push({ ...target('group', group.id, wish), name: group.name, privateGroupOwnerId: group.ownerId });
    } else {
      problems.push({ subject: 'group', name: wish.name, why: why ?? 'group_not_found' });
    }
  }
  const replaced = before.filter((share) => wishes[sortOf(share)] !== undefined && canName(caller.user, share));
  return { ...(await replace(tx, caller.user.id, item, before, replaced, wanted, now)), problems };
}

async function replace(
  tx: Tx,
  byUserId: number,
  item: ItemHead,
  before: readonly NamedShare[],
  replaced: readonly NamedShare[],
  wanted: readonly NamedShare[],
  now: Date,
): Promise<Pick<ShareOutcome, 'shares' | 'changes'>> {
  const after = new Map(before.map((share) => [subjectKey(share), share]));
  const changes: string[] = [];
  for (const share of replaced) {
    if (wanted.some((one) => subjectKey(one) === subjectKey(share))) continue;
    await deleteShare(tx, item, share);
    after.delete(subjectKey(share));
    changes.push(`${share.subject} ${share.name}: removed`);
  }
  for (const share of wanted) {
    const known = after.get(subjectKey(share));
    // An ended share that is wished for again starts anew, without the end that it had.
    const expiresAt = known?.expiresAt && known.expiresAt > now ? known.expiresAt : null;
    if (known && known.role === share.role && known.expiresAt === expiresAt) continue;
    const next = { ...share, expiresAt };
    await saveShare(tx, item, next, byUserId, now);
    after.set(subjectKey(next), next);
    changes.push(`${share.subject} ${share.name}: ${share.role}`);
  }
  return { shares: [...after.values()], changes };
}

/** A group is found by name: first a user group, then a private group that the acting user owns. */
async function findGroup(tx: Tx, name: string, userId: number): Promise<Group | undefined> {
  return (await findUserGroup(tx, name)) ?? (await findPrivateGroup(tx, name, userId));
}

export function whyNotUser(
  user: User | undefined,
  item: ItemHead,
): 'user_not_found' | 'user_is_owner' | 'user_disabled' | null {
  if (!user) return 'user_not_found';
  if (user.id === item.ownerId) return 'user_is_owner';
  return user.disabledAt === null ? null : 'user_disabled';
}

export function whyNotGroup(group: Group | undefined): ShareProblem['why'] | null {
  if (!group) return 'group_not_found';
  return group.disabledAt === null ? null : 'group_disabled';
}

/** Private groups of others have no name that a user could say. */
export function canName(user: User, share: NamedShare): boolean {
  return share.privateGroupOwnerId === null || share.privateGroupOwnerId === user.id;
}

function sortOf(share: Share): keyof ShareWishes {
  return share.subject === 'user' ? 'users' : 'groups';
}

function target(subject: 'user' | 'group', subjectId: number, wish: ShareWish): Share {
  return { subject, subjectId, role: wish.role, expiresAt: null };
}

/** Whom a share is with, as one text. */
export function subjectKey(share: Share): string {
  return `${share.subject}:${share.subjectId}`;
}
