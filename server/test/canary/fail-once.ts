import assert from 'node:assert/strict';
import type { Answer, TestSafe } from '../start-safe.ts';
import { openByHand } from '../store-by-hand.ts';

/** Runs a call while a table is away, so that it fails within the store. */
export async function failOnce(
  safe: TestSafe,
  call: () => Promise<Answer>,
  table = 'item_versions',
  isAsked = true,
): Promise<void> {
  const store = await openByHand(safe.settings);
  await store.run(`alter table ${table} rename to away`);
  const { status } = await call();
  await store.run(`alter table away rename to ${table}`);
  await store.close();
  // What is no client id at all is refused before the store is asked.
  assert.equal(status, isAsked ? 500 : 401);
}
