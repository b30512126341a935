import { refuse } from '../domain/errors.ts';
import type { ItemHead } from '../domain/item.ts';
import type { Kind } from '../domain/kind.ts';
import type { Share, ShareRole } from '../domain/sharing.ts';
import { deleted, mustBeIntact, signed } from './authority-rows.ts';
import { fromDate, toDate } from './column-forms.ts';
import { groupOf } from './groups.ts';
import { builders, numbersIn, runQuery, statement } from './statement.ts';
import type { Tables } from './tables.ts';
import type { ReadTx, Tx } from './transaction.ts';
import { userOf } from './users.ts';

type ShareRow = Tables['shares'];
type SharedRow = NonNullable<Awaited<ReturnType<(typeof ofItem)['first']>>>;

/** A share as answers name it; `privateGroupOwnerId` is set for a private group only. */
export type NamedShare = Share & { name: string; privateGroupOwnerId: number | null };

/** All shares of an item, ended ones too, with the names of whom it is shared with. */
export async function sharesOf(tx: ReadTx, item: ItemHead): Promise<NamedShare[]> {
  const rows = await ofItem.all(tx.on, { kind: item.kind, number: item.number });
  return rows.map((row) => {
    mustBeIntact(tx, 'shares', row);
    return { ...shareOf(row), ...subjectOf(tx, row) };
  });
}

/** A row that a left join may not have found. */
type OrNull<R> = { [C in keyof R]: R[C] | null };

/** Whom a share names, from a row that is intact too: answers show the name, and a private group's owner decides. */
function subjectOf(tx: ReadTx, row: SharedRow): Pick<NamedShare, 'name' | 'privateGroupOwnerId'> {
  const id = row.subject_id;
  if (row.user_mac !== null) {
    const user: OrNull<Tables['users']> = {
      id,
      username: row.username,
      role: row.role_of_user,
      disabled_at: row.user_disabled_at,
      tokens_from: row.tokens_from,
      profile: row.profile,
      created_at: row.user_created_at,
      mac: row.user_mac,
    };
    return { name: userOf(tx, user as Tables['users']).username, privateGroupOwnerId: null };
  }
  if (row.group_mac !== null) {
    const group: OrNull<Tables['groups']> = {
      id,
      name: row.group_name,
      name_key: row.name_key,
      owner_id: row.group_owner_id,
      description: row.description,
      members_visible: row.members_visible,
      disabled_at: row.group_disabled_at,
      created_at: row.group_created_at,
      mac: row.group_mac,
    };
    const { name, ownerId } = groupOf(tx, group as Tables['groups']);
    return { name, privateGroupOwnerId: ownerId };
  }
  // A user or group is never removed.
  return refuse('integrity_broken', { table: `${row.subject}s`, row: String(id) });
}

/** Shares of some items of a kind with a user or any of these groups, by the item's number. */
export async function sharesWith(
  tx: ReadTx,
  userId: number,
  groupIds: readonly number[],
  kind: Kind,
  numbers: readonly number[],
): Promise<Map<number, Share[]>> {
  const found = new Map<number, Share[]>();
  if (numbers.length === 0) return found;
  const query = builders[tx.on.engine]
    .selectFrom('shares')
    .selectAll()
    .where('kind', '=', kind)
    .where('number', 'in', numbersIn(JSON.stringify(numbers), tx.on.engine))
    .where((or) =>
      or.or([
        or.and([or('subject', '=', 'user'), or('subject_id', '=', userId)]),
        ...(groupIds.length === 0 ? [] : [or.and([or('subject', '=', 'group'), or('subject_id', 'in', groupIds)])]),
      ]),
    );
  for (const row of await runQuery(tx.on, query.compile())) {
    mustBeIntact(tx, 'shares', row);
    found.set(row.number, [...(found.get(row.number) ?? []), shareOf(row)]);
  }
  return found;
}

/** All shares of some items of a kind, ended ones too, by the item's number. */
export async function sharesOfItems(tx: ReadTx, kind: Kind, numbers: readonly number[]): Promise<Map<number, Share[]>> {
  const found = new Map<number, Share[]>();
  if (numbers.length === 0) return found;
  const query = builders[tx.on.engine]
    .selectFrom('shares')
    .selectAll()
    .where('kind', '=', kind)
    .where('number', 'in', numbersIn(JSON.stringify(numbers), tx.on.engine));
  for (const row of await runQuery(tx.on, query.compile())) {
    mustBeIntact(tx, 'shares', row);
    const known = found.get(row.number);
    if (known) known.push(shareOf(row));
    else found.set(row.number, [shareOf(row)]);
  }
  return found;
}

/** Adds a share or changes the one with the same user or group. */
export async function saveShare(tx: Tx, item: ItemHead, share: Share, byUserId: number, now: Date): Promise<void> {
  const row = signed(tx, 'shares', {
    kind: item.kind,
    number: item.number,
    subject: share.subject,
    subject_id: share.subjectId,
    role: share.role,
    expires_at: fromDate(share.expiresAt),
    created_by: byUserId,
    created_at: fromDate(now),
  });
  await upsert.run(await tx.writing(), row);
}

export async function deleteShare(tx: Tx, item: ItemHead, share: Share): Promise<void> {
  const { subject, subjectId } = share;
  await remove.run(await tx.writing(), { kind: item.kind, number: item.number, subject, subjectId });
  deleted(tx, 'shares', [item.kind, item.number, subject, subjectId]);
}

function shareOf(row: ShareRow): Share {
  return {
    subject: row.subject,
    subjectId: row.subject_id,
    role: row.role as ShareRole,
    expiresAt: toDate(row.expires_at),
  };
}

const ofItem = statement((db, p: { kind: Kind; number: number }) =>
  db
    .selectFrom('shares')
    .leftJoin('users', (join) => join.onRef('users.id', '=', 'shares.subject_id').on('shares.subject', '=', 'user'))
    .leftJoin('groups', (join) => join.onRef('groups.id', '=', 'shares.subject_id').on('shares.subject', '=', 'group'))
    .selectAll('shares')
    .select([
      'users.username',
      'users.role as role_of_user',
      'users.disabled_at as user_disabled_at',
      'users.tokens_from',
      'users.profile',
      'users.created_at as user_created_at',
      'users.mac as user_mac',
    ])
    .select([
      'groups.name as group_name',
      'groups.name_key',
      'groups.owner_id as group_owner_id',
      'groups.description',
      'groups.members_visible',
      'groups.disabled_at as group_disabled_at',
      'groups.created_at as group_created_at',
      'groups.mac as group_mac',
    ])
    .where('shares.kind', '=', p.kind)
    .where('shares.number', '=', p.number),
);

const upsert = statement((db, p: ShareRow) =>
  db
    .insertInto('shares')
    .values({
      kind: p.kind,
      number: p.number,
      subject: p.subject,
      subject_id: p.subject_id,
      role: p.role,
      expires_at: p.expires_at,
      created_by: p.created_by,
      created_at: p.created_at,
      mac: p.mac,
    })
    .onConflict((conflict) =>
      conflict.columns(['kind', 'number', 'subject', 'subject_id']).doUpdateSet({
        role: p.role,
        expires_at: p.expires_at,
        created_by: p.created_by,
        created_at: p.created_at,
        mac: p.mac,
      }),
    ),
);

const remove = statement((db, p: { kind: Kind; number: number; subject: 'user' | 'group'; subjectId: number }) =>
  db
    .deleteFrom('shares')
    .where('kind', '=', p.kind)
    .where('number', '=', p.number)
    .where('subject', '=', p.subject)
    .where('subject_id', '=', p.subjectId),
);
