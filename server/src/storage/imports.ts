import { openColumn, sealColumn } from '../crypto/row-seal.ts';
import { hiddenPhases, type Import, type ImportPhase, type ImportRow, type Verdict } from '../domain/import.ts';
import { deleted, mustBeIntact, signed } from './authority-rows.ts';
import { fromDate, fromFlag, toDate } from './column-forms.ts';
import { builders, runQuery, statement } from './statement.ts';
import type { Tables } from './tables.ts';
import type { ReadTx, Tx } from './transaction.ts';

type ImportTable = Tables['imports'];
type RowTable = Tables['import_rows'];

const headPlace = (id: number) => ({ table: 'imports', row: String(id), column: 'details' });
const rowPlace = (id: number, place: number) => ({ table: 'import_rows', row: `${id}:${place}`, column: 'row' });

export async function insertImport(tx: Tx, one: Import): Promise<void> {
  await insert.run(await tx.writing(), tableRowOf(tx, one));
}

export async function saveImport(tx: Tx, one: Import): Promise<void> {
  await update.run(await tx.writing(), tableRowOf(tx, one));
}

/** Forgets an import whose rows are gone. */
export async function deleteImport(tx: Tx, id: number): Promise<void> {
  await remove.run(await tx.writing(), { id });
  deleted(tx, 'imports', [id]);
}

/** Held for update unless told otherwise, so that one node at a time works at it. */
export async function findImport(tx: ReadTx, id: number, hold: 'none' | 'update'): Promise<Import | undefined> {
  const row = await (hold === 'none' ? byId : byIdHeld).first(tx.on, { id });
  return row && importOf(tx, row);
}

/** Whether the items of an import are there for nobody yet; see `isSeen`, which says the same for lists. */
export async function importIsUnseen(tx: ReadTx, id: number): Promise<boolean> {
  return (await byId.first(tx.on, { id }))?.unseen === 1;
}

/** Somebody's imports, newest first, with ids below `before`. */
export async function listImports(tx: ReadTx, ownerId: number, before: number, most: number): Promise<Import[]> {
  return (await ofOwner.all(tx.on, { ownerId, before, most })).map((row) => importOf(tx, row));
}

export async function countImports(tx: ReadTx, ownerId: number, phases: readonly ImportPhase[]): Promise<number> {
  const query = builders[tx.on.engine]
    .selectFrom('imports')
    .select((one) => one.fn.countAll<number>().as('count'))
    .where('owner_id', '=', ownerId)
    .where('phase', 'in', phases);
  return (await runQuery(tx.on, query.compile()))[0]?.count ?? 0;
}

/** The oldest import in one of these phases; with `before`, of those that were planned before that time. */
export async function firstImport(
  tx: ReadTx,
  phases: readonly ImportPhase[],
  before: Date | null = null,
): Promise<number | undefined> {
  const query = builders[tx.on.engine]
    .selectFrom('imports')
    .select('id')
    .where('phase', 'in', phases)
    .$if(before !== null, (q) => q.where('created_at', '<', before === null ? 0 : fromDate(before)))
    .orderBy('id')
    .limit(1);
  return (await runQuery(tx.on, query.compile()))[0]?.id;
}

export async function insertImportRows(tx: Tx, id: number, rows: readonly ImportRow[]): Promise<void> {
  if (rows.length === 0) return;
  const on = await tx.writing();
  const values = rows.map((row) => rowTableOf(tx, id, row));
  await runQuery(on, builders[on.engine].insertInto('import_rows').values(values).compile());
}

export async function saveImportRow(tx: Tx, id: number, row: ImportRow): Promise<void> {
  await updateRow.run(await tx.writing(), rowTableOf(tx, id, row));
}

export type RowQuery = {
  /** Rows behind this place. */
  after: number;
  most: number;
  verdicts?: readonly Verdict[] | undefined;
  outcomes?: readonly string[] | undefined;
};

/** Rows in the order of the file. */
export async function importRows(tx: ReadTx, id: number, query: RowQuery): Promise<ImportRow[]> {
  const { after, most, verdicts, outcomes } = query;
  const found = builders[tx.on.engine]
    .selectFrom('import_rows')
    .select(['place', 'row'])
    .where('import_id', '=', id)
    .where('place', '>', after)
    .$if(verdicts !== undefined, (q) => q.where('verdict', 'in', verdicts ?? []))
    .$if(outcomes !== undefined, (q) => q.where('outcome', 'in', outcomes ?? []))
    .orderBy('place')
    .limit(most);
  const rows = await runQuery(tx.on, found.compile());
  return rows.map(({ place, row }) => JSON.parse(openColumn(tx.ring, rowPlace(id, place), row)) as ImportRow);
}

