import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Kind } from '../domain/kind.ts';
import { fromDate } from './column-forms.ts';
import { findOpenItems, type StoredOpenItem } from './items.ts';
import { isSeen } from './seen-items.ts';
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
};

/**
 * A slice of the items that a user owns or that are shared with him, by ascending number after `after`. Each branch
 * walks its own index and stops at `most`, so that a slice costs the same however many items there are.
 */
export async function listVisible(tx: ReadTx, query: ListQuery): Promise<StoredOpenItem[]> {
  const db = builders[tx.on.engine];
  const owned = db
    .selectFrom('items')
    .select(['items.number', 'items.owner_id'])
    .where('items.owner_id', '=', query.userId)
    .where('items.kind', '=', query.kind)
    .where('items.number', '>', query.after)
    .where(wantedBy(query))
    .orderBy('items.number')
    .limit(query.most);
  const numbers = sharedBranches(tx, query)
    .reduce(
      (all, one) => all.union(db.selectFrom(one.as('shared')).select(['shared.number', 'shared.owner_id'])),
      db.selectFrom(owned.as('owned')).select(['owned.number', 'owned.owner_id']),
    )
    .orderBy('number')
    .limit(query.most);
  const found = (await runQuery(tx.on, numbers.compile())).map((row) => row.number);
  return findOpenItems(tx, query.kind, found);
}

/** The same of what is shared with him alone, with whose it is. */
export async function sharedSlice(tx: ReadTx, query: ListQuery): Promise<{ number: number; ownerId: number }[]> {
  const db = builders[tx.on.engine];
  const [first, ...others] = sharedBranches(tx, query).map((one) =>
    db.selectFrom(one.as('shared')).select(['shared.number', 'shared.owner_id']),
  );
  if (!first) return [];
  const numbers = others
    .reduce((all, one) => all.union(one), first)
    .orderBy('number')
    .limit(query.most);
  const rows = await runQuery(tx.on, numbers.compile());
  return rows.map(({ number, owner_id: ownerId }) => ({ number, ownerId }));
}

/** What is shared with the user, and with each of his groups. */
function sharedBranches(tx: ReadTx, query: ListQuery) {
  // SQLite joins a cross join in the order written: from the few shares to their items, never from all items.
  const sharedWith = (subject: 'user' | 'group', id: number) =>
    builders[tx.on.engine]
      .selectFrom('shares')
      .crossJoin('items')
      .select(['shares.number', 'items.owner_id'])
      .where('shares.subject', '=', subject)
      .where('shares.subject_id', '=', id)
      .where('shares.kind', '=', query.kind)
      .where('shares.number', '>', query.after)
      .where((or) => or.or([or('shares.expires_at', 'is', null), or('shares.expires_at', '>', fromDate(query.now))]))
      .whereRef('items.kind', '=', 'shares.kind')
      .whereRef('items.number', '=', 'shares.number')
      .where(wantedBy(query))
      .orderBy('shares.number')
      .limit(query.most);
  return [sharedWith('user', query.userId), ...query.groupIds.map((id) => sharedWith('group', id))];
}

/** What a list asks of an item beyond who sees it. */
export function wantedBy({ enabled, chosen }: Pick<ListQuery, 'enabled' | 'chosen'>) {
  return <TB extends keyof Tables>(some: ExpressionBuilder<Tables, TB | 'items'>): Expression<SqlBool> => {
    const item = some as unknown as ExpressionBuilder<Tables, 'items'>;
    return item.and([
      isSeen(item),
      ...(enabled === null ? [] : [item('items.disabled_at', enabled ? 'is' : 'is not', null)]),
      ...(chosen === null ? [] : [item('items.number', 'in', chosen)]),
    ]);
  };
}

/** What a search sorts and sifts by, as stored: whatever of it is answered is read again, and checked. */
export type Candidate = {
  kind: Kind;
  number: number;
  version: number;
  ownerId: number;
  /** The time that the search sorts by, in milliseconds since 1970; 0 when it sorts by none, or never was. */
  at: number;
};

