import { Worker } from 'node:worker_threads';
import type { ReadRecord } from '../domain/import.ts';
import { FileProblem } from './file-problem.ts';
import type { ReadFile, SentFile } from './read-file.ts';
import type { WishedFile } from './write-file.ts';

/** Reads foreign files and writes exports in threads of their own, which have no key, no environment and an end. */
export type FileThreads = {
  /** Throws FileProblem for a file that cannot be read. */
  read(file: SentFile): Promise<ReadFile>;
  write(wished: WishedFile): Promise<Uint8Array>;
  close(): Promise<void>;
};

type Told = { records?: ReadRecord[]; format?: ReadFile['format']; bytes?: Uint8Array; problem?: string };

const mostSeconds = 60;
const heapMegabytes = 512;
// Buffers are outside of the heap that a thread can be limited to: all of the process's memory is watched instead.
const mostGrowth = 1024 * 1024 * 1024;
const watchMilliseconds = 50;
const mostAtOnce = 2;

export function startFileThreads(): FileThreads {
  const running = new Set<Worker>();
  const waiting: (() => void)[] = [];

  async function run(wish: object, hear: (told: Told) => void): Promise<void> {
    // A turn is handed on by who ends, so that nobody comes between.
    if (running.size + waiting.length >= mostAtOnce) await new Promise<void>((resume) => waiting.push(resume));
    const worker = new Worker(new URL('./file-worker.ts', import.meta.url), {
      workerData: wish,
      env: {},
      execArgv: ['--report-exclude-env'],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: 64 },
    });
    running.add(worker);
    const before = process.memoryUsage.rss();
    const until = performance.now() + mostSeconds * 1000;
    try {
      await new Promise<void>((resolve, reject) => {
        const watch = setInterval(() => {
          if (performance.now() > until) stop(`takes longer than ${mostSeconds} seconds to read`);
          else if (process.memoryUsage.rss() - before > mostGrowth) stop('takes too much memory to read');
        }, watchMilliseconds);
        const stop = (why: string): void => {
          reject(new FileProblem(why));
          void worker.terminate();
        };
        worker.on('message', (told: Told) => {
          if (told.problem === undefined) hear(told);
          else reject(new FileProblem(told.problem));
        });
        worker.on('error', (thrown: NodeJS.ErrnoException) => {
          reject(
            thrown.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new FileProblem('takes too much memory to read') : thrown,
          );
        });
        worker.on('exit', () => {
          clearInterval(watch);
          resolve();
        });
      });
    } finally {
      running.delete(worker);
      waiting.shift()?.();
    }
  }

  return {
    async read(file) {
      const records: ReadRecord[] = [];
      let format: ReadFile['format'] | undefined;
      await run({ read: file }, (told) => {
        for (const record of told.records ?? []) records.push(record);
        format = told.format ?? format;
      });
      if (format === undefined) throw new FileProblem('could not be read');
      return { format, records };
    },
    async write(wished) {
      let bytes: Uint8Array | undefined;
      await run({ write: wished }, (told) => {
        bytes = told.bytes ?? bytes;
      });
      if (bytes === undefined) throw new Error('an export could not be written');
      return bytes;
    },
    async close() {
      await Promise.all([...running].map((worker) => worker.terminate()));
    },
  };
}
