import type { Store } from '../storage/store.ts';
import { whileMoreCome } from '../storage/while-more-come.ts';

/** In ms, longer than it takes to accept a hundred. */
const longestAccepting = 20;

/**
 * To be awaited between two slices of long work, with the time at which the last one began (`performance.now()`). Others
 * are served first: as long as more of them ask with each turn of the event loop, but no longer than that slice took.
 * A turn accepts one connection: whoever connects with many at once must not wait for as many slices.
 */
export async function giveWay(store: Store, began: number): Promise<void> {
  const took = performance.now() - began;
  await whileMoreCome(() => store.accepted, performance.now() + longestAccepting);
  await whileMoreCome(() => store.asked, performance.now() + took);
}
