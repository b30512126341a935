import { closeSync, constants, openSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { SettingProblem } from '../settings.ts';

/** A spelling of the socket's path, good until it is released. */
export type SocketPath = { path: string; release(): void };

// Linux takes 107 bytes, others 103.
const longest = 100;

/**
 * The socket of commands in a data folder, in a spelling that the system takes. Throws a SettingProblem when there is
 * none, and the system's error when the folder cannot be opened.
 */
export function socketPath(dataDir: string): SocketPath {
  const whole = resolve(dataDir, 'arca.sock');
  const fromHere = relative(process.cwd(), whole);
  const shorter = [whole, fromHere].find((path) => Buffer.byteLength(path) <= longest);
  if (shorter !== undefined) return { path: shorter, release: () => undefined };
  if (process.platform !== 'linux') {
    throw new SettingProblem(`ARCA_DATA_DIR is too long a path for the command socket: at most ${longest - 10} bytes.`);
  }
  const folder = openSync(dataDir, constants.O_RDONLY | constants.O_DIRECTORY);
  return { path: join('/proc/self/fd', String(folder), 'arca.sock'), release: () => closeSync(folder) };
}
