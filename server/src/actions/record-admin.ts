import type { Caller } from '../domain/access.ts';
import type { AuditDetails, AuditEvent } from '../domain/audit.ts';
import { record } from '../storage/audit.ts';
import type { Tx } from '../storage/transaction.ts';
import { whoOf } from './act.ts';
import type { Context } from './safe.ts';

/** Records an act of administration on a user, a group or an access key. */
export function recordAdmin(
  tx: Tx,
  ctx: Context,
  caller: Caller,
  event: AuditEvent,
  target: string | null,
  details: AuditDetails,
  now: Date,
): void {
  const who = whoOf(caller);
  record(tx, { event, ...who, target, details: { ...who.details, ...details } }, now, ctx.requestId);
}
