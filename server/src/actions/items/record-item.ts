import type { Caller } from '../../domain/access.ts';
import type { AuditDetails, AuditEvent } from '../../domain/audit.ts';
import type { ItemHead } from '../../domain/item.ts';
import { record } from '../../storage/audit.ts';
import type { Tx } from '../../storage/transaction.ts';
import { whoOf } from '../act.ts';
import type { Context } from '../safe.ts';
import type { Revealing } from './answer.ts';

/** Records what was done to an item, with the address it was done from. */
export function recordItem(
  tx: Tx,
  ctx: Context,
  caller: Caller,
  event: AuditEvent,
  item: ItemHead,
  details: AuditDetails,
  now: Date,
): void {
  const who = whoOf(caller);
  const all = { ...who.details, address: ctx.origin.address, ...details };
  record(tx, { event, ...who, target: `${item.kind}:${item.number}`, details: all }, now, ctx.requestId);
}

/** Records a reveal: which version and which fields left, and the reason given. Nothing when no secret leaves. */
export function recordReveal(
  tx: Tx,
  ctx: Context,
  caller: Caller,
  item: ItemHead,
  revealing: Revealing,
  now: Date,
  more: AuditDetails = {},
): void {
  if (revealing.length === 0) return;
  const reason = ctx.justification === null ? {} : { justification: ctx.justification };
  const details = { version: item.version, fields: revealing, ...more, ...reason };
  recordItem(tx, ctx, caller, 'item.revealed', item, details, now);
  ctx.safe.uses.itemUsed(item, now);
}
