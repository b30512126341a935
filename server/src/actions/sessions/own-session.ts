import { type Action, type Caller, mustMay, type Person } from '../../domain/access.ts';
import type { AuditDetails, AuditEvent } from '../../domain/audit.ts';
import { refuse } from '../../domain/errors.ts';
import type { Tx } from '../../storage/transaction.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';

/** A person in his session. */
export type Me = Extract<Person, { kind: 'session' }>;

/** Narrows to a person in a session who may do this with what is his own. */
export function mustBeMe(action: Action, caller: Caller): Me {
  mustMay(action, caller);
  return caller.kind === 'session' ? caller : refuse('access_denied', {});
}

/** Records what a person did with his own account. */
export function recordOwn(tx: Tx, ctx: Context, me: Me, event: AuditEvent, details: AuditDetails, now: Date): void {
  recordAdmin(tx, ctx, me, event, `user:${me.user.id}`, { address: ctx.origin.address, ...details }, now);
}
