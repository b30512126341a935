import { mustMay } from '../../domain/access.ts';
import type { AuditEntry } from '../../domain/audit.ts';
import { refuse } from '../../domain/errors.ts';
import { searchAudit } from '../../storage/audit.ts';
import type { ReadTx } from '../../storage/transaction.ts';
import { listUsers } from '../../storage/users.ts';
import { actReading } from '../act.ts';
import { loadUser } from '../groups/load-group.ts';
import type { Context } from '../safe.ts';

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

/** Entries with the acting user's name, newest first. */
export function listAudit(ctx: Context, query: AuditQuery): Promise<(AuditEntry & { user: string | null })[]> {
  return actReading(ctx, { action: 'audit.list', target: null }, async (tx, caller) => {
    mustMay('audit.list', caller);
    const entries = await searchAudit(tx, {
      ...(query.event === undefined ? {} : { event: query.event }),
      ...(query.user === undefined ? {} : { userId: (await loadUser(tx, query.user)).id }),
      ...(query.target === undefined ? {} : { target: query.target }),
      ...(query.since === undefined ? {} : { since: readTime('since', query.since) }),
      ...(query.until === undefined ? {} : { until: readTime('until', query.until) }),
      most: readLimit(query.limit ?? 100),
    });
    const names = await usernames(tx);
    return entries.map((entry) => ({
      ...entry,
      user: entry.userId === null ? null : (names.get(entry.userId) ?? null),
    }));
  });
}

async function usernames(tx: ReadTx): Promise<Map<number, string>> {
  return new Map((await listUsers(tx)).map((user) => [user.id, user.username]));
}

function readTime(field: string, text: string): Date {
  const time = new Date(text);
  if (Number.isNaN(+time))
    refuse('field_invalid', { field, why: 'must be an ISO 8601 time such as 2027-01-31T12:00:00Z' });
  return time;
}

function readLimit(limit: number): number {
  if (!Number.isInteger(limit) || limit < 1 || limit > 10_000) {
    refuse('field_invalid', { field: 'limit', why: 'must be a whole number from 1 to 10000' });
  }
  return limit;
}
