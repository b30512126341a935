import type { ArchivedAudit, ArchiveEnd, LanePlace } from '../domain/audit-archive.ts';
import { fromDate, toDate } from './column-forms.ts';
import { statement } from './statement.ts';
import type { Tables } from './tables.ts';
import type { ReadTx, Tx } from './transaction.ts';

type Row = Tables['audit_archives'];

/** All archives, oldest first; the last may still be written. */
export async function listArchives(tx: ReadTx): Promise<ArchivedAudit[]> {
  return (await all.all(tx.on, {})).map(archiveOf);
}

/** Entries from before this time are no longer in the store; null while all are. */
export async function auditBegins(tx: ReadTx): Promise<Date | null> {
  const row = await newestEnded.first(tx.on, {});
  return row ? toDate(row.before) : null;
}

export async function insertArchive(tx: Tx, archive: ArchivedAudit): Promise<void> {
  await insert.run(await tx.writing(), rowOf(archive));
}

/** Stores the signed end, and lets every lane of the archive begin where it goes to. Its entries then count no more. */
export async function endArchive(tx: Tx, { number, places }: ArchivedAudit, end: ArchiveEnd, now: Date): Promise<void> {
  const on = await tx.writing();
  await saveEnd.run(on, { number, seal: JSON.stringify(end), endedAt: fromDate(now) });
  for (const { lane, ...place } of places) {
    await beginAfter.run(on, { lane, after: place.sequence, begin: JSON.stringify(place) });
  }
}

/** Removes at most so many entries of a lane that are in archives. Gives how many. */
export async function removeArchived(tx: Tx, lane: string, most: number): Promise<number> {
  return (await remove.all(await tx.writing(), { lane, most })).length;
}

export async function markRemoved(tx: Tx, now: Date): Promise<void> {
  await setRemoved.run(await tx.writing(), { now: fromDate(now) });
}

/** When the entry at a place was recorded, and its hash. */
export async function entryAt(
  tx: ReadTx,
  lane: string,
  sequence: number,
): Promise<{ at: number; hash: Uint8Array } | undefined> {
  return await one.first(tx.on, { lane, sequence });
}

/** How far every receiver of the audit has come in a lane, whichever is least far; null where there is none. */
export async function streamedTo(tx: ReadTx, lane: string): Promise<number | null> {
  const row = await leastCursor.first(tx.on, { lane });
  return row ? Number(row.sequence) : null;
}

function archiveOf(row: Row): ArchivedAudit {
  return {
    number: row.number,
    before: toDate(row.before),
    begunAt: toDate(row.begun_at),
    endedAt: toDate(row.ended_at),
    removedAt: toDate(row.removed_at),
    places: JSON.parse(row.places) as LanePlace[],
    entries: row.entries,
    end: row.seal === null ? null : (JSON.parse(row.seal) as ArchiveEnd),
  };
}

function rowOf(archive: ArchivedAudit): Row {
  return {
    number: archive.number,
    before: fromDate(archive.before),
    begun_at: fromDate(archive.begunAt),
    ended_at: fromDate(archive.endedAt),
    removed_at: fromDate(archive.removedAt),
    places: JSON.stringify(archive.places),
    entries: archive.entries,
    seal: archive.end && JSON.stringify(archive.end),
  };
}

const all = statement((db) => db.selectFrom('audit_archives').selectAll().orderBy('number'));

const newestEnded = statement((db) =>
  db.selectFrom('audit_archives').select('before').where('seal', 'is not', null).orderBy('number', 'desc').limit(1),
);

const insert = statement((db, p: Row) =>
  db.insertInto('audit_archives').values({
    number: p.number,
    before: p.before,
    begun_at: p.begun_at,
    ended_at: p.ended_at,
    removed_at: p.removed_at,
    places: p.places,
    entries: p.entries,
    seal: p.seal,
  }),
);

const saveEnd = statement((db, p: { number: number; seal: string; endedAt: number }) =>
  db.updateTable('audit_archives').set({ seal: p.seal, ended_at: p.endedAt }).where('number', '=', p.number),
);

const beginAfter = statement((db, p: { lane: string; after: number; begin: string }) =>
  db.updateTable('audit_lanes').set({ begins_after: p.after, begin: p.begin }).where('lane', '=', p.lane),
);

const remove = statement((db, p: { lane: string; most: number }) =>
  db
    .deleteFrom('audit_entries')
    .where('lane', '=', p.lane)
    .where('sequence', 'in', (query) =>
      query
        .selectFrom('audit_entries as one')
        .innerJoin('audit_lanes', 'audit_lanes.lane', 'one.lane')
        .select('one.sequence')
        .where('one.lane', '=', p.lane)
        .whereRef('one.sequence', '<=', 'audit_lanes.begins_after')
        .orderBy('one.sequence')
        .limit(p.most),
    )
    .returning('sequence'),
);

const setRemoved = statement((db, p: { now: number }) =>
  db
    .updateTable('audit_archives')
    .set({ removed_at: p.now })
    .where('seal', 'is not', null)
    .where('removed_at', 'is', null),
);

const one = statement((db, p: { lane: string; sequence: number }) =>
  db.selectFrom('audit_entries').select(['at', 'hash']).where('lane', '=', p.lane).where('sequence', '=', p.sequence),
);

// A receiver that has nothing of a lane yet has no cursor in it.
const leastCursor = statement((db, p: { lane: string }) =>
  db
    .selectFrom('audit_streams')
    .leftJoin('audit_cursors', (join) =>
      join.onRef('audit_cursors.stream', '=', 'audit_streams.stream').on('audit_cursors.lane', '=', p.lane),
    )
    .select((query) => query.fn.coalesce('audit_cursors.sequence', query.val(0)).as('sequence'))
    .orderBy('sequence')
    .limit(1),
);
