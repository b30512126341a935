import { Worker } from 'node:worker_threads';
import { openSqlite } from './sqlite.ts';

/** Checkpoints the embedded store from a worker until stopped; stopping waits for the whole WAL to be written back. */
export function startCheckpoints(path: string): { stop(): Promise<void> } {
  const worker = new Worker(new URL('./checkpoint-worker.ts', import.meta.url), {
    execArgv: ['--report-exclude-env'],
    workerData: { path },
    // It holds two statements and a timer: what Node gives a thread beside that would be memory for nothing.
    resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 1 },
  });
  worker.unref();
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  return {
    async stop() {
      // Unwatched while it works, it must be waited for when it stops.
      worker.ref();
      worker.postMessage('stop');
      await ended;
      try {
        const last = openSqlite(path, 'write', 1000);
        try {
          await last.exec('pragma wal_checkpoint(truncate)');
        } finally {
          await last.close();
        }
      } catch {
        // On a full, read-only or broken disk the WAL stays as it is, and the next start goes on from it.
      }
    },
  };
}
