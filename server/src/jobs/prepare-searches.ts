import { peopleLately, prepareSearch } from '../actions/items/prepare-search.ts';
import type { Safe } from '../actions/safe.ts';
import { systemContext } from '../actions/system-context.ts';

const rest = 10 * 60 * 1000; // in ms: what changes meanwhile is opened by the search itself

/**
 * Opens what people who are there may search next, one person after the other: at the start for those whose screens
 * were open, later for whoever looks at a list. A first search would else open thousands of items. Runs until stopped.
 */
export function startPreparingSearches(safe: Safe): { stop(): Promise<void> } {
  const waiting = new Set<number>();
  const prepared = new Map<number, number>();
  const stopping = new AbortController();
  let running: Promise<void> | null = null;

  async function work(): Promise<void> {
    for (const userId of waiting) {
      if (stopping.signal.aborted) return;
      waiting.delete(userId);
      prepared.set(userId, performance.now());
      await prepareSearch(systemContext(safe), userId, stopping.signal);
    }
  }
  const start = () => {
    if (running || stopping.signal.aborted) return;
    // What failed is told by the log; a search opens by itself what was not prepared.
    running = work()
      .catch(() => {})
      .finally(() => {
        running = null;
        if (waiting.size > 0) start();
      });
  };
  const expect = (userId: number) => {
    const last = prepared.get(userId);
    if (last !== undefined && performance.now() - last < rest) return;
    waiting.add(userId);
    start();
  };
  safe.searchWish.onExpected(expect);
  peopleLately(systemContext(safe)).then(
    (people) => people.forEach(expect),
    () => {},
  );
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
