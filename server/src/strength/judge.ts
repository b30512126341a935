import { Worker } from 'node:worker_threads';
import { refuse } from '../domain/errors.ts';
import { judgedCharacters, type Strength, strengthOf } from '../domain/strength.ts';

/** Judges passwords by zxcvbn in a thread of its own: one takes up to a quarter of a second, others must not wait. */
export type Judge = {
  judge(password: string): Promise<Strength>;
  close(): Promise<void>;
};

/** Longer than a pause of somebody who types one. What it holds is given back then; starting anew takes a tenth of a second. */
const restMilliseconds = 10_000;
/** What waits is some seconds of work: whoever asks for more must ask later, rather than make all others wait. */
const mostWaiting = 20;

/**
 * Nobody knows of a password that keeps zxcvbn busy for a second, or fills the thread's heap. What it has not judged within
 * these bounds is not poor, and the thread goes. Most of the heap is for the lists, where the tables are made of them.
 */
const bounds = { patienceMilliseconds: 10_000, heapMegabytes: 128 };
const beyondBounds = 3;

type Waiting = { password: string; resolve(score: number): void; reject(thrown: unknown): void };

/** The thread starts with the first password and ends after a while without one. */
export function startJudge({ patienceMilliseconds, heapMegabytes } = bounds): Judge {
  let worker: Worker | null = null;
  let rest: NodeJS.Timeout | undefined;
  let patience: NodeJS.Timeout | undefined;
  let next = 0;
  const waiting = new Map<number, Waiting>();

  const fail = (thrown: unknown) => {
    worker = null;
    for (const one of waiting.values()) one.reject(thrown);
    waiting.clear();
  };
  const start = (): Worker => {
    const started = new Worker(new URL('./judge-worker.ts', import.meta.url), {
      env: {},
      execArgv: ['--report-exclude-env'],
      stdout: true,
      stderr: true,
      // What is made in judging is garbage at once: with room for more of it the thread takes 10 MB more, and no less time.
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: 1 },
    });
    started.unref();
    started.on('message', ({ id, score }: { id: number; score: number }) => {
      waiting.get(id)?.resolve(score);
      waiting.delete(id);
      rest?.refresh();
      watch();
    });
    started.on('error', (thrown) => {
      if (worker !== started) return;
      // One that needs more than the thread may have is as one that takes too long.
      if ((thrown as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY') giveUp();
      else fail(thrown);
    });
    rest = setTimeout(() => void stop(), restMilliseconds);
    rest.unref();
    return started;
  };
  /** The first of those that wait is what the thread is at; a new thread goes on with the others. */
  const watch = () => {
    clearTimeout(patience);
    if (waiting.size > 0) patience = setTimeout(giveUp, patienceMilliseconds).unref();
  };
  const giveUp = () => {
    const stuck = worker;
    const [first] = waiting;
    if (first) {
      waiting.delete(first[0]);
      first[1].resolve(beyondBounds);
    }
    void stuck?.terminate();
    worker = waiting.size > 0 ? start() : null;
    for (const [id, { password }] of waiting) worker?.postMessage({ id, password });
    watch();
  };
  const stop = async () => {
    if (waiting.size > 0) return void rest?.refresh();
    const stopping = worker;
    worker = null;
    clearTimeout(rest);
    await stopping?.terminate();
  };

  return {
    async judge(password) {
      if (password === '') return 'undefined';
      if (waiting.size >= mostWaiting) refuse('too_many_requests', { retryAfterSeconds: 1 });
      worker ??= start();
      const id = next++;
      const sent = [...password].slice(0, judgedCharacters).join('');
      const judged = new Promise<number>((resolve, reject) => waiting.set(id, { password: sent, resolve, reject }));
      worker.postMessage({ id, password: sent });
      if (waiting.size === 1) watch();
      return strengthOf(await judged);
    },
    async close() {
      const stopping = worker;
      fail(new Error('the safe is closing'));
      clearTimeout(rest);
      clearTimeout(patience);
      await stopping?.terminate();
    },
  };
}
