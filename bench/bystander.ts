import { setTimeout as sleep } from 'node:timers/promises';
import { play, type Request } from './load.ts';

const pause = 10;

/** One caller who asks every few milliseconds while other work is done. `stop` gives the time that 99 of 100 answers took. */
export function startBystander(url: string, requests: readonly Request[]): { stop(): Promise<number> } {
  const took: number[] = [];
  let isStopping = false;
  const asking = (async () => {
    while (!isStopping) {
      const request = requests[Math.floor(Math.random() * requests.length)] as Request;
      const from = performance.now();
      await play(request, url);
      took.push(performance.now() - from);
      await sleep(pause);
    }
  })();
  return {
    async stop() {
      isStopping = true;
      await asking;
      if (took.length === 0) throw new Error('nobody asked meanwhile');
      return took.toSorted((a, b) => a - b)[Math.floor(took.length * 0.99)] as number;
    },
  };
}
