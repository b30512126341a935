import { type MadeAnchor, makeAnchor } from '../actions/audit/make-anchor.ts';
import type { Safe } from '../actions/safe.ts';
import type { Receiver } from './stream/receiver.ts';
import { causeOf } from './stream/stream-audit.ts';

/** Anchors the audit outside the store every so many seconds, and once more when stopped: in the file, and with receivers. */
export function startAnchoring(safe: Safe, seconds: number, receivers: readonly Receiver[]): { stop(): Promise<void> } {
  let last: MadeAnchor | null = null;
  let isFailing = false;
  let running: Promise<void> = Promise.resolve();

  async function anchor(): Promise<void> {
    try {
      const made = await makeAnchor(safe, last);
      if (!made) return;
      const places = [safe.anchors.append(made.line), ...receivers.map((receiver) => receiver.sendAnchor(made.line))];
      // One place that fails keeps it from no other; the next time all get the anchor of then.
      for (const one of await Promise.allSettled(places)) if (one.status === 'rejected') throw one.reason;
      last = made;
      isFailing = false;
      safe.tallies.anchoredAt = made.at;
    } catch (thrown) {
      safe.tallies.anchorFailures += 1;
      if (!isFailing) safe.log.error({ cause: causeOf(thrown) }, 'the audit could not be anchored outside the store');
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
