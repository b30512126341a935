import type { Waiter } from '../domain/turns.ts';
import { storeClock } from '../storage/store-clock.ts';
import type { Safe } from './safe.ts';

const mostSkew = 2000;
// Anybody may ask: he must not take the turns of the safe's own work.
const asker: Waiter = { party: 'ready', isKnown: true };

/** Why the safe cannot serve right now, in words for the operator; empty when it can. The log has each cause whole. */
export async function checkReady(safe: Safe): Promise<string[]> {
  try {
    const theirs = await safe.store.read(storeClock, asker);
    const skew = theirs === null ? 0 : Math.abs(theirs - safe.clock().getTime());
    if (skew > mostSkew) return [`the clock of this host is ${skew} ms off the store's`];
  } catch (thrown) {
    return [tell(safe, 'the store does not answer', thrown)];
  }
  try {
    // Nothing is revealed that cannot be recorded: a store that can only be read serves nobody.
    await beginChange(safe);
    return [];
  } catch (thrown) {
    return [tell(safe, 'the store takes no changes', thrown)];
  }
}

/** A turn of the pump that changes nothing: it begins a transaction, and a lane where the last one broke. */
function beginChange({ store }: Safe): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const run = async () => undefined;
    store.submit({ run, refused: () => undefined, resolve, reject, by: asker, queuedAt: performance.now(), tries: 0 });
  });
}

/** The kind of cause alone: who asks may be anyone, and what a driver says may name hosts, users and files. */
function tell(safe: Safe, what: string, thrown: unknown): string {
  const { message } = thrown as Error;
  safe.log.warn({ cause: message }, `not ready: ${what}`);
  return `${what}: ${message.split(':')[0]?.trim()}`;
}
