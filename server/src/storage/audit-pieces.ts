import { setImmediate as breathe } from 'node:timers/promises';
import { sql } from 'kysely';
import type { AuditSearch } from './audit-search.ts';
import { fromDate } from './column-forms.ts';
import { inPieces, pieceOf, piecesBetween } from './pieces.ts';
import { builders, runQuery, statement } from './statement.ts';
import type { Tables } from './tables.ts';
import type { ReadTx } from './transaction.ts';

type EntryRow = Tables['audit_entries'];

/** Where a lane's entries may stand that are looked for: `from` to `to` are sequences. */
type Stretch = { lane: string; from: number; to: number };
type LaneSpan = { lane: string; sequence: number; begins_after: number; opened_at: number; signed_at: number };

// Of a bare column SQLite concludes that the lane's own order serves best, and reads all of its entries.
const sequence = sql<number>`sequence + 0`;

/**
 * The newest entries of a user or a target, over all lanes. Their indexes begin with the piece of the lane: an index
 * over all entries would have each new one at a place of its own, and a page to write for each. So a search asks piece
 * by piece, the newest first, until it has enough. A lane's times never go back, which is how lanes are left out.
 */
export async function searchPieces(tx: ReadTx, search: AuditSearch): Promise<EntryRow[]> {
  let found: EntryRow[] = [];
  for (const span of await spans.all(tx.on, {})) {
    const last = found.length < search.most ? undefined : found.at(-1);
    if (last && span.signed_at < last.at) break;
    const stretch = await stretchOf(tx, span, search);
    if (!stretch) continue;
    found.push(...(await walkBack(tx, stretch, search)));
    found = found.sort(newestFirst).slice(0, search.most);
  }
  return found;
}

function newestFirst(a: EntryRow, b: EntryRow): number {
  return b.at - a.at || (a.lane === b.lane ? b.sequence - a.sequence : a.lane < b.lane ? 1 : -1);
}

/** The part of a lane that the times asked for leave, or null for none of it. */
async function stretchOf(tx: ReadTx, span: LaneSpan, search: AuditSearch): Promise<Stretch | null> {
  const { lane } = span;
  const { since, until, before } = search;
  let from = span.begins_after + 1;
  let to = span.sequence;
  if (before?.lane === lane) to = Math.min(to, before.sequence - 1);
  else if (before) to = Math.min(to, await lastUpTo(tx, span, fromDate(before.at) - (lane < before.lane ? 0 : 1)));
  if (until) to = Math.min(to, await lastUpTo(tx, span, fromDate(until) - 1));
  if (since) from = Math.max(from, (await lastUpTo(tx, span, fromDate(since) - 1)) + 1);
  return from > to ? null : { lane, from, to };
}

/** The last sequence of a lane whose entry was made by `at`, in milliseconds since 1970; that before its first if none was. */
async function lastUpTo(tx: ReadTx, span: LaneSpan, at: number): Promise<number> {
  if (span.signed_at <= at) return span.sequence;
  if (span.opened_at > at) return span.begins_after;
  let under = span.begins_after;
  let over = span.sequence + 1;
  while (over - under > 1) {
    const middle = Math.floor((under + over) / 2);
    const found = await timeOf.first(tx.on, { lane: span.lane, sequence: middle });
    // What is in an archive is the oldest.
    if (!found || found.at <= at) under = middle;
    else over = middle;
  }
  return under;
}

async function walkBack(tx: ReadTx, { lane, from, to }: Stretch, search: AuditSearch): Promise<EntryRow[]> {
  const found: EntryRow[] = [];
  for (const pieces of piecesBetween(pieceOf(to), pieceOf(from))) {
    const query = entriesIn(tx, lane, pieces, search)
      .where(sequence, '>=', from)
      .where(sequence, '<=', to)
      .limit(search.most - found.length);
    found.push(...(await runQuery(tx.on, query.compile())));
    if (found.length === search.most) break;
    await breathe();
  }
  return found;
}

function entriesIn(tx: ReadTx, lane: string, pieces: readonly number[], search: AuditSearch) {
  const { events, userId, target } = search;
  const { engine } = tx.on;
  return builders[engine]
    .selectFrom('audit_entries')
    .selectAll()
    .where('lane', '=', lane)
    .where(inPieces(engine, 'sequence', pieces))
    .$if(target !== undefined, (q) => q.where('target', '=', target ?? ''))
    .$if(userId !== undefined, (q) => q.where('user_id', '=', userId ?? 0))
    .$if(events !== undefined, (q) => q.where('event', 'in', [...(events ?? [])]))
    .orderBy(sequence, 'desc');
}

const spans = statement((db) =>
  db
    .selectFrom('audit_lanes')
    .select(['lane', 'sequence', 'begins_after', 'opened_at', 'signed_at'])
    .whereRef('sequence', '>', 'begins_after')
    .orderBy('signed_at', 'desc'),
);

const timeOf = statement((db, p: { lane: string; sequence: number }) =>
  db.selectFrom('audit_entries').select('at').where('lane', '=', p.lane).where('sequence', '=', p.sequence),
);
