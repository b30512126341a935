import { goOnImporting, type Progress } from '../actions/imports/go-on.ts';
import type { Safe } from '../actions/safe.ts';
import { systemContext } from '../actions/system-context.ts';

/** Another node may have been told of one, or been killed over it. */
const lookEvery = 5000;

/** Goes on with imports that are applied or undone: at the start, when one is wished, and every few seconds. */
export function startImporting(safe: Safe): { stop(): Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let isWished = false;

  async function run(): Promise<void> {
    let progress: Progress = 'more';
    while ((progress === 'more' || isWished) && !stopped) {
      isWished = false;
      progress = await goOnImporting(systemContext(safe));
      // Whatever came meanwhile has its turn before the next slice.
      await new Promise<void>((resume) => setImmediate(resume));
    }
  }

  function later(milliseconds: number): void {
    if (stopped || running !== null) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      // What failed is told by the log; it is tried again later.
      running = run()
        .catch(() => undefined)
        .finally(() => {
          running = null;
          later(lookEvery);
        });
    }, milliseconds);
    timer.unref();
  }

  safe.importWish.onMade(() => {
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
