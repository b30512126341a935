import { type MadeAnchor, makeAnchor } from '../actions/audit/make-anchor.ts';
import type { Safe } from '../actions/safe.ts';

/** Anchors the audit outside the store every so many seconds, and once more when stopped. */
export function startAnchoring(safe: Safe, seconds: number): { stop(): Promise<void> } {
  let last: MadeAnchor | null = null;
  let isFailing = false;
  let running: Promise<void> = Promise.resolve();

  async function anchor(): Promise<void> {
    try {
      const made = await makeAnchor(safe, last);
      if (!made) return;
      await safe.anchors.append(made.line);
      last = made;
      isFailing = false;
    } catch (thrown) {
      const { code = 'unknown' } = thrown as { code?: string };
      if (!isFailing) safe.log.error({ cause: code }, 'the audit could not be anchored outside the store');
      isFailing = true;
    }
  }
  const next = (): void => {
    running = running.then(anchor);
  };
  const timer = setInterval(next, seconds * 1000);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      next();
      await running;
    },
  };
}
