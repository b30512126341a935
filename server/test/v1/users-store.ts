import { house } from '../../src/domain/turns.ts';
import type { Tx } from '../../src/storage/transaction.ts';
import type { TestSafe } from '../start-safe.ts';

/** Runs storage functions in a transaction of the safe's own pump: for states that no call leads to. */
export function inStore<T>(safe: TestSafe, work: (tx: Tx) => Promise<T>): Promise<T> {
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
