import { HashingBusy } from '../crypto/password-hash.ts';
import { SealBroken } from '../crypto/seal.ts';
import type { Action, Caller } from '../domain/access.ts';
import type { AuditDetails } from '../domain/audit.ts';
import { Refusal } from '../domain/errors.ts';
import { record } from '../storage/audit.ts';
import { StoreFault } from '../storage/connection.ts';
import type { ReadTx, Tx } from '../storage/transaction.ts';
import { currentSpan } from '../tracing/spans.ts';
import { authenticate } from './authenticate.ts';
import { onceFor, type RepeatMemory } from './repeat.ts';
import type { Context } from './safe.ts';
import { waiterOf } from './waiter.ts';

/** What an action does once the caller is known: it awaits nothing but the store. */
export type Steps<T, X> = (tx: X, caller: Caller, now: Date) => Promise<T>;

/** What is being tried: what a refusal leaves in the audit. */
export type Attempt = {
  action: Action | 'token.issue' | 'session.start' | 'device-sign-in.begin' | 'safe.tend';
  /** `password:3` or the like; never what a caller typed without it being checked. */
  target: string | null;
  /** What a unique constraint that fails in the store means here: two callers who took the same name at once. */
  duplicate?: () => Refusal;
};

/**
 * Runs a writing action in the pump: the caller's state is read in the same transaction that writes the audit entry,
 * and the promise settles after the commit. A refusal rolls the action back and is itself recorded. With `memory`, the
 * action is done once for all requests that carry the same idempotency key.
 */
export function act<T>(ctx: Context, attempt: Attempt, steps: Steps<T, Tx>, memory?: RepeatMemory<T>): Promise<T> {
  const known: Known = { caller: null, account: accountOf(ctx) };
  return submit(ctx, attempt, known, async (tx, now) => {
    const caller = await authenticate(tx, ctx, now, 'share');
    known.caller = caller;
    if (!memory || !ctx.repeat) return steps(tx, caller, now);
    return onceFor(tx, ctx.repeat, caller, now, memory, () => steps(tx, caller, now));
  });
}

/** Runs an action that changes and records nothing on a reading connection; only a refusal is recorded. */
export function actReading<T>(ctx: Context, attempt: Attempt, steps: Steps<T, ReadTx>): Promise<T> {
  const known: Known = { caller: null, account: accountOf(ctx) };
  return readFor(ctx, attempt, known, async (tx, now) => {
    known.caller = await authenticate(tx, ctx, now, 'none');
    return steps(tx, known.caller, now);
  });
}

/** Reads for a caller whom no token names: for who signs in. */
export async function readFor<T>(
  ctx: Context,
  attempt: Attempt,
  known: Known,
  steps: (tx: ReadTx, now: Date) => Promise<T>,
): Promise<T> {
  try {
    return await ctx.safe.store.read((tx) => steps(tx, ctx.safe.clock()), waiterOf(ctx));
  } catch (thrown) {
    const told = asBroken(thrown);
    if (!(told instanceof Refusal)) throw asRefusal(ctx, told);
    return submit(ctx, attempt, known, () => Promise.reject(told));
  }
}

/** Who is behind an attempt: the caller once he is known, and the account that he names. */
export type Known = { caller: Caller | null; account: string };

/** Queues steps whose caller no token names: token requests and the safe's own work. */
export function submit<T>(
  ctx: Context,
  attempt: Attempt,
  known: Known,
  steps: (tx: Tx, now: Date) => Promise<T>,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    ctx.safe.store.submit({
      async run(tx) {
        try {
          return await steps(tx, ctx.safe.clock());
        } catch (thrown) {
          throw asBroken(thrown);
        }
      },
      refused: (tx, refusal) => recordRefusal(tx, ctx, attempt, known, refusal),
      resolve: (value) => resolve(value as T),
      reject: (thrown) => reject(asRefusal(ctx, thrown, attempt.duplicate)),
      by: waiterOf(ctx),
      queuedAt: performance.now(),
      tries: 0,
      span: currentSpan(),
    });
  });
}

function recordRefusal(tx: Tx, ctx: Context, { action, target }: Attempt, known: Known, refusal: Refusal): void {
  const now = ctx.safe.clock();
  const { address } = ctx.origin;
  const { refusals } = ctx.safe;
  const isCounted = known.caller === null || refusals.spared;
  if (isCounted && !refusals.isFirst(address, nameOf(known), refusal.code, now)) return;
  const account: AuditDetails = known.caller === null && known.account !== '' ? { account: known.account } : {};
  const who = whoOf(known.caller);
  const details = { ...who.details, ...account, address, reason: refusal.code };
  record(tx, { event: `${action}.refused`, ...who, target, details }, now, ctx.requestId);
}

function nameOf({ caller, account }: Known): string {
  if (caller === null) return account;
  return caller.kind === 'key' ? caller.key.clientId : caller.kind === 'session' ? caller.user.username : caller.name;
}

/** The columns that name a caller in an entry; an operator of the host is named in its details. */
export function whoOf(caller: Caller | null): {
  userId: number | null;
  accessKeyId: number | null;
  details: AuditDetails;
} {
  if (caller?.kind === 'key') return { userId: caller.user.id, accessKeyId: caller.key.id, details: {} };
  if (caller?.kind === 'session') {
    return { userId: caller.user.id, accessKeyId: null, details: { session: caller.session.id } };
  }
  return { userId: null, accessKeyId: null, details: caller ? { operator: caller.name } : {} };
}

function accountOf({ credential }: Context): string {
  return credential.kind === 'token' ? credential.clientId : '';
}

const alarm = 'a stored row was changed by other hands, or a sealed value was changed, cut or moved';

/** A sealed value that does not open is refused, and recorded, like a row whose MAC does not hold. */
function asBroken(thrown: unknown): unknown {
  return thrown instanceof SealBroken ? new Refusal('integrity_broken', { table: 'sealed', row: '' }) : thrown;
}

/** Turns whatever was thrown into a refusal that a caller may see; the log keeps the cause, never a value. */
function asRefusal(ctx: Context, thrown: unknown, duplicate?: () => Refusal): Refusal {
  const { log } = ctx.safe;
  const { requestId } = ctx;
  if (thrown instanceof Refusal) {
    if (thrown.code === 'integrity_broken') log.error({ requestId, ...thrown.details }, alarm);
    return thrown;
  }
  if (thrown instanceof HashingBusy) return new Refusal('too_many_requests', { retryAfterSeconds: 1 });
  if (thrown instanceof StoreFault) {
    if (thrown.kind === 'duplicate' && duplicate) return duplicate();
    log.error({ requestId, fault: thrown.kind, cause: thrown.message }, 'the store failed');
    if (thrown.kind === 'timeout') return new Refusal('store_timeout', {});
    return new Refusal(
      thrown.kind === 'refused' || thrown.kind === 'duplicate' ? 'unexpected' : 'store_unreachable',
      {},
    );
  }
  log.error({ requestId, err: thrown }, 'unexpected error');
  return new Refusal('unexpected', {});
}
