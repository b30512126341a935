import type { Caller } from '../../domain/access.ts';
import type { AuditDetails, AuditEvent } from '../../domain/audit.ts';
import type { Tx } from '../../storage/transaction.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';

/** Records what was done with an access key, with the address it was done from; the command has none. */
export function recordKey(
  tx: Tx,
  ctx: Context,
  caller: Caller,
  event: Extract<AuditEvent, `access-key.${string}`>,
  keyId: number,
  details: AuditDetails,
  now: Date,
): void {
  const { address } = ctx.origin;
  const all = address === '' ? details : { address, ...details };
  recordAdmin(tx, ctx, caller, event, `access-key:${keyId}`, all, now);
}
