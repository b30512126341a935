import type { LaneTelling } from '../actions/audit/tell-lanes.ts';

/** So many times as often the audit is anchored: an anchor leaves the store, this stays in it and is kept. */
const anchorsBetween = 10;

/** Lets the audit tell of its own lanes every so often, until stopped. */
export function startTellingLanes(telling: LaneTelling, anchorSeconds: number): () => void {
  let isRunning = false;
  const timer = setInterval(
    () => {
      if (isRunning) return;
      isRunning = true;
      // The log has the cause, and the next time tells of this one too.
      telling
        .again()
        .catch(() => undefined)
        .finally(() => {
          isRunning = false;
        });
    },
    anchorSeconds * anchorsBetween * 1000,
  );
  timer.unref();
  return () => clearInterval(timer);
}
