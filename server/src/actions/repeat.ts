import { sha256 } from '../crypto/digests.ts';
import type { Caller } from '../domain/access.ts';
import { refuse } from '../domain/errors.ts';
import { findRepeat, holdRepeat, insertRepeat } from '../storage/repeats.ts';
import type { Tx } from '../storage/transaction.ts';
import type { Repeatable } from './safe.ts';

/** How an action answers a request that it has done before. */
export type RepeatMemory<T> = {
  /** What is kept of a result: ids and flags, never a secret. */
  keep(result: T): unknown;
  /** The same result made again from what was kept, with the checks of a first time. */
  rebuild(tx: Tx, caller: Caller, kept: unknown, now: Date): T | Promise<T>;
};

/** Nothing but flags, kept and given as they are. */
export function keptWhole<T extends { changed: boolean }>(): RepeatMemory<T> {
  return { keep: (result) => result, rebuild: (_tx, _caller, kept) => kept as T };
}

/** Does the steps, or rebuilds what they gave when this caller sent the same request with the same key before. */
export async function onceFor<T>(
  tx: Tx,
  { key, request }: Repeatable,
  caller: Caller,
  now: Date,
  memory: RepeatMemory<T>,
  steps: () => Promise<T>,
): Promise<T> {
  if (caller.kind === 'operator') return steps();
  const scope = `user:${caller.user.id}`;
  const keyHash = sha256(key);
  await holdRepeat(tx, scope, keyHash);
  const known = await findRepeat(tx, scope, keyHash);
  if (known) {
    if (known.request !== request) refuse('idempotency_key_reused', {});
    return memory.rebuild(tx, caller, known.outcome, now);
  }
  const result = await steps();
  await insertRepeat(tx, scope, keyHash, { request, outcome: memory.keep(result) }, now);
  return result;
}
