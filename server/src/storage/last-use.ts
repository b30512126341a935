import { sql } from 'kysely';
import type { Kind } from '../domain/kind.ts';
import { byCodePoint } from '../domain/text.ts';
import { fromDate, toDate } from './column-forms.ts';
import { builders, numbersIn, runQuery, statement } from './statement.ts';
import type { ReadTx, Tx } from './transaction.ts';

type ItemUse = { kind: Kind; number: number; usedAt: Date };

/**
 * When items were last revealed; kept in aggregate, outside their revision. One statement, however many. Gives those of
 * which there is no such item: one whose creation another transaction has not committed yet, or never will.
 */
export async function saveItemUses<U extends ItemUse>(tx: Tx, uses: readonly U[]): Promise<U[]> {
  // In one order, so that two nodes that write the same items wait for each other and do not deadlock.
  const rows = uses
    .map(({ kind, number, usedAt }) => ({ kind, number, used_at: fromDate(usedAt) }))
    .sort((a, b) => byCodePoint(a.kind, b.kind) || a.number - b.number);
  const saved = await upsert.all(await tx.writing(), { rows: JSON.stringify(rows) });
  const found = new Set(saved.map(({ kind, number }) => `${kind}:${number}`));
  return uses.filter(({ kind, number }) => !found.has(`${kind}:${number}`));
}

/** When items of a kind were last revealed, by number; one that never was is not in it. */
export async function lastUsesOf(tx: ReadTx, kind: Kind, numbers: readonly number[]): Promise<Map<number, Date>> {
  if (numbers.length === 0) return new Map();
  const query = builders[tx.on.engine]
    .selectFrom('item_use')
    .select(['number', 'used_at'])
    .where('kind', '=', kind)
    .where('number', 'in', numbersIn(JSON.stringify(numbers), tx.on.engine));
  return new Map((await runQuery(tx.on, query.compile())).map((row) => [row.number, toDate(row.used_at)]));
}

// SQLite needs the `where` to tell the conflict clause from a join's.
const upsert = statement((db, p: { rows: string }, engine) =>
  db
    .insertInto('item_use')
    .columns(['kind', 'number', 'used_at'])
    .expression(
      engine === 'sqlite'
        ? sql`select items.kind, items.number, used.value ->> 'used_at' from json_each(${p.rows}) as used
            join items on items.kind = used.value ->> 'kind' and items.number = used.value ->> 'number' where true`
        : sql`select items.kind, items.number, used.used_at
            from json_to_recordset(cast(${p.rows} as json)) as used(kind text, number bigint, used_at bigint)
            join items on items.kind = used.kind and items.number = used.number order by items.kind, items.number`,
    )
    // A use that had to wait may come after a later one.
    .onConflict((conflict) =>
      conflict.columns(['kind', 'number']).doUpdateSet({
        used_at: sql`case when excluded.used_at > item_use.used_at then excluded.used_at else item_use.used_at end`,
      }),
    )
    .returning(['kind', 'number']),
);