/** The import with the oldest rows, if any is from before that time. */
export async function importWithRowsBefore(tx: ReadTx, before: Date): Promise<number | undefined> {
  const row = await withRows.first(tx.on, { before: fromDate(before) });
  return row?.id;
}

/** Deletes rows up to `most` of them; false when none is left. */
export async function deleteImportRows(tx: Tx, id: number, most: number): Promise<boolean> {
  const on = await tx.writing();
  const [last] = await runQuery(
    on,
    builders[on.engine]
      .selectFrom('import_rows')
      .select('place')
      .where('import_id', '=', id)
      .orderBy('place')
      .offset(most - 1)
      .limit(1)
      .compile(),
  );
  await removeRows.run(on, { id, upTo: last?.place ?? Number.MAX_SAFE_INTEGER });
  return last !== undefined;
}

function rowTableOf(tx: ReadTx, id: number, row: ImportRow): RowTable {
  return {
    import_id: id,
    place: row.place,
    verdict: row.verdict,
    outcome: row.outcome,
    row: sealColumn(tx.ring, rowPlace(id, row.place), JSON.stringify(row)),
  };
}

function tableRowOf(tx: Tx, one: Import): ImportTable {
  const { id, ownerId, phase, unseen, createdAt, endedAt, ...details } = one;
  return signed(tx, 'imports', {
    id,
    owner_id: ownerId,
    phase,
    unseen: fromFlag(unseen),
    details: sealColumn(tx.ring, headPlace(id), JSON.stringify(details)),
    created_at: fromDate(createdAt),
    ended_at: fromDate(endedAt),
  });
}

function importOf(tx: ReadTx, row: ImportTable): Import {
  mustBeIntact(tx, 'imports', row);
  const details = JSON.parse(openColumn(tx.ring, headPlace(row.id), row.details)) as Omit<
    Import,
    'id' | 'ownerId' | 'phase' | 'unseen' | 'createdAt' | 'endedAt'
  >;
  return {
    ...details,
    id: row.id,
    ownerId: row.owner_id,
    phase: row.phase as ImportPhase,
    unseen: row.unseen === 1,
    createdAt: toDate(row.created_at),
    endedAt: toDate(row.ended_at),
  };
}

const byId = statement((db, p: { id: number }) => db.selectFrom('imports').selectAll().where('id', '=', p.id));

const byIdHeld = statement((db, p: { id: number }, engine) =>
  db
    .selectFrom('imports')
    .selectAll()
    .where('id', '=', p.id)
    .$if(engine === 'postgres', (query) => query.forUpdate()),
);

const ofOwner = statement((db, p: { ownerId: number; before: number; most: number }) =>
  db
    .selectFrom('imports')
    .selectAll()
    .where('owner_id', '=', p.ownerId)
    .where('id', '<', p.before)
    .where('phase', 'not in', hiddenPhases)
    .orderBy('id', 'desc')
    .limit(p.most),
);

const withRows = statement((db, p: { before: number }) =>
  db
    .selectFrom('imports')
    .select('id')
    .where('created_at', '<', p.before)
    .where('phase', 'in', ['planning', 'waiting', 'finished', 'undone', 'failed', 'expired'])
    .where(({ exists, selectFrom }) =>
      exists(selectFrom('import_rows').select('place').whereRef('import_rows.import_id', '=', 'imports.id')),
    )
    .orderBy('id')
    .limit(1),
);

const insert = statement((db, p: ImportTable) =>
  db.insertInto('imports').values({
    id: p.id,
    owner_id: p.owner_id,
    phase: p.phase,
    unseen: p.unseen,
    details: p.details,
    created_at: p.created_at,
    ended_at: p.ended_at,
    mac: p.mac,
  }),
);

const update = statement((db, p: ImportTable) =>
  db
    .updateTable('imports')
    .set({ phase: p.phase, unseen: p.unseen, details: p.details, ended_at: p.ended_at, mac: p.mac })
    .where('id', '=', p.id),
);

const remove = statement((db, p: { id: number }) => db.deleteFrom('imports').where('id', '=', p.id));

const updateRow = statement((db, p: RowTable) =>
  db
    .updateTable('import_rows')
    .set({ verdict: p.verdict, outcome: p.outcome, row: p.row })
    .where('import_id', '=', p.import_id)
    .where('place', '=', p.place),
);

const removeRows = statement((db, p: { id: number; upTo: number }) =>
  db.deleteFrom('import_rows').where('import_id', '=', p.id).where('place', '<=', p.upTo),
);
