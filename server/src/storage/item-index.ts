import { blindIndex } from '../crypto/blind-index.ts';
import { type FieldValues, type IndexedField, indexedFields } from '../domain/fields.ts';
import type { ItemHead } from '../domain/item.ts';
import type { Kind } from '../domain/kind.ts';
import { normalized } from '../domain/text.ts';
import { statement } from './statement.ts';
import type { Tables } from './tables.ts';
import type { ReadTx, Tx } from './transaction.ts';

/** Replaces the blind indexes of an item by those of its new content. */
export async function saveItemIndex(tx: Tx, item: ItemHead, content: FieldValues): Promise<void> {
  const on = await tx.writing();
  // A new item has none yet.
  if (item.revision > 1) await clear.run(on, { kind: item.kind, number: item.number });
  for (const field of indexedFields) {
    const tags = new Set(textsOf(content[field]).map((text) => tagOf(tx, item.ownerId, item.kind, field, text)));
    for (const tag of tags) {
      await insert.run(on, { kind: item.kind, number: item.number, field, tag: Buffer.from(tag, 'latin1') });
    }
  }
}

/** One tag per owner for a value looked for in a field. */
export function tagsFor(
  tx: ReadTx,
  owners: readonly number[],
  kind: Kind,
  field: IndexedField,
  value: string,
): Uint8Array[] {
  return owners.map((owner) => blindIndex(tx.ring, { owner, kind, field }, normalized(value)));
}

/** The number of the owner's API secret that has this identifier code, or undefined. */
export async function findByIdentifierCode(tx: Tx, ownerId: number, code: string): Promise<number | undefined> {
  const [tag] = tagsFor(tx, [ownerId], 'api-secret', 'identifierCode', code);
  const row = tag && (await byTag.first(tx.on, { kind: 'api-secret', field: 'identifierCode', tag }));
  return row?.number;
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

const clear = statement((db, p: { kind: Kind; number: number }) =>
  db.deleteFrom('item_index').where('kind', '=', p.kind).where('number', '=', p.number),
);

const byTag = statement((db, p: { kind: Kind; field: string; tag: Uint8Array }) =>
  db
    .selectFrom('item_index')
    .select('number')
    .where('kind', '=', p.kind)
    .where('field', '=', p.field)
    .where('tag', '=', p.tag),
);
