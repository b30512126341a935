import { mustMay } from '../../domain/access.ts';
import type { AuditEntry } from '../../domain/audit.ts';
import { refuse } from '../../domain/errors.ts';
import { entryOf, searchAudit } from '../../storage/audit.ts';
import { usersOf } from '../../storage/users.ts';
import { actReading } from '../act.ts';
import { loadUser } from '../groups/load-group.ts';
import type { Context } from '../safe.ts';
import { readTime } from './read-time.ts';

export type AuditQuery = {
  event?: string;
  /** A username. */
  user?: string;
  /** `password:3`, `user:7` and the like. */
  target?: string;
  /** ISO 8601; from this time on. */
  since?: string;
  /** ISO 8601; before this time. */
  until?: string;
  /** At most so many, newest first; 100 unless told, 10,000 at the most. */
  limit?: number;
};

/** Everyone's entries with the acting user's name, newest first. */
export function listAudit(ctx: Context, query: AuditQuery): Promise<(AuditEntry & { user: string | null })[]> {
  return actReading(ctx, { action: 'audit.list', target: null }, async (tx, caller) => {
    mustMay('audit.list', caller);
    const rows = await searchAudit(tx, {
      events: query.event === undefined ? undefined : [query.event],
      userId: query.user === undefined ? undefined : (await loadUser(tx, query.user)).id,
      target: query.target,
      since: query.since === undefined ? undefined : readTime('since', query.since),
      until: query.until === undefined ? undefined : readTime('until', query.until),
      most: readLimit(query.limit ?? 100),
    });
    const entries = rows.map((row) => entryOf(tx, row));
    const users = await usersOf(
      tx,
      entries.flatMap((entry) => entry.userId ?? []),
    );
    return entries.map((entry) => ({
      ...entry,
      user: entry.userId === null ? null : (users.get(entry.userId)?.username ?? null),
    }));
  });
}

function readLimit(limit: number): number {
  if (!Number.isInteger(limit) || limit < 1 || limit > 10_000) {
    refuse('field_invalid', { field: 'limit', why: 'must be a whole number from 1 to 10000' });
  }
  return limit;
}
