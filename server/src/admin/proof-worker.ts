// Proves one backup and ends. Its own thread: see backup-schedule.ts.

import { parentPort, workerData } from 'node:worker_threads';
import type { ProofResult, ProofTask } from './backup-schedule.ts';
import { proveBackup } from './prove-backup.ts';

const { path, passphrase, settings } = workerData as ProofTask;

let result: ProofResult;
try {
  result = { proven: await proveBackup(path, { passphrase }, settings) };
} catch (thrown) {
  result = { problem: thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown) };
}
parentPort?.postMessage(result);
