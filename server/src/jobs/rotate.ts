import type { Safe } from '../actions/safe.ts';
import { goOnRotating, type Progress } from '../actions/safe-keys/go-on.ts';
import { systemContext } from '../actions/system-context.ts';

/** Another node may have begun one. */
const lookEvery = 5000;
const soon = 100;

/** Goes on with a rotation of keys that is under way, at the start, when one is begun, and every few seconds. */
export function startRotating(safe: Safe): { stop(): Promise<void> } {
  const waited = new Map<number, number>();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let isWished = false;

  async function run(): Promise<void> {
    let progress: Progress = 'more';
    isWished = false;
    while (progress === 'more' && !stopped) {
      progress = await goOnRotating(systemContext(safe), waited);
      // Whatever came meanwhile has its turn before the next slice.
      await new Promise<void>((resume) => setImmediate(resume));
    }
    later(progress === 'idle' && !isWished ? lookEvery : soon);
  }

  function later(milliseconds: number): void {
    if (stopped) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (running !== null) return;
      // What failed is told by the log; it is tried again later.
      running = run()
        .catch(() => later(lookEvery))
        .finally(() => {
          running = null;
        });
    }, milliseconds);
    timer.unref();
  }

  safe.rotationWish.onMade(() => {
    isWished = true;
    later(0);
  });
  later(0);
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
