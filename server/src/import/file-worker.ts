import { parentPort, workerData } from 'node:worker_threads';
import { FileProblem } from './file-problem.ts';
import { readFile, type SentFile } from './read-file.ts';
import { type WishedFile, writeFile } from './write-file.ts';

/** One piece of work, and then the thread ends: what it has seen of secrets goes with it. */
const piece = 500;

async function work(wish: { read: SentFile } | { write: WishedFile }): Promise<void> {
  if ('write' in wish) {
    const bytes = new Uint8Array(await writeFile(wish.write));
    parentPort?.postMessage({ bytes }, [bytes.buffer]);
    return;
  }
  const { format, records } = await readFile(wish.read);
  for (let at = 0; at < records.length; at += piece)
    parentPort?.postMessage({ records: records.slice(at, at + piece) });
  parentPort?.postMessage({ format });
}

work(workerData).catch((thrown: unknown) => {
  if ('write' in workerData) throw thrown;
  // Whatever a parser makes of a hostile file, it is the file's fault; its own words may hold a piece of it.
  const problem = thrown instanceof FileProblem ? thrown.message : 'cannot be read as what it seems to be';
  parentPort?.postMessage({ problem });
});
