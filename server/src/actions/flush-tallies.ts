import { isRefusal } from '../domain/errors.ts';
import type { Session } from '../domain/session.ts';
import { addKeyUse } from '../storage/access-keys.ts';
import { record } from '../storage/audit.ts';
import { saveItemUse } from '../storage/last-use.ts';
import { findSessionForUpdate, saveSession } from '../storage/sessions.ts';
import type { Tx } from '../storage/transaction.ts';
import { submit } from './act.ts';
import type { CountedRefusals } from './refusal-tally.ts';
import type { Context } from './safe.ts';
import type { ItemUse, Uses } from './use-tally.ts';

/**
 * Writes uses and counted refusals from memory to the store. `everything` takes the running minute too. What could not
 * be written is counted again, so that the next time tells of it.
 */
export async function flushTallies(ctx: Context, everything: boolean): Promise<void> {
  const uses = ctx.safe.uses.take();
  const refusals = ctx.safe.refusals.take(ctx.safe.clock(), everything);
  if (uses.keys.length + uses.items.length + uses.sessions.length + refusals.length === 0) return;
  try {
    const early = await write(ctx, uses, refusals);
    ctx.safe.uses.giveBack({ keys: [], items: early, sessions: [] });
  } catch (thrown) {
    ctx.safe.uses.giveBack(uses);
    ctx.safe.refusals.giveBack(refusals);
    throw thrown;
  }
}

/** No change waits as long for its commit: an item that is not there by then was never made. */
const longestCreation = 10 * 60_000;

/** Gives the uses of items that are not there yet: each is counted where it was recorded, before its commit. */
function write(
  ctx: Context,
  { keys, items, sessions }: Uses,
  refusals: readonly CountedRefusals[],
): Promise<ItemUse[]> {
  const known = { caller: null, account: '' };
  return submit(ctx, { action: 'safe.tend', target: null }, known, async (tx, now) => {
    const early: ItemUse[] = [];
    for (const use of keys) await addKeyUse(tx, use.keyId, use.uses, use.usedAt, use.address);
    for (const use of items) {
      const isSaved = await saveItemUse(tx, use.kind, use.number, use.usedAt);
      if (!isSaved && +now - +use.usedAt < longestCreation) early.push(use);
    }
    for (const { id, usedAt } of sessions) {
      const session = await findIntact(tx, id);
      if (session && usedAt > session.usedAt) await saveSession(tx, { ...session, usedAt }, null);
    }
    for (const { address, account, reason, count } of refusals) {
      const details = { address, account, reason, count };
      const who = { userId: null, accessKeyId: null, target: null };
      record(tx, { event: 'audit.refusals-counted', ...who, details }, now, ctx.requestId);
    }
    return early;
  });
}

/** A row that other hands changed is told of when it is used; here it must not cost all others their counts. */
async function findIntact(tx: Tx, id: string): Promise<Session | undefined> {
  try {
    return await findSessionForUpdate(tx, id);
  } catch (thrown) {
    if (isRefusal(thrown, 'integrity_broken')) return undefined;
    throw thrown;
  }
}
