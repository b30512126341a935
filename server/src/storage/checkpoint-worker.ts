import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

// Writes the WAL back into the database on a connection of its own, so that no commit has to wait for it.
const database = new DatabaseSync((workerData as { path: string }).path, { timeout: 200 });
const passive = database.prepare('pragma wal_checkpoint(passive)');
const restart = database.prepare('pragma wal_checkpoint(restart)');
const every = 250;
const mostPages = 4096;

// Under steady writing a passive one never meets the end of the WAL, which then grows without end. Past a size writers
// wait for the moment that it takes to write back what came meanwhile, and the WAL begins anew.
const timer = setInterval(() => {
  try {
    const { log } = passive.get() as { log: number };
    if (log > mostPages) restart.get();
  } catch {
    // A full or broken disk shows at the next commit, which is told to its caller.
  }
}, every);

parentPort?.once('message', () => {
  clearInterval(timer);
  database.close();
  parentPort?.close();
});
