import { openOpenPart, openVersion, sealVersion } from '../crypto/envelope.ts';
import type { Keeping } from '../crypto/row-mac.ts';
import { type FieldValues, filledSecrets, partOf } from '../domain/fields.ts';
import { fieldsOf, type ItemHead } from '../domain/item.ts';
import type { Kind } from '../domain/kind.ts';
import { traced } from '../tracing/spans.ts';
import { mustBeIntact, signed } from './authority-rows.ts';
import { fromDate, fromFlag, toDate } from './column-forms.ts';
import { saveItemIndex } from './item-index.ts';
import { isSeen } from './seen-items.ts';
import { type builders, numbersIn, statement } from './statement.ts';
import type { Tables } from './tables.ts';
import type { ReadTx, Tx } from './transaction.ts';

type ItemRow = Tables['items'];
type VersionRow = Tables['item_versions'];
type SealedRow = Pick<VersionRow, 'key_id' | 'wrapped_key' | 'open' | 'secret'>;
type SealedOpenRow = Omit<SealedRow, 'secret'>;

/** An item's head with its current content still sealed: opened only once access was decided. */
export type StoredItem = { head: ItemHead; sealed: SealedRow };
/** The same without its secret part: what a list needs. */
export type StoredOpenItem = { head: ItemHead; sealed: SealedOpenRow };

export async function insertItem(tx: Tx, item: ItemHead, content: FieldValues, authorId: number): Promise<void> {
  await insert.run(await tx.writing(), rowOf(tx, item));
  await insertContent(tx, item, content, authorId);
}

/** Stores an item's next state; with `content`, also the new version that its head names. */
export async function saveItem(tx: Tx, item: ItemHead, content: FieldValues | null, authorId: number): Promise<void> {
  await update.run(await tx.writing(), rowOf(tx, item));
  if (content) await insertContent(tx, item, content, authorId);
}

async function insertContent(tx: Tx, item: ItemHead, content: FieldValues, authorId: number): Promise<void> {
  const fields = fieldsOf[item.kind];
  const parts = {
    open: JSON.stringify({ ...partOf(fields, 'open', content), filled: filledSecrets(fields, content) }),
    secret: JSON.stringify(partOf(fields, 'secret', content)),
  };
  const sealed = traced('crypto.seal', () => sealVersion(tx.ring, placeOf(item), parts));
  await insertVersion.run(await tx.writing(), {
    kind: item.kind,
    number: item.number,
    version: item.version,
    key_id: sealed.keyId,
    wrapped_key: sealed.wrappedKey,
    open: sealed.open,
    secret: sealed.secret,
    created_by: authorId,
    created_at: fromDate(item.updatedAt),
  });
  await saveItemIndex(tx, item, content);
}

/**
 * Finds an item by its number within its kind. `hold` keeps it against change until the transaction ends: `share` for
 * a reader, so that nothing is revealed after a change was answered, `update` for a writer.
 */
export async function findItem(
  tx: ReadTx,
  kind: Kind,
  number: number,
  hold: 'none' | 'share' | 'update',
): Promise<StoredItem | undefined> {
  const find = () => byNumber[hold].first(tx.on, { kind, number });
  let row = await find();
  // PostgreSQL gives no row where another lane stored a new version while this one waited for the item: it joins the
  // changed item with the versions of before. By then the item is held, and a second look sees it as it stands.
  if (!row && hold !== 'none' && tx.on.engine === 'postgres') row = await find();
  return row && { head: headOf(tx, row), sealed: row };
}

/** What a user owns, of items that are there for anybody: so many at the most. */
export async function ownedItems(tx: ReadTx, ownerId: number, most: number): Promise<{ kind: Kind; number: number }[]> {
  return await owned.all(tx.on, { ownerId, most });
}

/** Items of a kind by number, with their open part still sealed: in ascending order, those that exist. */
export async function findOpenItems(tx: ReadTx, kind: Kind, numbers: readonly number[]): Promise<StoredOpenItem[]> {
  if (numbers.length === 0) return [];
  const rows = await openByNumbers.all(tx.on, { kind, numbers: JSON.stringify(numbers) });
  return rows.map((row) => ({ head: headOf(tx, row, 'passing'), sealed: row }));
}

/** The open fields, and in `filled` the names of the secret ones that hold something. */
export function openFields(tx: ReadTx, { head, sealed }: StoredOpenItem): FieldValues {
  return JSON.parse(
    openOpenPart(tx.ring, placeOf(head), { keyId: sealed.key_id, wrappedKey: sealed.wrapped_key, open: sealed.open }),
  ) as FieldValues;
}

/** Every field of the current version, secret ones too: for reveals and updates only. */
export function openContent(tx: ReadTx, { head, sealed }: StoredItem): FieldValues {
  const { key_id: keyId, wrapped_key: wrappedKey, open, secret } = sealed;
  return contentOf(
    traced('crypto.open', () => openVersion(tx.ring, placeOf(head), { keyId, wrappedKey, open, secret })),
  );
}

