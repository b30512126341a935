import type { ItemHead } from '../domain/item.ts';
import type { Kind } from '../domain/kind.ts';
import { deleted } from './authority-rows.ts';
import { headOf } from './items.ts';
import { statement } from './statement.ts';
import type { ReadTx, Tx } from './transaction.ts';

/** Items that an import has made and that still count as its own, whether they are seen or not. */
export async function itemsOfImport(tx: ReadTx, importId: number, most: number): Promise<ItemHead[]> {
  return (await ofImport.all(tx.on, { importId, most })).map((row) => headOf(tx, row));
}

/** The same, but those alone that somebody has changed since they were made. */
export async function changedItemsOfImport(tx: Tx, importId: number): Promise<ItemHead[]> {
  return (await changedOnes.all(tx.on, { importId })).map((row) => headOf(tx, row));
}

/** Removes an item with all that is stored of it. Only an import's own, untouched ones are ever removed. */
export async function removeItem(tx: Tx, { kind, number }: ItemHead): Promise<void> {
  const on = await tx.writing();
  for (const part of parts) await part.run(on, { kind, number });
  if (kind === 'password') await strength.run(on, { number });
  await head.run(on, { kind, number });
  deleted(tx, 'items', [kind, number]);
}

const ofImport = statement((db, p: { importId: number; most: number }, engine) =>
  db
    .selectFrom('items')
    .selectAll()
    .where('import_id', '=', p.importId)
    .orderBy('kind')
    .orderBy('number')
    .limit(p.most)
    .$if(engine === 'postgres', (query) => query.forUpdate()),
);

const changedOnes = statement((db, p: { importId: number }, engine) =>
  db
    .selectFrom('items')
    .selectAll()
    .where('import_id', '=', p.importId)
    .where('revision', '>', 1)
    .$if(engine === 'postgres', (query) => query.forUpdate()),
);

type Named = { kind: Kind; number: number };
const parts = (['item_index', 'item_versions', 'item_use', 'shares'] as const).map((table) =>
  statement((db, p: Named) => db.deleteFrom(table).where('kind', '=', p.kind).where('number', '=', p.number)),
);
const strength = statement((db, p: { number: number }) =>
  db.deleteFrom('password_strengths').where('number', '=', p.number),
);
const head = statement((db, p: Named) =>
  db.deleteFrom('items').where('kind', '=', p.kind).where('number', '=', p.number),
);
