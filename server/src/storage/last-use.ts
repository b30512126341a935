import type { Kind } from '../domain/kind.ts';
import { fromDate } from './column-forms.ts';
import { statement } from './statement.ts';
import type { Tables } from './tables.ts';
import type { Tx } from './transaction.ts';

/** When an item was last revealed; kept in aggregate, outside its revision. */
export async function saveItemUse(tx: Tx, kind: Kind, number: number, usedAt: Date): Promise<void> {
  await upsert.run(await tx.writing(), { kind, number, used_at: fromDate(usedAt) });
}

const upsert = statement((db, p: Tables['item_use']) =>
  db
    .insertInto('item_use')
    .values({ kind: p.kind, number: p.number, used_at: p.used_at })
    .onConflict((conflict) => conflict.columns(['kind', 'number']).doUpdateSet({ used_at: p.used_at })),
);
