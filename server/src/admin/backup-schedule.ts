import { globSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { makeDueBackup } from '../actions/backup/make.ts';
import type { ProvenBackup } from '../actions/backup/record.ts';
import type { Safe } from '../actions/safe.ts';
import { readPassphrase } from '../root-key.ts';
import type { Settings } from '../settings.ts';
import { writeBackup } from './backup-file.ts';
import { contextOf, operate } from './operate.ts';

/** Under this name the audit tells of what the schedule does. */
const account = 'schedule';
const lookEvery = 60_000;

export type ProofTask = { path: string; passphrase: string; settings: Settings };
export type ProofResult = { proven: ProvenBackup } | { problem: string };

/**
 * Makes backups into the folder that the settings name, as often as they say, and removes the oldest. One that is
 * encrypted with a passphrase is proven at once, in a thread of its own. Does nothing without such a folder.
 */
export function startBackups(safe: Safe, settings: Settings): { stop(): Promise<void> } {
  const { backupDir } = settings;
  if (backupDir === null) return { stop: async () => undefined };
  const stopping = new AbortController();
  let round: Promise<void> | null = null;
  const look = () => {
    round ??= makeOne(safe, settings, backupDir, stopping.signal)
      .catch((thrown) => {
        if (!stopping.signal.aborted) safe.log.error({ err: thrown }, 'the backup failed');
      })
      .finally(() => {
        round = null;
      });
  };
  const timer = setInterval(look, lookEvery);
  timer.unref();
  look();
  return {
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await round;
    },
  };
}

async function makeOne(safe: Safe, settings: Settings, folder: string, signal: AbortSignal): Promise<void> {
  const lines = await makeDueBackup(contextOf(safe, account), settings.backupHours);
  if (lines === null) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = await lockOf(settings);
  const time = safe.clock().toISOString().replaceAll(':', '-').replace(/\.\d+/, '');
  const path = join(folder, `${namePrefix(safe)}${time}.age`);
  const written = await writeBackup(until(lines, signal), path, lock);
  const operator = operate(safe, account);
  await operator.run('backup.made', { ...written, isScheduled: true });
  safe.log.info({ path, bytes: written.bytes }, 'backup made');
  if ('passphrase' in lock) {
    const result = await proveInThread({ path, passphrase: lock.passphrase, settings }, signal);
    if ('problem' in result) {
      // The older ones stay: one of them may be the last that can be restored.
      safe.log.error({ path, problem: result.problem }, 'the backup does not prove');
      return;
    }
    await operator.run('backup.proven', result.proven);
    safe.log.info({ path }, 'backup proven');
  }
  removeOldest(folder, namePrefix(safe), settings.backupKeep);
}

async function lockOf({ backupRecipients, backupPassphraseFile }: Settings) {
  return backupPassphraseFile === null
    ? { recipients: backupRecipients }
    : { passphrase: await readPassphrase(backupPassphraseFile) };
}

/** Several safes may share a folder. */
function namePrefix(safe: Safe): string {
  return `arca-${safe.ring.safeId.slice(0, 8)}-`;
}

function removeOldest(folder: string, prefix: string, keep: number): void {
  const names = globSync(`${prefix}*Z.age`, { cwd: folder }).sort();
  for (const name of names.slice(0, Math.max(0, names.length - keep))) rmSync(join(folder, name));
}

async function* until<T>(lines: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  for await (const line of lines) {
    signal.throwIfAborted();
    yield line;
  }
}

/** Restoring is work that blocks: others are served meanwhile. */
function proveInThread(task: ProofTask, signal: AbortSignal): Promise<ProofResult> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./proof-worker.ts', import.meta.url), {
      execArgv: ['--report-exclude-env'],
      workerData: task,
    });
    const stop = () => void thread.terminate();
    signal.addEventListener('abort', stop);
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', () => {
      signal.removeEventListener('abort', stop);
      reject(new Error('the thread that proves a backup ended without an answer'));
    });
  });
}
