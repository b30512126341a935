import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Kind } from '../domain/kind.ts';
import { fromDate, toDate } from './column-forms.ts';
import { findOpenItems, type StoredOpenItem } from './items.ts';
import { builders, runQuery } from './statement.ts';
import type { Tables } from './tables.ts';
import type { ReadTx } from './transaction.ts';

export type ListQuery = {
  userId: number;
  groupIds: readonly number[];
  kind: Kind;
  after: number;
  most: number;
  enabled: boolean | null;
  now: Date;
  /** Numbers that an access key is limited to, or null. */
  chosen: readonly number[] | null;
  /** One list of blind index tags per filtered field; an item must have one of each. */
  filters: readonly { field: string; tags: readonly Uint8Array[] }[];
};

/**
 * A slice of the items that a user owns or that are shared with him, by ascending number after `after`. Each branch
 * walks its own index and stops at `most`, so that a slice costs the same however many items there are.
 */
export async function listVisible(tx: ReadTx, query: ListQuery): Promise<StoredOpenItem[]> {
  const db = builders[tx.on.engine];
  const isWanted = wantedBy(query);
  const owned = db
    .selectFrom('items')
    .select('items.number')
    .where('items.owner_id', '=', query.userId)
    .where('items.kind', '=', query.kind)
    .where('items.number', '>', query.after)
    .where(isWanted)
    .orderBy('items.number')
    .limit(query.most);
  // SQLite joins a cross join in the order written: from the few shares to their items, never from all items.
  const sharedWith = (subject: 'user' | 'group', id: number) =>
    db
      .selectFrom('shares')
      .crossJoin('items')
      .select('shares.number')
      .where('shares.subject', '=', subject)
      .where('shares.subject_id', '=', id)
      .where('shares.kind', '=', query.kind)
      .where('shares.number', '>', query.after)
      .where((or) => or.or([or('shares.expires_at', 'is', null), or('shares.expires_at', '>', fromDate(query.now))]))
      .whereRef('items.kind', '=', 'shares.kind')
      .whereRef('items.number', '=', 'shares.number')
      .where(isWanted)
      .orderBy('shares.number')
      .limit(query.most);
  const shared = [sharedWith('user', query.userId), ...query.groupIds.map((id) => sharedWith('group', id))];
  const numbers = shared
    .reduce(
      (all, one) => all.union(db.selectFrom(one.as('shared')).select('shared.number')),
      db.selectFrom(owned.as('owned')).select('owned.number'),
    )
    .orderBy('number')
    .limit(query.most);
  const found = (await runQuery(tx.on, numbers.compile())).map((row) => row.number);
  return findOpenItems(tx, query.kind, found);
}

/** What a list asks of an item beyond who sees it. */
function wantedBy({ kind, enabled, chosen, filters }: ListQuery) {
  return (item: ExpressionBuilder<Tables, 'items'>): Expression<SqlBool> =>
    item.and([
      ...(enabled === null ? [] : [item('items.disabled_at', enabled ? 'is' : 'is not', null)]),
      ...(chosen === null ? [] : [item('items.number', 'in', chosen)]),
      ...filters.map(({ field, tags }) =>
        item(
          'items.number',
          'in',
          item
            .selectFrom('item_index')
            .select('item_index.number')
            .where('item_index.kind', '=', kind)
            .where('item_index.field', '=', field)
            .where('item_index.tag', 'in', tags),
        ),
      ),
    ]);
}

/** The owners of all items of a kind that are shared with a user: whose blind indexes a filter must try. */
export async function ownersSharingWith(
  tx: ReadTx,
  userId: number,
  groupIds: readonly number[],
  kind: Kind,
): Promise<number[]> {
  const query = builders[tx.on.engine]
    .selectFrom('shares')
    .innerJoin('items', (join) =>
      join.onRef('shares.kind', '=', 'items.kind').onRef('shares.number', '=', 'items.number'),
    )
    .select('items.owner_id')
    .distinct()
    .where('shares.kind', '=', kind)
    .where((or) =>
      or.or([
        or.and([or('shares.subject', '=', 'user'), or('shares.subject_id', '=', userId)]),
        ...(groupIds.length === 0
          ? []
          : [or.and([or('shares.subject', '=', 'group'), or('shares.subject_id', 'in', groupIds)])]),
      ]),
    );
  return (await runQuery(tx.on, query.compile())).map((row) => row.owner_id);
}

/** What a search sorts and sifts by, as stored: whatever of it is answered is read again, and checked. */
export type Candidate = {
  kind: Kind;
  number: number;
  version: number;
  ownerId: number;
  isDisabled: boolean;
  createdAt: Date;
  updatedAt: Date;
  usedAt: Date | null;
};

export type CandidateQuery = {
  userId: number;
  groupIds: readonly number[];
  kind: Kind;
  enabled: boolean | null;
  now: Date;
  chosen: readonly number[] | null;
};

const mostAtOnce = 5000;

/** All items of a kind that a user owns or that are shared with him, in slices, so that others are served between. */
export async function* candidates(tx: ReadTx, query: CandidateQuery): AsyncGenerator<Candidate[]> {
  let after = 0;
  for (;;) {
    const rows = await runQuery(tx.on, candidatesAfter(tx, query, after).compile());
    yield rows.map((row) => ({
      kind: query.kind,
      number: row.number,
      version: row.version,
      ownerId: row.owner_id,
      isDisabled: row.disabled_at !== null,
      createdAt: toDate(row.created_at),
      updatedAt: toDate(row.updated_at),
      usedAt: toDate(row.used_at),
    }));
    const last = rows.at(-1);
    if (!last || rows.length < mostAtOnce) return;
    after = last.number;
  }
}

function candidatesAfter(tx: ReadTx, query: CandidateQuery, after: number) {
  const { kind, chosen, enabled } = query;
  return builders[tx.on.engine]
    .selectFrom('items')
    .leftJoin('item_use', (join) =>
      join.onRef('item_use.kind', '=', 'items.kind').onRef('item_use.number', '=', 'items.number'),
    )
    .select([
      'items.number',
      'items.version',
      'items.owner_id',
      'items.disabled_at',
      'items.created_at',
      'items.updated_at',
      'item_use.used_at',
    ])
    .where('items.kind', '=', kind)
    .where('items.number', '>', after)
    .where((item) =>
      item.or([
        item('items.owner_id', '=', query.userId),
        item(
          'items.number',
          'in',
          item
            .selectFrom('shares')
            .select('shares.number')
            .where('shares.kind', '=', kind)
            .where((or) =>
              or.or([
                or.and([or('shares.subject', '=', 'user'), or('shares.subject_id', '=', query.userId)]),
                ...(query.groupIds.length === 0
                  ? []
                  : [or.and([or('shares.subject', '=', 'group'), or('shares.subject_id', 'in', query.groupIds)])]),
              ]),
            )
            .where((or) =>
              or.or([or('shares.expires_at', 'is', null), or('shares.expires_at', '>', fromDate(query.now))]),
            ),
        ),
      ]),
    )
    .$if(enabled !== null, (rows) => rows.where('items.disabled_at', enabled ? 'is' : 'is not', null))
    .$if(chosen !== null, (rows) => rows.where('items.number', 'in', chosen ?? []))
    .orderBy('items.number')
    .limit(mostAtOnce);
}
