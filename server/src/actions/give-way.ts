import { setImmediate as turn } from 'node:timers/promises';
import type { Store } from '../storage/store.ts';

/**
 * To be awaited between two slices of long work, with the time at which the last one began (`performance.now()`). Others
 * are served first: as long as more of them come with each turn of the event loop, but no longer than that slice took.
 */
export async function giveWay(store: Pick<Store, 'asked'>, began: number): Promise<void> {
  const now = performance.now();
  const until = now + (now - began);
  let before: number;
  do {
    before = store.asked;
    await turn();
  } while (store.asked > before && performance.now() < until);
}
