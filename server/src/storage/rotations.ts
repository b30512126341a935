import type { Rotation, RotationPhase, WalkPlace } from '../domain/rotation.ts';
import { fromDate, fromFlag, toDate } from './column-forms.ts';
import { statement } from './statement.ts';
import type { Tables } from './tables.ts';
import type { ReadTx, Tx } from './transaction.ts';

type Row = Tables['rotations'];

/** The rotation that is under way, or the last one; undefined when there was none. */
export async function findLastRotation(tx: ReadTx): Promise<Rotation | undefined> {
  const row = await newest.first(tx.on, {});
  return row && rotationOf(row);
}

/** The rotation that is under way, for this transaction alone; undefined, too, while another one works on it. */
export async function takeRunningRotation(tx: Tx): Promise<Rotation | undefined> {
  const row = await running.first(await tx.writing(), {});
  return row && rotationOf(row);
}

export async function insertRotation(tx: Tx, rotation: Omit<Rotation, 'id'>): Promise<Rotation> {
  const last = await findLastRotation(tx);
  const made = { ...rotation, id: (last?.id ?? 0) + 1 };
  await insert.run(await tx.writing(), rowOf(made));
  return made;
}

export async function saveRotation(tx: Tx, rotation: Rotation): Promise<void> {
  await update.run(await tx.writing(), rowOf(rotation));
}

/** When the root key of that mark was replaced; undefined when it never was. */
export async function findFormerRoot(tx: Pick<ReadTx, 'on'>, mark: string): Promise<Date | undefined> {
  const row = await formerRoot.first(tx.on, { mark });
  return row && toDate(row.started_at);
}

/** Stores a change of the root key, which was done at once. Of the old one its mark alone is kept. */
export async function insertRootRotation(tx: Tx, mark: string, startedBy: number | null, now: Date): Promise<void> {
  const at = fromDate(now);
  const id = ((await findLastRotation(tx))?.id ?? 0) + 1;
  await insert.run(await tx.writing(), {
    id,
    what: 'root',
    reseal: 0,
    phase: 'finished',
    place: mark,
    total: 0,
    done: 0,
    broken: 0,
    started_by: startedBy,
    started_at: at,
    finished_at: at,
  });
}

function rotationOf(row: Row): Rotation {
  return {
    id: row.id,
    what: row.what as Rotation['what'],
    reseal: row.reseal === 1,
    phase: row.phase as RotationPhase,
    place: row.what === 'root' ? { walk: 0, after: null, left: [] } : (JSON.parse(row.place) as WalkPlace),
    total: row.total,
    done: row.done,
    broken: row.broken,
    startedBy: row.started_by,
    startedAt: toDate(row.started_at),
    finishedAt: toDate(row.finished_at),
  };
}

function rowOf(rotation: Rotation): Row {
  return {
    id: rotation.id,
    what: rotation.what,
    reseal: fromFlag(rotation.reseal),
    phase: rotation.phase,
    place: JSON.stringify(rotation.place),
    total: rotation.total,
    done: rotation.done,
    broken: rotation.broken,
    started_by: rotation.startedBy,
    started_at: fromDate(rotation.startedAt),
    finished_at: fromDate(rotation.finishedAt),
  };
}

const newest = statement((db) => db.selectFrom('rotations').selectAll().orderBy('id', 'desc').limit(1));

const running = statement((db, _p: Record<string, never>, engine) =>
  db
    .selectFrom('rotations')
    .selectAll()
    .where('finished_at', 'is', null)
    .orderBy('id')
    .limit(1)
    .$if(engine === 'postgres', (query) => query.forUpdate().skipLocked()),
);

const formerRoot = statement((db, p: { mark: string }) =>
  db
    .selectFrom('rotations')
    .select('started_at')
    .where('what', '=', 'root')
    .where('place', '=', p.mark)
    .orderBy('id', 'desc')
    .limit(1),
);

const insert = statement((db, p: Row) =>
  db.insertInto('rotations').values({
    id: p.id,
    what: p.what,
    reseal: p.reseal,
    phase: p.phase,
    place: p.place,
    total: p.total,
    done: p.done,
    broken: p.broken,
    started_by: p.started_by,
    started_at: p.started_at,
    finished_at: p.finished_at,
  }),
);

const update = statement((db, p: Row) =>
  db
    .updateTable('rotations')
    .set({ phase: p.phase, place: p.place, total: p.total, done: p.done, broken: p.broken, finished_at: p.finished_at })
    .where('id', '=', p.id),
);
