import { isRefusal } from '../domain/errors.ts';
import type { Session } from '../domain/session.ts';
import { addKeyUse } from '../storage/access-keys.ts';
import { record } from '../storage/audit.ts';
import { saveItemUses } from '../storage/last-use.ts';
import { findSessionForUpdate, saveSession } from '../storage/sessions.ts';
import type { Tx } from '../storage/transaction.ts';
import { submit } from './act.ts';
import type { Context } from './safe.ts';

/** As many in one action: the others of its batch wait for it. */
const atOnce = 500;

/**
 * Writes uses and counted refusals from memory to the store, slice by slice, so that tens of thousands of items used
 * since the last time hold nobody up. `everything` takes the running minute too.
 */
export async function flushTallies(ctx: Context, everything: boolean): Promise<void> {
  const { keys, items, sessions } = ctx.safe.uses.take();
  const refusals = ctx.safe.refusals.take(ctx.safe.clock(), everything);
  // First what is told nowhere else.
  await inSlices(ctx, refusals, async (tx, some, now) => {
    for (const { address, account, reason, count } of some) {
      const details = { address, account, reason, count };
      const who = { userId: null, accessKeyId: null, target: null };
      record(tx, { event: 'audit.refusals-counted', ...who, details }, now, ctx.requestId);
    }
  });
  await inSlices(ctx, keys, async (tx, some) => {
    for (const use of some) await addKeyUse(tx, use.keyId, use.uses, use.usedAt, use.address);
  });
  await inSlices(ctx, sessions, async (tx, some) => {
    for (const { id, usedAt } of some) {
      const session = await findIntact(tx, id);
      if (session && usedAt > session.usedAt) await saveSession(tx, { ...session, usedAt }, null);
    }
  });
  await inSlices(ctx, items, saveItemUses);
}

async function inSlices<T>(
  ctx: Context,
  all: readonly T[],
  write: (tx: Tx, some: readonly T[], now: Date) => Promise<void>,
): Promise<void> {
  const known = { caller: null, account: '' };
  for (let from = 0; from < all.length; from += atOnce) {
    const some = all.slice(from, from + atOnce);
    await submit(ctx, { action: 'safe.tend', target: null }, known, (tx, now) => write(tx, some, now));
  }
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
