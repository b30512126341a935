import { flushTallies } from '../actions/flush-tallies.ts';
import type { Safe } from '../actions/safe.ts';
import { systemContext } from '../actions/system-context.ts';

const every = 15_000;

/** Writes uses and counted refusals to the store every 15 seconds until stopped. */
export function startFlushing(safe: Safe): () => void {
  const timer = setInterval(() => {
    // What could not be written is told by the log; the next round starts afresh.
    flushTallies(systemContext(safe), false).catch(() => undefined);
  }, every);
  timer.unref();
  return () => clearInterval(timer);
}
