import { setImmediate as breathe } from 'node:timers/promises';
import type { Caller } from '../../domain/access.ts';
import type { AuditEntry } from '../../domain/audit.ts';
import { refuse } from '../../domain/errors.ts';
import { clientIdsOf } from '../../storage/access-keys.ts';
import { searchAudit as searchStore } from '../../storage/audit.ts';
import { auditBegins } from '../../storage/audit-archives.ts';
import type { AuditPlace } from '../../storage/audit-search.ts';
import type { ReadTx } from '../../storage/transaction.ts';
import { usersOf } from '../../storage/users.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';
import { type AuditFilters, planOf } from './search-plan.ts';

export type AuditSearch = AuditFilters & {
  limit: number;
  /** As an earlier page gave it. */
  cursor: string | null;
};

/** An entry with the names of who acted: the user, and the client id of the access key. */
export type FoundEntry = AuditEntry & { user: string | null; clientId: string | null };

/**
 * `partial`: the search stopped before the page was full, and goes on from `next`.
 * `since`: what is older is in archives; null while the store holds all.
 */
export type AuditPage = { entries: FoundEntry[]; next: string | null; partial: boolean; since: Date | null };

/** Details are sealed, and opened to be looked into: a request reads so many entries, and tells how far it came. */
const mostRead = 5000;
/** Entries read before others are served. */
const readAtOnce = 500;
const leastWalked = 50;

/**
 * Entries, newest first. A page goes on behind a place in an order that never changes, whatever is recorded meanwhile.
 */
export function searchAudit(ctx: Context, search: AuditSearch): Promise<AuditPage> {
  return actReading(ctx, { action: 'audit.list', target: null }, (tx, caller) => pageOf(tx, caller, search));
}

export async function pageOf(tx: ReadTx, caller: Caller, search: AuditSearch): Promise<AuditPage> {
  const { limit, cursor } = search;
  const { walk, wanted, isSifted } = await planOf(tx, caller, search);
  // Each of several events is walked by itself.
  const walks = walk.events?.length ?? 1;
  const most = isSifted ? Math.max(leastWalked, Math.floor(readAtOnce / Math.max(walks, 1))) : limit + 1;
  const found: AuditEntry[] = [];
  let before = cursor === null ? undefined : readCursor(cursor);
  for (let read = 0; read < mostRead; read += most * walks) {
    const rows = await searchStore(tx, { ...walk, before, most });
    for (const row of rows) {
      const entry = wanted(row);
      if (!entry) continue;
      if (found.length === limit) return pageUpTo(tx, found, found.at(-1), false);
      found.push(entry);
    }
    const end = rows.at(-1);
    if (!end || rows.length < most) return pageUpTo(tx, found, undefined, false);
    before = { at: new Date(end.at), lane: end.lane, sequence: end.sequence };
    await breathe();
  }
  return pageUpTo(tx, found, before, true);
}

async function pageUpTo(
  tx: ReadTx,
  found: readonly AuditEntry[],
  place: AuditPlace | undefined,
  partial: boolean,
): Promise<AuditPage> {
  const users = await usersOf(
    tx,
    found.flatMap((entry) => entry.userId ?? []),
  );
  const clientIds = await clientIdsOf(
    tx,
    found.flatMap((entry) => entry.accessKeyId ?? []),
  );
  const entries = found.map((entry) => ({
    ...entry,
    user: entry.userId === null ? null : (users.get(entry.userId)?.username ?? null),
    clientId: entry.accessKeyId === null ? null : (clientIds.get(entry.accessKeyId) ?? null),
  }));
  return {
    entries,
    next: place ? `${+place.at}.${place.lane}.${place.sequence}` : null,
    partial,
    since: await auditBegins(tx),
  };
}

/** A place says nothing of an entry but when it was made. */
function readCursor(cursor: string): AuditPlace {
  const [, at, lane, sequence] = /^(\d{1,15})\.([0-9a-f]{16})\.(\d{1,15})$/.exec(cursor) ?? [];
  if (at === undefined || lane === undefined || sequence === undefined) return refuse('cursor_invalid', {});
  return { at: new Date(Number(at)), lane, sequence: Number(sequence) };
}
