import { openColumn, sealColumn } from '../crypto/row-seal.ts';
import { type Group, groupNameKey } from '../domain/group.ts';
import { deleted, mustBeIntact, signed } from './authority-rows.ts';
import { fromDate, fromFlag, toDate } from './column-forms.ts';
import { builders, runQuery, statement } from './statement.ts';
import type { Tables } from './tables.ts';
import type { ReadTx, Tx } from './transaction.ts';

type GroupRow = Tables['groups'];
type MemberRow = Tables['group_members'];

const place = (id: number) => ({ table: 'groups', row: String(id), column: 'description' });

export async function insertGroup(tx: Tx, group: Group, description: string): Promise<void> {
  await insert.run(await tx.writing(), rowOf(tx, group, sealColumn(tx.ring, place(group.id), description)));
}

/** Saves a group that is held for update; its owner stays, and so does its description unless there is a new one. */
export async function saveGroup(tx: Tx, group: Group, description: string | null): Promise<void> {
  const row = await byId.first(tx.on, { id: group.id });
  if (!row) throw new Error('a group is never removed');
  const sealed = description === null ? row.description : sealColumn(tx.ring, place(group.id), description);
  await update.run(await tx.writing(), rowOf(tx, group, sealed));
}

/** The user group of that name, whatever its state. */
export async function findUserGroup(tx: ReadTx, name: string): Promise<Group | undefined> {
  if (name.includes('\0')) return undefined;
  const row = await userGroupByName.first(tx.on, { nameKey: groupNameKey(name) });
  return row && groupOf(tx, row);
}

/** The private group of that name that this user owns, whatever its state. */
export async function findPrivateGroup(tx: ReadTx, name: string, ownerId: number): Promise<Group | undefined> {
  if (name.includes('\0')) return undefined;
  const row = await privateGroupByName.first(tx.on, { nameKey: groupNameKey(name), ownerId });
  return row && groupOf(tx, row);
}

export async function findGroupById(tx: ReadTx, id: number): Promise<Group | undefined> {
  const row = await byId.first(tx.on, { id });
  return row && groupOf(tx, row);
}

/** The same, held against change until the transaction ends, its members with it. */
export async function findGroupForUpdate(tx: Tx, id: number): Promise<Group | undefined> {
  const row = await byIdForUpdate.first(tx.on, { id });
  return row && groupOf(tx, row);
}

export async function groupsOf(tx: ReadTx, ids: readonly number[]): Promise<Map<number, Group>> {
  if (ids.length === 0) return new Map();
  const query = builders[tx.on.engine]
    .selectFrom('groups')
    .selectAll()
    .where('id', 'in', [...new Set(ids)]);
  return new Map((await runQuery(tx.on, query.compile())).map((row) => [row.id, groupOf(tx, row)]));
}

export async function descriptionOf(tx: ReadTx, group: Group): Promise<string> {
  const row = await byId.first(tx.on, { id: group.id });
  if (!row) throw new Error('a group is never removed');
  return openDescription(tx, row);
}

export function openDescription(tx: ReadTx, row: GroupRow): string {
  return openColumn(tx.ring, place(row.id), row.description);
}

/** Is anything shared with the group now? */
export async function holdsShares(tx: ReadTx, groupId: number, now: Date): Promise<boolean> {
  const row = await runningShare.first(tx.on, { groupId, now: fromDate(now) });
  if (row) mustBeIntact(tx, 'shares', row);
  return row !== undefined;
}

/** A group with the ids of its members. */
export async function membersOf(tx: ReadTx, groupId: number): Promise<{ group: Group; userIds: number[] }> {
  const group = await findGroupById(tx, groupId);
  if (!group) throw new Error('a group is never removed');
  const rows = await membersById.all(tx.on, { groupId });
  for (const row of rows) mustBeIntact(tx, 'group_members', row);
  return { group, userIds: rows.map((row) => row.user_id) };
}

/** Every enabled group of which this user is a member. */
export async function enabledGroupsOf(tx: ReadTx, userId: number): Promise<Group[]> {
  const rows = await ofMember.all(tx.on, { userId });
  return rows.map((row) => {
    mustBeMemberRow(tx, row, userId);
    return groupOf(tx, row);
  });
}

/** A row of a group that a membership was joined to. */
type OfMember = { id: number; added_at: number; member_mac: Uint8Array };

export function mustBeMemberRow(tx: ReadTx, { id, added_at, member_mac }: OfMember, userId: number): void {
  mustBeIntact(tx, 'group_members', { group_id: id, user_id: userId, added_at, mac: member_mac });
}

