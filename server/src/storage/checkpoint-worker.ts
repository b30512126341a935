import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

// Writes the WAL back into the database once a second on a connection of its own, so that no commit has to wait for it.
const database = new DatabaseSync((workerData as { path: string }).path, { timeout: 100 });
const timer = setInterval(() => {
  try {
    database.exec('pragma wal_checkpoint(passive)');
  } catch {
    // A full or broken disk shows at the next commit, which is told to its caller.
  }
}, 1000);

parentPort?.once('message', () => {
  clearInterval(timer);
  database.close();
  parentPort?.close();
});
