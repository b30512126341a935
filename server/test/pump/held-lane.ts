import { house } from '../../src/domain/turns.ts';
import type { Serving } from '../../src/main.ts';
import type { Job } from '../../src/storage/write-lane.ts';

export type Held = {
  /** Lets the lane go on; gives what became of the job that held it. */
  letGo(): Promise<unknown>;
};

/** A job of the pump as an action would queue it. */
export function jobOf(run: Job['run']): { job: Job; done: Promise<unknown> } {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const job: Job = { run, refused: () => undefined, resolve, reject, by: house, queuedAt: performance.now(), tries: 0 };
  return { job, done: promise };
}

/**
 * Keeps the one lane of a safe busy inside a transaction, so that everything that comes meanwhile queues and shares the
 * next one. Gives control back once the lane is held.
 */
export async function holdLane({ safe }: Serving, run: Job['run'] = async () => undefined): Promise<Held> {
  const entered = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const { job, done } = jobOf(async (tx) => {
    const value = await run(tx);
    entered.resolve();
    await released.promise;
    return value;
  });
  safe.store.submit(job);
  await entered.promise;
  return {
    letGo() {
      released.resolve();
      return done;
    },
  };
}

/** Until so many jobs wait for a transaction. */
export async function untilWaiting({ safe }: Serving, jobs: number): Promise<void> {
  while (safe.store.waiting < jobs) await new Promise((resolve) => setImmediate(resolve));
}
