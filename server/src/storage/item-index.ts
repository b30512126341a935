import { sql } from 'kysely';
import { blindIndex, blindIndexes } from '../crypto/blind-index.ts';
import { type FieldValues, type IndexedField, indexedFields } from '../domain/fields.ts';
import type { ItemHead } from '../domain/item.ts';
import type { Kind } from '../domain/kind.ts';
import { normalized } from '../domain/text.ts';
import type { Connection } from './connection.ts';
import { builders, runQuery, statement } from './statement.ts';
import type { Tables } from './tables.ts';
import type { ReadTx, Tx } from './transaction.ts';

/** Replaces the blind indexes of an item by those of its new content. */
export async function saveItemIndex(tx: Tx, item: ItemHead, content: FieldValues): Promise<void> {
  const on = await tx.writing();
  // A new item has none yet.
  if (item.revision > 1) await clear.run(on, { kind: item.kind, number: item.number });
  await insertRows(on, indexRows(tx, item, content));
}

/** The same for many items of one kind at once. */
export async function saveItemIndexes(
  tx: Tx,
  kind: Kind,
  items: readonly { head: ItemHead; open: FieldValues }[],
): Promise<void> {
  const on = await tx.writing();
  const numbers = items.map(({ head }) => head.number);
  if (numbers.length === 0) return;
  const query = builders[on.engine].deleteFrom('item_index').where('kind', '=', kind).where('number', 'in', numbers);
  await runQuery(on, query.compile());
  await insertRows(
    on,
    items.flatMap(({ head, open }) => indexRows(tx, head, open)),
  );
}

/** One round trip on PostgreSQL; on the embedded store one statement for several rows is no faster than one each. */
async function insertRows(on: Connection, rows: readonly Tables['item_index'][]): Promise<void> {
  if (rows.length === 0) return;
  if (on.engine === 'sqlite') {
    for (const row of rows) await insert.run(on, row);
    return;
  }
  const records = rows.map((row) => ({ ...row, tag: Buffer.from(row.tag).toString('base64') }));
  await insertRecords.run(on, { records: JSON.stringify(records) });
}

function indexRows(tx: ReadTx, item: ItemHead, content: FieldValues): Tables['item_index'][] {
  return indexedFields.flatMap((field) => {
    const tags = new Set(textsOf(content[field]).map((text) => tagOf(tx, item.ownerId, item.kind, field, text)));
    return [...tags].map((tag) => ({ kind: item.kind, number: item.number, field, tag: Buffer.from(tag, 'latin1') }));
  });
}

/** The tags of each owner for a value looked for in a field: more than one while the index key is changed. */
export function tagsFor(
  tx: ReadTx,
  owners: readonly number[],
  kind: Kind,
  field: IndexedField,
  value: string,
): Uint8Array[] {
  return owners.flatMap((owner) => blindIndexes(tx.ring, { owner, kind, field }, normalized(value)));
}

/** The number of the owner's API secret that has this identifier code, or undefined. */
export async function findByIdentifierCode(tx: Tx, ownerId: number, code: string): Promise<number | undefined> {
  for (const tag of tagsFor(tx, [ownerId], 'api-secret', 'identifierCode', code)) {
    const row = await byCode.first(tx.on, { tag });
    if (row) return row.number;
  }
  return undefined;
}

/** As a latin1 text, so that a set can drop repeats: tags that differ in case only have one index. */
function tagOf(tx: ReadTx, owner: number, kind: Kind, field: string, value: string): string {
  return Buffer.from(blindIndex(tx.ring, { owner, kind, field }, normalized(value))).toString('latin1');
}

function textsOf(value: FieldValues[string] | undefined): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return Array.isArray(value) ? value : [];
}

const insert = statement((db, p: Tables['item_index']) =>
  db.insertInto('item_index').values({ kind: p.kind, number: p.number, field: p.field, tag: p.tag }),
);

const insertRecords = statement((db, p: { records: string }) =>
  db
    .insertInto('item_index')
    .expression(
      sql`select kind, number, field, decode(tag, 'base64')
      from json_to_recordset(cast(${p.records} as json)) as entry(kind text, number bigint, field text, tag text)`,
    )
    .columns(['kind', 'number', 'field', 'tag']),
);

const clear = statement((db, p: { kind: Kind; number: number }) =>
  db.deleteFrom('item_index').where('kind', '=', p.kind).where('number', '=', p.number),
);

const byCode = statement((db, p: { tag: Uint8Array }) =>
  db
    .selectFrom('item_index')
    .select('number')
    // As the index of these codes says it.
    .where('field', '=', sql.lit('identifierCode'))
    .where('tag', '=', p.tag),
);
