import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import { openOpenPart, openVersion, sealVersion } from '../crypto/envelope.ts';
import { type FieldValues, partOf } from '../domain/fields.ts';
import { fieldsOf, type ItemHead } from '../domain/item.ts';
import type { Kind } from '../domain/kind.ts';
import { mustBeIntact, signed } from './authority-rows.ts';
import { fromDate, fromFlag, toDate } from './column-forms.ts';
import { saveItemIndex } from './item-index.ts';
import { builders, runQuery, statement } from './statement.ts';
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
  const sealed = sealVersion(tx.ring, placeOf(item), {
    open: JSON.stringify(partOf(fields, 'open', content)),
    secret: JSON.stringify(partOf(fields, 'secret', content)),
  });
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

export function openFields(tx: ReadTx, { head, sealed }: StoredOpenItem): FieldValues {
  return JSON.parse(
    openOpenPart(tx.ring, placeOf(head), { keyId: sealed.key_id, wrappedKey: sealed.wrapped_key, open: sealed.open }),
  ) as FieldValues;
}

/** Every field of the current version, secret ones too: for reveals and updates only. */
export function openContent(tx: ReadTx, { head, sealed }: StoredItem): FieldValues {
  const content = openVersion(tx.ring, placeOf(head), {
    keyId: sealed.key_id,
    wrappedKey: sealed.wrapped_key,
    open: sealed.open,
    secret: sealed.secret,
  });
  return { ...JSON.parse(content.open), ...JSON.parse(content.secret) } as FieldValues;
}

export type ListQuery = {
  userId: number;
  groupIds: readonly number[];
  kind: Kind;
  after: number;
  most: number;
  enabled: boolean | null;
  now: Date;
  /** Numbers that an access key is limited to, or null. */
  chosen: readonly number[] | null;
  /** One list of blind index tags per filtered field; an item must have one of each. */
  filters: readonly { field: string; tags: readonly Uint8Array[] }[];
};

/**
 * A slice of the items that a user owns or that are shared with him, by ascending number after `after`. Each branch
 * walks its own index and stops at `most`, so that a slice costs the same however many items there are.
 */
export async function listVisible(tx: ReadTx, query: ListQuery): Promise<StoredOpenItem[]> {
  const db = builders[tx.on.engine];
  const isWanted = wantedBy(query);
  const owned = db
    .selectFrom('items')
    .select('items.number')
    .where('items.owner_id', '=', query.userId)
    .where('items.kind', '=', query.kind)
    .where('items.number', '>', query.after)
    .where(isWanted)
    .orderBy('items.number')
    .limit(query.most);
  // SQLite joins a cross join in the order written: from the few shares to their items, never from all items.
  const sharedWith = (subject: 'user' | 'group', id: number) =>
    db
      .selectFrom('shares')
      .crossJoin('items')
      .select('shares.number')
      .where('shares.subject', '=', subject)
      .where('shares.subject_id', '=', id)
      .where('shares.kind', '=', query.kind)
      .where('shares.number', '>', query.after)
      .where((or) => or.or([or('shares.expires_at', 'is', null), or('shares.expires_at', '>', fromDate(query.now))]))
      .whereRef('items.kind', '=', 'shares.kind')
      .whereRef('items.number', '=', 'shares.number')
      .where(isWanted)
      .orderBy('shares.number')
      .limit(query.most);
  const shared = [sharedWith('user', query.userId), ...query.groupIds.map((id) => sharedWith('group', id))];
  const numbers = shared
    .reduce(
      (all, one) => all.union(db.selectFrom(one.as('shared')).select('shared.number')),
      db.selectFrom(owned.as('owned')).select('owned.number'),
    )
    .orderBy('number')
    .limit(query.most);
  const found = (await runQuery(tx.on, numbers.compile())).map((row) => row.number);
  if (found.length === 0) return [];
  const rows = await runQuery(
    tx.on,
    joined(db)
      .clearSelect()
      .selectAll('items')
      .select(['item_versions.key_id', 'item_versions.wrapped_key', 'item_versions.open'])
      .where('items.kind', '=', query.kind)
      .where('items.number', 'in', found)
      .orderBy('items.number')
      .compile(),
  );
  return rows.map((row) => ({ head: headOf(tx, row), sealed: row }));
}

/** What a list asks of an item beyond who sees it. */
function wantedBy({ kind, enabled, chosen, filters }: ListQuery) {
  return (item: ExpressionBuilder<Tables, 'items'>): Expression<SqlBool> =>
    item.and([
      ...(enabled === null ? [] : [item('items.disabled_at', enabled ? 'is' : 'is not', null)]),
      ...(chosen === null ? [] : [item('items.number', 'in', chosen)]),
      ...filters.map(({ field, tags }) =>
        item(
          'items.number',
          'in',
          item
            .selectFrom('item_index')
            .select('item_index.number')
            .where('item_index.kind', '=', kind)
            .where('item_index.field', '=', field)
            .where('item_index.tag', 'in', tags),
        ),
      ),
    ]);
}

/** The owners of all items of a kind that are shared with a user: whose blind indexes a filter must try. */
export async function ownersSharingWith(
  tx: ReadTx,
  userId: number,
  groupIds: readonly number[],
  kind: Kind,
): Promise<number[]> {
  const query = builders[tx.on.engine]
    .selectFrom('shares')
    .innerJoin('items', (join) =>
      join.onRef('shares.kind', '=', 'items.kind').onRef('shares.number', '=', 'items.number'),
    )
    .select('items.owner_id')
    .distinct()
    .where('shares.kind', '=', kind)
    .where((or) =>
      or.or([
        or.and([or('shares.subject', '=', 'user'), or('shares.subject_id', '=', userId)]),
        ...(groupIds.length === 0
          ? []
          : [or.and([or('shares.subject', '=', 'group'), or('shares.subject_id', 'in', groupIds)])]),
      ]),
    );
  return (await runQuery(tx.on, query.compile())).map((row) => row.owner_id);
}

function placeOf(item: ItemHead) {
  return { kind: item.kind, number: item.number, version: item.version };
}

function headOf(tx: ReadTx, row: ItemRow): ItemHead {
  mustBeIntact(tx, 'items', row);
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
  });
}

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
