import { execFileSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem, type } from 'node:os';

/** The machine as far as figures depend on it; nothing that tells whose it is. */
export type Machine = {
  cpu: string;
  cores: number;
  memoryGigabytes: number;
  system: string;
  node: string;
  wrk: string;
  /** Load average of the minute before: above zero, others were at work too. */
  loadBefore: number;
};

export function describeMachine(wrk: string): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 1024 ** 3),
    system: `${type()} ${release()}`,
    node: process.version,
    wrk,
    loadBefore: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  };
}

/** The commit that is measured, with `-changed` when the tree is not as it was committed. */
export function commitOf(root: string): string {
  try {
    const git = (...texts: string[]) => execFileSync('git', texts, { cwd: root, encoding: 'utf8' }).trim();
    const changed = git('status', '--porcelain', '--', 'server', 'package-lock.json') !== '';
    return git('rev-parse', '--short=10', 'HEAD') + (changed ? '-changed' : '');
  } catch {
    return 'unknown';
  }
}