export type CandidateQuery = {
  userId: number;
  groupIds: readonly number[];
  kind: Kind;
  enabled: boolean | null;
  now: Date;
  chosen: readonly number[] | null;
  sortedBy: 'createdAt' | 'updatedAt' | 'lastUsedAt' | null;
};

const mostAtOnce = 5000;

/**
 * All items of a kind that a user owns or that are shared with him, in slices, so that others are served between. Owned
 * ones are found by their owner's index, shared ones from their shares: never from all items of the safe.
 */
export async function* candidates(tx: ReadTx, query: CandidateQuery): AsyncGenerator<Candidate[]> {
  let after = 0;
  for (;;) {
    const rows = await runQuery(tx.on, ownedAfter(tx, query, after).compile());
    if (rows.length > 0) yield rows.map((row) => candidateOf(query.kind, row));
    const last = rows.at(-1);
    if (!last || rows.length < mostAtOnce) break;
    after = last.number;
  }
  const numbers = (await runQuery(tx.on, sharedNumbers(tx, query).compile())).map((row) => row.number);
  for (let at = 0; at < numbers.length; at += mostAtOnce) {
    const some = numbers.slice(at, at + mostAtOnce);
    const rows = await runQuery(
      tx.on,
      wantedColumns(tx, query).where('items.number', 'in', some).where('items.owner_id', '!=', query.userId).compile(),
    );
    yield rows.map((row) => candidateOf(query.kind, row));
  }
}

function candidateOf(
  kind: Kind,
  { number, version, owner_id: ownerId, at }: { number: number; version: number; owner_id: number; at: number | null },
): Candidate {
  return { kind, number, version, ownerId, at: at ?? 0 };
}

function wantedColumns(tx: ReadTx, { kind, enabled, chosen, sortedBy }: CandidateQuery) {
  return builders[tx.on.engine]
    .selectFrom('items')
    .select(['items.number', 'items.version', 'items.owner_id'])
    .select((item) => {
      if (sortedBy === 'createdAt') return item.ref('items.created_at').$castTo<number | null>().as('at');
      if (sortedBy === 'updatedAt') return item.ref('items.updated_at').$castTo<number | null>().as('at');
      if (sortedBy === null) return item.lit(0).$castTo<number | null>().as('at');
      return item
        .selectFrom('item_use')
        .select('item_use.used_at')
        .whereRef('item_use.kind', '=', 'items.kind')
        .whereRef('item_use.number', '=', 'items.number')
        .$castTo<number | null>()
        .as('at');
    })
    .where('items.kind', '=', kind)
    .where(isSeen)
    .$if(enabled !== null, (rows) => rows.where('items.disabled_at', enabled ? 'is' : 'is not', null))
    .$if(chosen !== null, (rows) => rows.where('items.number', 'in', chosen ?? []));
}

function ownedAfter(tx: ReadTx, query: CandidateQuery, after: number) {
  return wantedColumns(tx, query)
    .where('items.owner_id', '=', query.userId)
    .where('items.number', '>', after)
    .orderBy('items.number')
    .limit(mostAtOnce);
}

function sharedNumbers(tx: ReadTx, { kind, userId, groupIds, now }: CandidateQuery) {
  return builders[tx.on.engine]
    .selectFrom('shares')
    .select('shares.number')
    .distinct()
    .where('shares.kind', '=', kind)
    .where((or) =>
      or.or([
        or.and([or('shares.subject', '=', 'user'), or('shares.subject_id', '=', userId)]),
        ...(groupIds.length === 0
          ? []
          : [or.and([or('shares.subject', '=', 'group'), or('shares.subject_id', 'in', groupIds)])]),
      ]),
    )
    .where((or) => or.or([or('shares.expires_at', 'is', null), or('shares.expires_at', '>', fromDate(now))]));
}
