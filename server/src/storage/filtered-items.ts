import { setImmediate as breathe } from 'node:timers/promises';
import { sql } from 'kysely';
import type { IndexedField } from '../domain/fields.ts';
import type { Kind } from '../domain/kind.ts';
import { tagsFor } from './item-index.ts';
import { findOpenItems, type StoredOpenItem } from './items.ts';
import { inPieces, pieceOf, piecesBetween } from './pieces.ts';
import { builders, numbersIn, runQuery, statement } from './statement.ts';
import type { ReadTx } from './transaction.ts';
import { type ListQuery, sharedSlice, wantedBy } from './visible-items.ts';

export type Filter = { field: IndexedField; value: string };

/** Shares that are looked through at a time. */
const slice = 500;

/**
 * A slice of the visible items that have each of these values, by ascending number after `after`. Own ones are read
 * off the blind index, piece by piece in order: a slice costs the same however many items have the value. The index of
 * another owner says nothing of what he shares with whom: of shared items those are looked at that come before the end
 * of the slice. Blind indexes are short: what they found is to be compared in clear.
 */
export async function listFiltered(
  tx: ReadTx,
  query: ListQuery,
  filters: readonly Filter[],
): Promise<StoredOpenItem[]> {
  const own = await ownNumbers(tx, query, filters);
  const shared = await sharedNumbers(tx, query, filters, own.length < query.most ? null : (own.at(-1) ?? null));
  const numbers = [...own, ...shared].sort((a, b) => a - b).slice(0, query.most);
  return findOpenItems(tx, query.kind, numbers);
}

async function ownNumbers(tx: ReadTx, query: ListQuery, filters: readonly Filter[]): Promise<number[]> {
  const [first, ...others] = filters.map(({ field, value }) => ({
    field,
    tags: tagsFor(tx, [query.userId], query.kind, field, value),
  }));
  if (!first) return [];
  const last = (await lastNumber.first(tx.on, { kind: query.kind }))?.number ?? 0;
  const found: number[] = [];
  if (query.after >= last) return found;
  for (const pieces of piecesBetween(pieceOf(query.after + 1), pieceOf(last))) {
    const some = new Set<number>();
    // More than one tag while the index key is changed; each is a walk of its own.
    for (const tag of first.tags) {
      const walk = ownWalk(tx, query, pieces, { field: first.field, tag }, others);
      for (const { number } of await runQuery(tx.on, walk.compile())) some.add(number);
    }
    found.push(...[...some].sort((a, b) => a - b));
    if (found.length >= query.most) break;
    await breathe();
  }
  return found.slice(0, query.most);
}

/** Those of a user in these pieces that have one tag, and of each of the others one. */
function ownWalk(
  tx: ReadTx,
  query: ListQuery,
  pieces: readonly number[],
  { field, tag }: { field: IndexedField; tag: Uint8Array },
  others: readonly { field: IndexedField; tags: readonly Uint8Array[] }[],
) {
  const { engine } = tx.on;
  // SQLite joins a cross join in the order written.
  return (
    builders[engine]
      .selectFrom('item_index')
      .crossJoin('items')
      .select('item_index.number')
      .where('item_index.kind', '=', query.kind)
      .where(inPieces(engine, 'item_index.number', pieces))
      .where('item_index.field', '=', field)
      .where('item_index.tag', '=', tag)
      .where('item_index.number', '>', query.after)
      .whereRef('items.kind', '=', 'item_index.kind')
      // Of a bare column SQLite concludes that items too come after `after`, and walks them all for each entry.
      .where('items.number', '=', sql<number>`${sql.ref('item_index.number')} + 0`)
      .where('items.owner_id', '=', query.userId)
      .where(wantedBy(query))
      .where((item) =>
        item.and(
          others.map((other) =>
            item.exists(
              item
                .selectFrom('item_index as other')
                .select(sql.lit(1).as('one'))
                .where('other.kind', '=', query.kind)
                .where('other.field', '=', other.field)
                .where('other.tag', 'in', other.tags)
                .whereRef('other.number', '=', 'item_index.number'),
            ),
          ),
        ),
      )
      .orderBy('item_index.number')
      .limit(query.most)
  );
}

const lastNumber = statement((db, p: { kind: Kind }) =>
  db.selectFrom('items').select('number').where('kind', '=', p.kind).orderBy('number', 'desc').limit(1),
);

/** Up to `most` of them, none past `last`. */
async function sharedNumbers(
  tx: ReadTx,
  query: ListQuery,
  filters: readonly Filter[],
  last: number | null,
): Promise<number[]> {
  const found: number[] = [];
  const wanted = wantedTags(tx, query, filters);
  let { after } = query;
  for (;;) {
    const some = await sharedSlice(tx, { ...query, after, most: slice });
    const tags = await tagsOf(
      tx,
      query,
      some.map(({ number }) => number),
    );
    for (const { number, ownerId } of some) {
      // His own that he shares with a group of his were found already.
      if (ownerId === query.userId) continue;
      const its = tags.get(number);
      if (its && wanted(ownerId).every((one) => one.some((tag) => its.has(tag)))) found.push(number);
    }
    const end = some.at(-1)?.number;
    if (end === undefined || some.length < slice || found.length >= query.most) return found;
    if (last !== null && end >= last) return found;
    after = end;
    await breathe();
  }
}

/** Of each filter the tags, as `field:hex`, that an item of this owner must have one of. */
function wantedTags(tx: ReadTx, { kind }: ListQuery, filters: readonly Filter[]): (ownerId: number) => string[][] {
  const known = new Map<number, string[][]>();
  return (ownerId) => {
    let tags = known.get(ownerId);
    if (!tags) {
      tags = filters.map(({ field, value }) =>
        tagsFor(tx, [ownerId], kind, field, value).map((tag) => nameOf({ field, tag })),
      );
      known.set(ownerId, tags);
    }
    return tags;
  };
}

async function tagsOf(tx: ReadTx, { kind }: ListQuery, numbers: readonly number[]): Promise<Map<number, Set<string>>> {
  const query = builders[tx.on.engine]
    .selectFrom('item_index')
    .select(['number', 'field', 'tag'])
    .where('kind', '=', kind)
    .where('number', 'in', numbersIn(JSON.stringify(numbers), tx.on.engine));
  const tags = new Map<number, Set<string>>();
  for (const row of await runQuery(tx.on, query.compile())) {
    const known = tags.get(row.number);
    if (known) known.add(nameOf(row));
    else tags.set(row.number, new Set([nameOf(row)]));
  }
  return tags;
}

function nameOf({ field, tag }: { field: string; tag: Uint8Array }): string {
  return `${field}:${Buffer.from(tag).toString('hex')}`;
}
