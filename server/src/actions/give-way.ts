import type { Store } from '../storage/store.ts';
import { whileMoreCome } from '../storage/while-more-come.ts';

/**
 * To be awaited between two slices of long work, with the time at which the last one began (`performance.now()`). Others
 * are served first: as long as more of them come with each turn of the event loop, but no longer than that slice took.
 */
export function giveWay(store: Store, began: number): Promise<void> {
  const now = performance.now();
  return whileMoreCome(() => store.asked, now + (now - began));
}
