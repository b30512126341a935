import { sql } from 'kysely';
import { openColumn, sealColumn } from '../crypto/row-seal.ts';
import type { AuditDetails, AuditDraft, AuditEntry, AuditEvent } from '../domain/audit.ts';
import { writeLanes } from '../domain/audit-lanes.ts';
import { searchPieces } from './audit-pieces.ts';
import type { AuditSearch } from './audit-search.ts';
import { fromDate, toDate } from './column-forms.ts';
import { builders, runQuery, statement } from './statement.ts';
import type { Tables } from './tables.ts';
import type { ReadTx, Tx } from './transaction.ts';

type EntryRow = Tables['audit_entries'];
type LaneRow = Tables['audit_lanes'];

/** Records what happened in the same transaction: stored and signed just before its commit. */
export function record(tx: Tx, draft: AuditDraft, now: Date, requestId: string): void {
  const hasDetails = Object.keys(draft.details).length > 0;
  tx.chain.append({
    at: fromDate(now),
    event: draft.event,
    user_id: draft.userId,
    access_key_id: draft.accessKeyId,
    target: draft.target,
    request_id: requestId,
    details: hasDetails
      ? sealColumn(tx.ring, detailsPlace(requestId, draft.event), JSON.stringify(draft.details))
      : null,
    lanes_told: writeLanes(draft.lanes ?? []),
  });
}

// Sealed before lane and sequence are known; the chain's hash binds the sealed bytes to their place.
const detailsPlace = (requestId: string, event: string) => ({ table: 'audit_entries', row: requestId, column: event });

/** An entry as stored, its details still sealed. */
export type StoredEntry = EntryRow;

/** The newest entries first, over all lanes. Events are walked one by one by their index, each to `most` at the most. */
export async function searchAudit(tx: ReadTx, search: AuditSearch): Promise<StoredEntry[]> {
  const { events, most } = search;
  if (search.userId !== undefined || search.target !== undefined) return searchPieces(tx, search);
  const db = builders[tx.on.engine];
  if (events === undefined || events.length === 1) {
    return await runQuery(tx.on, walk(db, search, events?.[0]).compile());
  }
  const walks = events.map((event) => db.selectFrom(walk(db, search, event).as('one')).selectAll());
  const [first, ...others] = walks;
  if (!first) return [];
  const all = others.reduce((query, one) => query.unionAll(one), first);
  const newest = all.orderBy('at', 'desc').orderBy('lane', 'desc').orderBy('sequence', 'desc').limit(most);
  return await runQuery(tx.on, newest.compile());
}

function walk(db: (typeof builders)['sqlite'], search: AuditSearch, event: string | undefined) {
  const { since, until, before, most } = search;
  const at = before && fromDate(before.at);
  return db
    .selectFrom('audit_entries')
    .selectAll()
    .$if(event !== undefined, (q) => q.where('event', '=', event ?? ''))
    .$if(since !== undefined, (q) => q.where('at', '>=', fromDate(since ?? new Date(0))))
    .$if(until !== undefined, (q) => q.where('at', '<', fromDate(until ?? new Date(0))))
    .$if(before !== undefined, (q) =>
      q
        .where('at', '<=', at ?? 0)
        .where((or) =>
          or.or([
            or('at', '<', at ?? 0),
            or('lane', '<', before?.lane ?? ''),
            or.and([or('lane', '=', before?.lane ?? ''), or('sequence', '<', before?.sequence ?? 0)]),
          ]),
        ),
    )
    .orderBy('at', 'desc')
    .orderBy('lane', 'desc')
    .orderBy('sequence', 'desc')
    .limit(most);
}

/** Every event that was ever recorded: one step in the index for each, however many entries there are. */
export async function recordedEvents(tx: ReadTx): Promise<string[]> {
  const query = sql<{ event: string }>`with recursive known(event) as (
    select min(event) from audit_entries
    union all
    select (select min(event) from audit_entries where event > known.event) from known where known.event is not null
  ) select event from known where event is not null`;
  const rows = await runQuery(tx.on, query.compile(builders[tx.on.engine]));
  return rows.map((row) => row.event);
}

/** A slice of one lane's rows as stored, ascending from `after`: what a verifier hashes again. */
export async function laneRows(tx: ReadTx, lane: string, after: number, most: number): Promise<StoredEntry[]> {
  return await slice.all(tx.on, { lane, after, most });
}

/** Every lane ever opened, oldest first. */
export async function listLanes(tx: ReadTx): Promise<LaneRow[]> {
  return await lanes.all(tx.on, {});
}

/** The last stored entry of a lane, or undefined when it has none. */
export async function lastEntryOf(tx: ReadTx, lane: string): Promise<StoredEntry | undefined> {
  return await last.first(tx.on, { lane });
}

/**
 * Lanes with entries that no signed head tells of: beyond their lane's head, or of a lane that is not known at all; and
 * those from before their lane begins, unless archived ones are just being removed.
 */
export async function strayEntries(tx: ReadTx): Promise<{ lane: string; sequence: number }[]> {
  return await stray.all(tx.on, {});
}

export async function closeLane(tx: Tx, lane: string, now: Date): Promise<void> {
  await close.run(await tx.writing(), { lane, closedAt: fromDate(now) });
}

export function entryOf(tx: ReadTx, row: StoredEntry): AuditEntry {
  const details = row.details && openColumn(tx.ring, detailsPlace(row.request_id, row.event), row.details);
  return {
    lane: row.lane,
    sequence: row.sequence,
    at: toDate(row.at),
    event: row.event as AuditEvent,
    userId: row.user_id,
    accessKeyId: row.access_key_id,
    target: row.target,
    requestId: row.request_id,
    details: details ? (JSON.parse(details) as AuditDetails) : {},
  };
}

const slice = statement((db, p: { lane: string; after: number; most: number }) =>
  db
    .selectFrom('audit_entries')
    .selectAll()
    .where('lane', '=', p.lane)
    .where('sequence', '>', p.after)
    .orderBy('sequence')
    .limit(p.most),
);

// One statement, which sees heads and entries as one commit left them.
const stray = statement((db) =>
  db
    .selectFrom('audit_entries')
    .leftJoin('audit_lanes', 'audit_lanes.lane', 'audit_entries.lane')
    .select(['audit_entries.lane', (query) => query.fn.min('audit_entries.sequence').as('sequence')])
    .where((or) =>
      or.or([
        or('audit_lanes.lane', 'is', null),
        or('audit_entries.sequence', '>', or.ref('audit_lanes.sequence')),
        or.and([
          or('audit_entries.sequence', '<=', or.ref('audit_lanes.begins_after')),
          or.not(
            or.exists(
              or
                .selectFrom('audit_archives')
                .select('number')
                .where('seal', 'is not', null)
                .where('removed_at', 'is', null),
            ),
          ),
        ]),
      ]),
    )
    .groupBy('audit_entries.lane')
    .orderBy('audit_entries.lane'),
);

const lanes = statement((db) => db.selectFrom('audit_lanes').selectAll().orderBy('opened_at').orderBy('lane'));

const last = statement((db, p: { lane: string }) =>
  db.selectFrom('audit_entries').selectAll().where('lane', '=', p.lane).orderBy('sequence', 'desc').limit(1),
);

const close = statement((db, p: { lane: string; closedAt: number }) =>
  db.updateTable('audit_lanes').set({ closed_at: p.closedAt }).where('lane', '=', p.lane),
);