/** Every field of an opened version. */
export function contentOf({ open, secret }: { open: string; secret: string }): FieldValues {
  const { filled: _, ...fields } = JSON.parse(open);
  return { ...fields, ...JSON.parse(secret) };
}

function placeOf(item: ItemHead) {
  return { kind: item.kind, number: item.number, version: item.version };
}

/** The head of a stored row, once its MAC holds. */
export function headOf(tx: ReadTx, row: ItemRow, keeping?: Keeping): ItemHead {
  mustBeIntact(tx, 'items', row, keeping);
  return {
    kind: row.kind,
    number: row.number,
    ownerId: row.owner_id,
    version: row.version,
    revision: row.revision,
    disabledAt: toDate(row.disabled_at),
    justificationRequired: row.justification_required === 1,
    approvalRequired: row.approval_required === 1,
    createdAt: toDate(row.created_at),
    updatedAt: toDate(row.updated_at),
    importId: row.import_id,
  };
}

function rowOf(tx: Tx, item: ItemHead): ItemRow {
  return signed(tx, 'items', {
    kind: item.kind,
    number: item.number,
    owner_id: item.ownerId,
    version: item.version,
    revision: item.revision,
    disabled_at: fromDate(item.disabledAt),
    justification_required: fromFlag(item.justificationRequired),
    approval_required: fromFlag(item.approvalRequired),
    created_at: fromDate(item.createdAt),
    updated_at: fromDate(item.updatedAt),
    import_id: item.importId,
  });
}

const owned = statement((db, p: { ownerId: number; most: number }) =>
  db
    .selectFrom('items')
    .select(['kind', 'number'])
    .where('owner_id', '=', p.ownerId)
    .where(isSeen)
    .orderBy('kind')
    .orderBy('number')
    .limit(p.most),
);

const joined = (db: (typeof builders)['sqlite']) =>
  db
    .selectFrom('items')
    .innerJoin('item_versions', (join) =>
      join
        .onRef('item_versions.kind', '=', 'items.kind')
        .onRef('item_versions.number', '=', 'items.number')
        .onRef('item_versions.version', '=', 'items.version'),
    )
    .selectAll('items')
    .select(['item_versions.key_id', 'item_versions.wrapped_key', 'item_versions.open', 'item_versions.secret']);

const byNumberHeld = (hold: 'none' | 'share' | 'update') =>
  statement((db, p: { kind: Kind; number: number }, engine) =>
    joined(db)
      .where('items.kind', '=', p.kind)
      .where('items.number', '=', p.number)
      .$if(engine === 'postgres' && hold === 'share', (query) => query.forShare('items'))
      .$if(engine === 'postgres' && hold === 'update', (query) => query.forUpdate('items')),
  );

const byNumber = { none: byNumberHeld('none'), share: byNumberHeld('share'), update: byNumberHeld('update') };

// The numbers come as one parameter, so that one statement serves lists of every length.
const openByNumbers = statement((db, p: { kind: Kind; numbers: string }, engine) =>
  joined(db)
    .clearSelect()
    .where(isSeen)
    .selectAll('items')
    .select(['item_versions.key_id', 'item_versions.wrapped_key', 'item_versions.open'])
    .where('items.kind', '=', p.kind)
    .where('items.number', 'in', numbersIn(p.numbers, engine))
    .orderBy('items.number'),
);

const insert = statement((db, p: ItemRow) =>
  db.insertInto('items').values({
    kind: p.kind,
    number: p.number,
    owner_id: p.owner_id,
    version: p.version,
    revision: p.revision,
    disabled_at: p.disabled_at,
    justification_required: p.justification_required,
    approval_required: p.approval_required,
    created_at: p.created_at,
    updated_at: p.updated_at,
    import_id: p.import_id,
    mac: p.mac,
  }),
);

const update = statement((db, p: ItemRow) =>
  db
    .updateTable('items')
    .set({
      owner_id: p.owner_id,
      version: p.version,
      revision: p.revision,
      disabled_at: p.disabled_at,
      justification_required: p.justification_required,
      approval_required: p.approval_required,
      updated_at: p.updated_at,
      import_id: p.import_id,
      mac: p.mac,
    })
    .where('kind', '=', p.kind)
    .where('number', '=', p.number),
);

const insertVersion = statement((db, p: VersionRow) =>
  db.insertInto('item_versions').values({
    kind: p.kind,
    number: p.number,
    version: p.version,
    key_id: p.key_id,
    wrapped_key: p.wrapped_key,
    open: p.open,
    secret: p.secret,
    created_by: p.created_by,
    created_at: p.created_at,
  }),
);
