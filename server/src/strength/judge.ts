import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { judgedCharacters, type Strength, strengthOf } from '../domain/strength.ts';

/** Judges passwords by zxcvbn in a thread of its own: one takes up to a quarter of a second, others must not wait. */
export type Judge = {
  judge(password: string): Promise<Strength>;
  close(): Promise<void>;
};

const restMilliseconds = 60_000;

type Waiting = { resolve(score: number): void; reject(thrown: unknown): void };

/** The thread starts with the first password and rests after a minute without one: its dictionaries fill 30 MB. */
export function startJudge(): Judge {
  let worker: Worker | null = null;
  let rest: NodeJS.Timeout | undefined;
  let next = 0;
  const waiting = new Map<number, Waiting>();

  const fail = (thrown: unknown) => {
    worker = null;
    for (const one of waiting.values()) one.reject(thrown);
    waiting.clear();
  };
  const start = (): Worker => {
    const started = new Worker(join(import.meta.dirname, 'judge-worker.ts'), {
      env: {},
      execArgv: ['--report-exclude-env'],
      stdout: true,
      stderr: true,
    });
    started.unref();
    started.on('message', ({ id, score }: { id: number; score: number }) => {
      waiting.get(id)?.resolve(score);
      waiting.delete(id);
      rest?.refresh();
    });
    started.on('error', fail);
    rest = setTimeout(() => void stop(), restMilliseconds);
    rest.unref();
    return started;
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
      worker ??= start();
      const id = next++;
      const judged = new Promise<number>((resolve, reject) => waiting.set(id, { resolve, reject }));
      worker.postMessage({ id, password: [...password].slice(0, judgedCharacters).join('') });
      return strengthOf(await judged);
    },
    async close() {
      const stopping = worker;
      fail(new Error('the safe is closing'));
      clearTimeout(rest);
      await stopping?.terminate();
    },
  };
}
