import { judgePasswords } from '../actions/items/judge-passwords.ts';
import type { Safe } from '../actions/safe.ts';
import { systemContext } from '../actions/system-context.ts';

const soon = 500;
const retry = 60_000;
/** Another node judges now, and may be gone before it has done all. */
const nextTurn = 5_000;

/** Judges new passwords shortly after they were saved, and at the start those that were left. Runs until stopped. */
export function startJudging(safe: Safe): { stop(): Promise<void> } {
  let stopped = false;
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let changedAt = 0;
  let begunAt = 0;
  let after = 0;

  /** How long to wait for the next piece of the walk over all of them; null when it has come to its end. */
  async function judgeNext(): Promise<number | null> {
    if (after === 0) begunAt = performance.now();
    const done = await judgePasswords(systemContext(safe), after);
    if (done === null) return nextTurn;
    after = done.next ?? 0;
    if (done.next !== null) return 0;
    // What is told while it is saved may have been stored behind the walk.
    return changedAt > begunAt - soon ? soon : null;
  }
  const later = (milliseconds: number) => {
    if (stopped || timer || running) return;
    timer = setTimeout(() => {
      timer = undefined;
      // What failed is told by the log; whatever is left is tried again later.
      running = judgeNext()
        .catch(() => retry)
        .then((rest) => {
          running = null;
          if (rest !== null) later(rest);
        });
    }, milliseconds);
    timer.unref();
  };
  safe.passwords.onChange(() => {
    changedAt = performance.now();
    later(soon);
  });
  later(soon);
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