export async function isMember(tx: ReadTx, groupId: number, userId: number): Promise<boolean> {
  const row = await member.first(tx.on, { groupId, userId });
  if (row) mustBeIntact(tx, 'group_members', row);
  return row !== undefined;
}

export async function insertMember(tx: Tx, groupId: number, userId: number, now: Date): Promise<void> {
  const row = signed(tx, 'group_members', { group_id: groupId, user_id: userId, added_at: fromDate(now) });
  await addMember.run(await tx.writing(), row);
}

export async function deleteMember(tx: Tx, groupId: number, userId: number): Promise<void> {
  await removeMember.run(await tx.writing(), { groupId, userId });
  deleted(tx, 'group_members', [groupId, userId]);
}

export function groupOf(tx: ReadTx, row: GroupRow): Group {
  mustBeIntact(tx, 'groups', row);
  return {
    id: row.id,
    name: row.name,
    ownerId: row.owner_id,
    membersVisible: row.members_visible === 1,
    disabledAt: toDate(row.disabled_at),
    createdAt: toDate(row.created_at),
  };
}

function rowOf(tx: Tx, group: Group, description: Uint8Array): GroupRow {
  return signed(tx, 'groups', {
    id: group.id,
    name: group.name,
    name_key: groupNameKey(group.name),
    owner_id: group.ownerId,
    description,
    members_visible: fromFlag(group.membersVisible),
    disabled_at: fromDate(group.disabledAt),
    created_at: fromDate(group.createdAt),
  });
}

const insert = statement((db, p: GroupRow) =>
  db.insertInto('groups').values({
    id: p.id,
    name: p.name,
    name_key: p.name_key,
    owner_id: p.owner_id,
    description: p.description,
    members_visible: p.members_visible,
    disabled_at: p.disabled_at,
    created_at: p.created_at,
    mac: p.mac,
  }),
);

const update = statement((db, p: GroupRow) =>
  db
    .updateTable('groups')
    .set({
      name: p.name,
      name_key: p.name_key,
      description: p.description,
      members_visible: p.members_visible,
      disabled_at: p.disabled_at,
      mac: p.mac,
    })
    .where('id', '=', p.id),
);

const userGroupByName = statement((db, p: { nameKey: string }) =>
  db.selectFrom('groups').selectAll().where('name_key', '=', p.nameKey).where('owner_id', 'is', null),
);

const privateGroupByName = statement((db, p: { nameKey: string; ownerId: number }) =>
  db.selectFrom('groups').selectAll().where('name_key', '=', p.nameKey).where('owner_id', '=', p.ownerId),
);

const byId = statement((db, p: { id: number }) => db.selectFrom('groups').selectAll().where('id', '=', p.id));

const byIdForUpdate = statement((db, p: { id: number }, engine) =>
  db
    .selectFrom('groups')
    .selectAll()
    .where('id', '=', p.id)
    .$if(engine === 'postgres', (query) => query.forUpdate()),
);

const runningShare = statement((db, p: { groupId: number; now: number }) =>
  db
    .selectFrom('shares')
    .selectAll()
    .where('subject', '=', 'group')
    .where('subject_id', '=', p.groupId)
    .where((is) => is.or([is('expires_at', 'is', null), is('expires_at', '>', p.now)]))
    .limit(1),
);

const ofMember = statement((db, p: { userId: number }) =>
  db
    .selectFrom('group_members')
    .innerJoin('groups', 'groups.id', 'group_members.group_id')
    .selectAll('groups')
    .select(['group_members.added_at', 'group_members.mac as member_mac'])
    .where('group_members.user_id', '=', p.userId)
    .where('groups.disabled_at', 'is', null),
);

const member = statement((db, p: { groupId: number; userId: number }) =>
  db.selectFrom('group_members').selectAll().where('group_id', '=', p.groupId).where('user_id', '=', p.userId),
);

const membersById = statement((db, p: { groupId: number }) =>
  db.selectFrom('group_members').selectAll().where('group_id', '=', p.groupId).orderBy('user_id'),
);

const addMember = statement((db, p: MemberRow) =>
  db.insertInto('group_members').values({ group_id: p.group_id, user_id: p.user_id, added_at: p.added_at, mac: p.mac }),
);

const removeMember = statement((db, p: { groupId: number; userId: number }) =>
  db.deleteFrom('group_members').where('group_id', '=', p.groupId).where('user_id', '=', p.userId),
);
