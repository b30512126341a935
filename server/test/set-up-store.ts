import { sql } from 'kysely';
import type { ItemHead } from '../src/domain/item.ts';
import type { Kind } from '../src/domain/kind.ts';
import { house } from '../src/domain/turns.ts';
import { findItem, saveItem } from '../src/storage/items.ts';
import { type Counter, sequenceOf } from '../src/storage/sequences.ts';
import { saveShare, sharesOf } from '../src/storage/shares.ts';
import { builders, runQuery } from '../src/storage/statement.ts';
import type { Tx } from '../src/storage/transaction.ts';
import type { TestSafe } from './start-safe.ts';

/** Runs storage functions in a transaction of the safe's own pump: for states that no call of the wire leads to. */
function inStore<T>(safe: TestSafe, work: (tx: Tx) => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    safe.serving.safe.store.submit({
      run: work,
      refused: (_tx, refusal) => reject(refusal),
      resolve: (value) => resolve(value as T),
      reject,
      by: house,
      queuedAt: performance.now(),
      tries: 0,
    });
  });
}

/** Makes `next` the number that the next item of a kind gets. */
export function setNextNumber(safe: TestSafe, counter: Counter, next: number): Promise<void> {
  return inStore(safe, async (tx) => {
    const on = await tx.writing();
    const db = builders[on.engine];
    if (on.engine === 'sqlite') {
      await runQuery(
        on,
        db
          .updateTable('counters')
          .set({ last: next - 1 })
          .where('name', '=', counter)
          .compile(),
      );
    } else {
      const restart = sql`select setval(cast(${sequenceOf(counter)} as regclass), ${next}, false)`;
      await runQuery(on, restart.compile(db));
    }
  });
}

/** Takes every item away, so that numbers can be given again; with it uses of them that were not written yet. */
export function removeItems(safe: TestSafe): Promise<void> {
  safe.serving.safe.uses.take();
  return inStore(safe, async (tx) => {
    const on = await tx.writing();
    for (const table of ['item_index', 'item_use', 'shares', 'item_versions', 'items'] as const) {
      await runQuery(on, builders[on.engine].deleteFrom(table).compile());
    }
  });
}

/** Changes what an item asks of a reader, as its owner will be able to. */
export function setFlags(
  safe: TestSafe,
  kind: Kind,
  number: number,
  flags: Partial<Pick<ItemHead, 'justificationRequired' | 'approvalRequired'>>,
): Promise<void> {
  return inStore(safe, async (tx) => {
    const head = await headOf(tx, kind, number);
    await saveItem(tx, { ...head, ...flags }, null, head.ownerId);
  });
}

/** Sets when the share of an item with a user or group ends; null for never. */
export function setShareEnd(safe: TestSafe, kind: Kind, number: number, name: string, end: Date | null): Promise<void> {
  return inStore(safe, async (tx) => {
    const head = await headOf(tx, kind, number);
    const share = (await sharesOf(tx, head)).find((one) => one.name === name);
    if (!share) throw new Error(`${kind}:${number} is not shared with ${name}`);
    await saveShare(tx, head, { ...share, expiresAt: end }, head.ownerId, safe.serving.safe.clock());
  });
}

async function headOf(tx: Tx, kind: Kind, number: number): Promise<ItemHead> {
  const found = await findItem(tx, kind, number, 'update');
  if (!found) throw new Error(`no ${kind}:${number}`);
  return found.head;
}
