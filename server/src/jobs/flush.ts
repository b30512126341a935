import { collectBlobs } from '../actions/files/collect.ts';
import { flushTallies } from '../actions/flush-tallies.ts';
import type { Safe } from '../actions/safe.ts';
import { tendSafeKeys } from '../actions/safe-keys/tend.ts';
import { systemContext } from '../actions/system-context.ts';
import { tidy } from '../actions/tidy.ts';

const flushEvery = 15_000;
const tidyEvery = 3_600_000;

/** Writes uses and counted refusals to the store every 15 seconds and tidies it, its keys and its files every hour, until stopped. */
export function startFlushing(safe: Safe): () => void {
  // What could not be done is told by the log; the next round starts afresh.
  const timers = [
    setInterval(() => flushTallies(systemContext(safe), false).catch(() => undefined), flushEvery),
    setInterval(() => tidy(systemContext(safe)).catch(() => undefined), tidyEvery),
    setInterval(() => collectBlobs(systemContext(safe)).catch(() => undefined), tidyEvery),
    setInterval(() => tendSafeKeys(systemContext(safe)).catch(() => undefined), tidyEvery),
  ];
  for (const timer of timers) timer.unref();
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}
