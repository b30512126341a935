import type { Kind } from '../domain/kind.ts';
import { fromDate, toDate } from './column-forms.ts';
import { builders, runQuery, statement } from './statement.ts';
import type { Tables } from './tables.ts';
import type { ReadTx, Tx } from './transaction.ts';

/** When an item was last revealed; kept in aggregate, outside its revision. */
export async function saveItemUse(tx: Tx, kind: Kind, number: number, usedAt: Date): Promise<void> {
  await upsert.run(await tx.writing(), { kind, number, used_at: fromDate(usedAt) });
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
    .values({ kind: p.kind, number: p.number, used_at: p.used_at })
    .onConflict((conflict) => conflict.columns(['kind', 'number']).doUpdateSet({ used_at: p.used_at })),
);
