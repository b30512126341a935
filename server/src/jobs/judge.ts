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
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const later = (milliseconds: number) => {
    if (stopped || timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      // What failed is told by the log; whatever is left is tried again later.
      running = judgePasswords(systemContext(safe)).then(
        (count) => {
          if (count !== 0) later(count === null ? nextTurn : 0);
        },
        () => later(retry),
      );
    }, milliseconds);
    timer.unref();
  };
  safe.passwords.onChange(() => later(soon));
  later(soon);
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
