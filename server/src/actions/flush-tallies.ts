import { isRefusal } from '../domain/errors.ts';
import type { Session } from '../domain/session.ts';
import { addKeyUse } from '../storage/access-keys.ts';
import { record } from '../storage/audit.ts';
import { saveItemUse } from '../storage/last-use.ts';
import { findSessionForUpdate, saveSession } from '../storage/sessions.ts';
import type { Tx } from '../storage/transaction.ts';
import { submit } from './act.ts';
import type { Context } from './safe.ts';

/** Writes uses and counted refusals from memory to the store. `everything` takes the running minute too. */
export async function flushTallies(ctx: Context, everything: boolean): Promise<void> {
  const { keys, items, sessions } = ctx.safe.uses.take();
  const refusals = ctx.safe.refusals.take(ctx.safe.clock(), everything);
  if (keys.length + items.length + sessions.length + refusals.length === 0) return;
  const known = { caller: null, account: '' };
  await submit(ctx, { action: 'safe.tend', target: null }, known, async (tx, now) => {
    for (const use of keys) await addKeyUse(tx, use.keyId, use.uses, use.usedAt, use.address);
    for (const use of items) await saveItemUse(tx, use.kind, use.number, use.usedAt);
    for (const { id, usedAt } of sessions) {
      const session = await findIntact(tx, id);
      if (session && usedAt > session.usedAt) await saveSession(tx, { ...session, usedAt }, null);
    }
    for (const { address, account, reason, count } of refusals) {
      const details = { address, account, reason, count };
      const who = { userId: null, accessKeyId: null, target: null };
      record(tx, { event: 'audit.refusals-counted', ...who, details }, now, ctx.requestId);
    }
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
