import { sql } from 'kysely';
import type { Kind } from '../domain/kind.ts';
import { fromDate, toDate } from './column-forms.ts';
import { builders, runQuery, statement } from './statement.ts';
import type { Tables } from './tables.ts';
import type { ReadTx, Tx } from './transaction.ts';

/**
 * When an item was last revealed; kept in aggregate, outside its revision. False when there is no such item: one whose
 * creation another transaction has not committed yet, or never will.
 */
export async function saveItemUse(tx: Tx, kind: Kind, number: number, usedAt: Date): Promise<boolean> {
  const saved = await upsert.first(await tx.writing(), { kind, number, used_at: fromDate(usedAt) });
  return saved !== undefined;
}

/** When items of a kind were last revealed, by number; one that never was is not in it. */
export async function lastUsesOf(tx: ReadTx, kind: Kind, numbers: readonly number[]): Promise<Map<number, Date>> {
  if (numbers.length === 0) return new Map();
  const query = builders[tx.on.engine]
    .selectFrom('item_use')
    .select(['number', 'used_at'])
    .where('kind', '=', kind)
    .where('number', 'in', numbers);
  return new Map((await runQuery(tx.on, query.compile())).map((row) => [row.number, toDate(row.used_at)]));
}

const upsert = statement((db, p: Tables['item_use']) =>
  db
    .insertInto('item_use')
    .columns(['kind', 'number', 'used_at'])
    .expression((from) =>
      from
        .selectFrom('items')
        .select(['kind', 'number', sql<number>`cast(${p.used_at} as bigint)`.as('used_at')])
        .where('kind', '=', p.kind)
        .where('number', '=', p.number),
    )
    // A use that had to wait may come after a later one.
    .onConflict((conflict) =>
      conflict.columns(['kind', 'number']).doUpdateSet({
        used_at: sql`case when excluded.used_at > item_use.used_at then excluded.used_at else item_use.used_at end`,
      }),
    )
    .returning('number'),
);
