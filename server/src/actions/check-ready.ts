import { storeClock } from '../storage/store-clock.ts';
import type { Safe } from './safe.ts';

const mostSkew = 2000;

/** Why the safe cannot serve right now, in words for the operator; empty when it can. */
export async function checkReady(safe: Safe): Promise<string[]> {
  try {
    const theirs = await safe.store.read(storeClock);
    const skew = theirs === null ? 0 : Math.abs(theirs - safe.clock().getTime());
    return skew > mostSkew ? [`the clock of this host is ${skew} ms off the store's`] : [];
  } catch (thrown) {
    return [`the store does not answer: ${(thrown as Error).message}`];
  }
}
