import { sql } from 'kysely';
import type { Kind } from '../domain/kind.ts';
import { byCodePoint } from '../domain/text.ts';
import { fromDate, toDate } from './column-forms.ts';
import { builders, runQuery, statement } from './statement.ts';
import type { ReadTx, Tx } from './transaction.ts';

type ItemUse = { kind: Kind; number: number; usedAt: Date };

/** When items were last revealed; kept in aggregate, outside their revision. One statement, however many. */
export async function saveItemUses(tx: Tx, uses: readonly ItemUse[]): Promise<void> {
  // In one order, so that two nodes that write the same items wait for each other and do not deadlock.
  const rows = uses
    .map(({ kind, number, usedAt }) => ({ kind, number, used_at: fromDate(usedAt) }))
    .sort((a, b) => byCodePoint(a.kind, b.kind) || a.number - b.number);
  await upsert.run(await tx.writing(), { rows: JSON.stringify(rows) });
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

// SQLite needs the `where` to tell the conflict clause from a join's.
const upsert = statement((db, p: { rows: string }, engine) =>
  db
    .insertInto('item_use')
    .columns(['kind', 'number', 'used_at'])
    .expression(
      engine === 'sqlite'
        ? sql`select value ->> 'kind', value ->> 'number', value ->> 'used_at' from json_each(${p.rows}) where true`
        : sql`select kind, number, used_at from json_to_recordset(cast(${p.rows} as json))
            as entry(kind text, number bigint, used_at bigint)`,
    )
    .onConflict((conflict) =>
      conflict.columns(['kind', 'number']).doUpdateSet((set) => ({ used_at: set.ref('excluded.used_at') })),
    ),
);
