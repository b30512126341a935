import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs a command and gives what it says when it fails, or null. */
export function failureOf(command: string, ...words: string[]): string | null {
  const { status, stderr, error } = spawnSync(command, words, { encoding: 'utf8' });
  return status === 0 ? null : (error?.message ?? stderr.trim());
}

export type Mount = { folder: string; remove(): void };

/** A file system of its own in a new folder, or why there can be none: only root may mount, and not everywhere. */
export function mounted(...words: string[]): Mount | string {
  const folder = mkdtempSync(join(tmpdir(), 'arca-mount-'));
  const failure = process.getuid?.() === 0 ? failureOf('mount', ...words, folder) : 'only root can mount';
  if (failure !== null) {
    rmSync(folder, { recursive: true });
    return failure;
  }
  return {
    folder,
    remove() {
      // Once for each time that something was mounted there.
      while (failureOf('umount', '-l', folder) === null);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
