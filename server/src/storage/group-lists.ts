import { sql } from 'kysely';
import { type Group, groupNameKey } from '../domain/group.ts';
import type { User } from '../domain/user.ts';
import { mustBeIntact } from './authority-rows.ts';
import { toDate } from './column-forms.ts';
import type { Engine } from './connection.ts';
import { groupOf, mustBeMemberRow, openDescription } from './groups.ts';
import { builders, runQuery, statement } from './statement.ts';
import type { Tables } from './tables.ts';
import type { ReadTx } from './transaction.ts';
import { userOf } from './users.ts';

export type DescribedGroup = Group & { description: string };

/**
 * A slice of the user groups (`ownerId` null) or of a user's private groups, by name, beginning after a group; null
 * begins with the first.
 */
export async function groupsAfter(
  tx: ReadTx,
  ownerId: number | null,
  after: Group | null,
  most: number,
): Promise<DescribedGroup[]> {
  const nameKey = after ? groupNameKey(after.name) : '';
  const from = { nameKey, id: after?.id ?? 0, most };
  const rows =
    ownerId === null
      ? await userGroupsAfter.all(tx.on, from)
      : await privateGroupsAfter.all(tx.on, { ...from, ownerId });
  return rows.map((row) => describedOf(tx, row));
}

/** Every private group of which this user is a member, enabled or not, by name. */
export async function privateGroupsWith(tx: ReadTx, userId: number): Promise<DescribedGroup[]> {
  const rows = await privateOfMember.all(tx.on, { userId });
  return rows.map((row) => {
    mustBeMemberRow(tx, row, userId);
    return describedOf(tx, row);
  });
}

/** The ids of all groups of which this user is a member, enabled or not. */
export async function groupIdsOf(tx: ReadTx, userId: number): Promise<Set<number>> {
  const rows = await memberships.all(tx.on, { userId });
  for (const row of rows) mustBeIntact(tx, 'group_members', row);
  return new Set(rows.map((row) => row.group_id));
}

/** How many members each of these groups has. */
export async function memberCounts(tx: ReadTx, ids: readonly number[]): Promise<Map<number, number>> {
  if (ids.length === 0) return new Map();
  const query = builders[tx.on.engine]
    .selectFrom('group_members')
    .select(['group_id', ({ fn }) => fn.countAll<number>().as('members')])
    .where('group_id', 'in', [...ids])
    .groupBy('group_id');
  return new Map((await runQuery(tx.on, query.compile())).map((row) => [row.group_id, row.members]));
}

export type Member = { user: User; addedAt: Date };

/** A slice of a group's members by username, beginning after one. */
export async function membersAfter(tx: ReadTx, groupId: number, username: string, most: number): Promise<Member[]> {
  const rows = await memberSlice.all(tx.on, { groupId, username, most });
  return rows.map((row) => {
    mustBeIntact(tx, 'group_members', {
      group_id: groupId,
      user_id: row.id,
      added_at: row.added_at,
      mac: row.member_mac,
    });
    return { user: userOf(tx, row), addedAt: toDate(row.added_at) };
  });
}

/** Every group by name, with its members' usernames and, of a private group, its owner's. */
export async function listGroups(
  tx: ReadTx,
): Promise<(Group & { description: string; members: string[]; owner: string | null })[]> {
  const namesOf = new Map<number, string[]>();
  for (const { group_id, username } of await memberNames.all(tx.on, {})) {
    const known = namesOf.get(group_id);
    if (known) known.push(username);
    else namesOf.set(group_id, [username]);
  }
  return (await all.all(tx.on, {})).map((row) => ({
    ...describedOf(tx, row),
    members: namesOf.get(row.id) ?? [],
    owner: row.owner_name,
  }));
}

function describedOf(tx: ReadTx, row: Tables['groups']): DescribedGroup {
  return { ...groupOf(tx, row), description: openDescription(tx, row) };
}

// By bytes on both engines, whatever PostgreSQL's own order of letters is.
const byBytes = (column: string, engine: Engine) =>
  engine === 'postgres' ? sql<string>`${sql.ref(column)} collate "C"` : sql.ref<string>(column);

type From = { nameKey: string; id: number; most: number };

const listedAfter = (db: (typeof builders)[Engine], p: From, engine: Engine) => {
  const nameKey = byBytes('name_key', engine);
  return db
    .selectFrom('groups')
    .selectAll()
    .where((is) => is.or([is(nameKey, '>', p.nameKey), is.and([is('name_key', '=', p.nameKey), is('id', '>', p.id)])]))
    .orderBy(nameKey)
    .orderBy('id')
    .limit(p.most);
};

const userGroupsAfter = statement((db, p: From, engine) => listedAfter(db, p, engine).where('owner_id', 'is', null));

const privateGroupsAfter = statement((db, p: From & { ownerId: number }, engine) =>
  listedAfter(db, p, engine).where('owner_id', '=', p.ownerId),
);

const privateOfMember = statement((db, p: { userId: number }, engine) =>
  db
    .selectFrom('group_members')
    .innerJoin('groups', 'groups.id', 'group_members.group_id')
    .selectAll('groups')
    .select(['group_members.added_at', 'group_members.mac as member_mac'])
    .where('group_members.user_id', '=', p.userId)
    .where('groups.owner_id', 'is not', null)
    .orderBy(byBytes('groups.name_key', engine))
    .orderBy('groups.id'),
);

const memberships = statement((db, p: { userId: number }) =>
  db.selectFrom('group_members').selectAll().where('user_id', '=', p.userId),
);

const memberSlice = statement((db, p: { groupId: number; username: string; most: number }, engine) => {
  const username = byBytes('users.username', engine);
  return db
    .selectFrom('group_members')
    .innerJoin('users', 'users.id', 'group_members.user_id')
    .selectAll('users')
    .select(['group_members.added_at', 'group_members.mac as member_mac'])
    .where('group_members.group_id', '=', p.groupId)
    .where(username, '>', p.username)
    .orderBy(username)
    .limit(p.most);
});

const all = statement((db) =>
  db
    .selectFrom('groups')
    .leftJoin('users', 'users.id', 'groups.owner_id')
    .selectAll('groups')
    .select('users.username as owner_name')
    .orderBy('groups.name_key')
    .orderBy('groups.id'),
);

const memberNames = statement((db) =>
  db
    .selectFrom('group_members')
    .innerJoin('users', 'users.id', 'group_members.user_id')
    .select(['group_members.group_id', 'users.username'])
    .orderBy('users.username'),
);
