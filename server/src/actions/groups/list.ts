import { mustBePerson, mustMay } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import { type Group, maySeeMembers } from '../../domain/group.ts';
import { normalized } from '../../domain/text.ts';
import type { User } from '../../domain/user.ts';
import { type DescribedGroup, groupsAfter, privateGroupsWith } from '../../storage/group-lists.ts';
import { findGroupById, isMember } from '../../storage/groups.ts';
import type { ReadTx } from '../../storage/transaction.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';
import { hasWords, pageOf } from '../users/page-of.ts';
import { type ShownGroup, showGroups } from './show-group.ts';

export type GroupSearch = {
  /** The user groups, the caller's own private groups, or those of which he is a member and may see the others. */
  scope: 'user-groups' | 'own' | 'member';
  /** Words that must all occur in name and description; '' for any. */
  words: string;
  enabled: boolean | null;
  most: number;
  /** As an earlier page gave it. */
  cursor: string | null;
};

/** A page of groups by name. */
export function listGroups(ctx: Context, search: GroupSearch): Promise<{ groups: ShownGroup[]; next: string | null }> {
  return actReading(ctx, { action: 'group.list', target: null }, async (tx, caller) => {
    mustMay('group.list', caller);
    const { user } = mustBePerson(caller);
    const words = normalized(search.words).split(/\s+/).filter(Boolean);
    const { rows, more } = await pageOf(
      sliceOf(tx, user, search.scope),
      await readCursor(tx, user, search),
      (group) =>
        (search.enabled === null || (group.disabledAt === null) === search.enabled) &&
        hasWords(words, normalized(`${group.name} ${group.description}`)),
      search.most,
    );
    return { groups: await showGroups(tx, user, rows), next: more ? String(rows.at(-1)?.id) : null };
  });
}

type Slice = (after: DescribedGroup | null, most: number) => Promise<DescribedGroup[]>;

function sliceOf(tx: ReadTx, user: User, scope: GroupSearch['scope']): Slice {
  switch (scope) {
    case 'user-groups':
      return (after, most) => groupsAfter(tx, null, after, most);
    case 'own':
      return (after, most) => groupsAfter(tx, user.id, after, most);
    case 'member':
      return async (after, most) => {
        const groups = (await privateGroupsWith(tx, user.id)).filter((group) => maySeeMembers(group, user, true));
        const start = groups.findIndex((group) => group.id === after?.id) + 1;
        return groups.slice(start, start + most);
      };
  }
}

/** A group is never removed: a page goes on after it, wherever it now stands. One that the caller may not list is none. */
async function readCursor(tx: ReadTx, user: User, { cursor, scope }: GroupSearch): Promise<DescribedGroup | null> {
  if (cursor === null) return null;
  const group = /^[1-9]\d{0,14}$/.test(cursor) ? await findGroupById(tx, Number(cursor)) : undefined;
  if (!group || !(await isListed(tx, user, scope, group))) return refuse('cursor_invalid', {});
  return { ...group, description: '' };
}

async function isListed(tx: ReadTx, user: User, scope: GroupSearch['scope'], group: Group): Promise<boolean> {
  if (scope === 'user-groups') return group.ownerId === null;
  if (scope === 'own') return group.ownerId === user.id;
  return group.ownerId !== null && (await isMember(tx, group.id, user.id)) && maySeeMembers(group, user, true);
}
