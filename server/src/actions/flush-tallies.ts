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

/** No change waits as long for its commit: an item that is not there by then was never made. */
const longestCreation = 10 * 60_000;

/**
 * Writes uses and counted refusals from memory to the store, slice by slice, so that tens of thousands of items used
 * since the last time hold nobody up. `everything` takes the running minute too. What could not be written is counted
 * again, so that the next time tells of it.
 */
export async function flushTallies(ctx: Context, everything: boolean): Promise<void> {
  const { uses, refusals } = ctx.safe;
  const { keys, items, sessions } = uses.take();
  const none = { keys: [], items: [], sessions: [] };
  const writer = startWriting(ctx);
  // First what is told nowhere else.
  await writer.write(
    refusals.take(ctx.safe.clock(), everything),
    async (tx, some, now) => {
      for (const { address, account, reason, count } of some) {
        const details = { address, account, reason, count };
        const who = { userId: null, accessKeyId: null, target: null };
        record(tx, { event: 'audit.refusals-counted', ...who, details }, now, ctx.requestId);
      }
      return [];
    },
    (left) => refusals.giveBack(left),
  );
  await writer.write(
    keys,
    async (tx, some) => {
      for (const use of some) await addKeyUse(tx, use.keyId, use.uses, use.usedAt, use.address);
      return [];
    },
    (left) => uses.giveBack({ ...none, keys: left }),
  );
  await writer.write(
    sessions,
    async (tx, some) => {
      for (const { id, usedAt } of some) {
        const session = await findIntact(tx, id);
        if (session && usedAt > session.usedAt) await saveSession(tx, { ...session, usedAt });
      }
      return [];
    },
    (left) => uses.giveBack({ ...none, sessions: left }),
  );
  await writer.write(
    items,
    async (tx, some, now) => {
      const early = await saveItemUses(tx, some);
      // Each was counted where it was recorded, before its commit: its item may not be there yet.
      return early.filter(({ usedAt }) => +now - +usedAt < longestCreation);
    },
    (left) => uses.giveBack({ ...none, items: left }),
  );
  writer.end();
}

/** Writes a slice, and gives what of it must be written later. */
type WriteSlice<T> = (tx: Tx, some: readonly T[], now: Date) => Promise<readonly T[]>;

/** After a slice that failed nothing more is tried; `end` throws what it failed with. */
function startWriting(ctx: Context) {
  const known = { caller: null, account: '' };
  let failure: { thrown: unknown } | null = null;
  return {
    async write<T>(all: readonly T[], slice: WriteSlice<T>, giveBack: (left: T[]) => void): Promise<void> {
      for (let from = 0; from < all.length; from += atOnce) {
        if (failure) return giveBack(all.slice(from));
        try {
          const some = all.slice(from, from + atOnce);
          const later = await submit(ctx, { action: 'safe.tend', target: null }, known, (tx, now) =>
            slice(tx, some, now),
          );
          giveBack([...later]);
        } catch (thrown) {
          failure = { thrown };
          giveBack(all.slice(from));
          return;
        }
      }
    },
    end() {
      if (failure) throw failure.thrown;
    },
  };
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
