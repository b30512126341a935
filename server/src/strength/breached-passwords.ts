import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { SettingProblem } from '../setting-readers.ts';

/** A local list of passwords that were in breaches, in the form of "Pwned Passwords". */
export type BreachedPasswords = { has(password: string): Promise<boolean>; close(): Promise<void> };

const line = /^([0-9A-F]{40}):\d{1,12}$/i;
/** Longer than two lines, so that wherever a read begins it holds a whole one. */
const window = 256;
/** Places at which the order is looked at when the file is opened: one that is sorted otherwise fits at none of them. */
const places = 128;

const none: BreachedPasswords = { has: async () => false, close: async () => undefined };

/**
 * Opens a file of lines `SHA-1 in hex:count`, sorted by the hash; null is none. The list of all is 40 GB: each look-up reads
 * some 30 places of it, and nothing is kept. Throws a SettingProblem for another file, and what opening throws.
 */
export async function openBreachedPasswords(path: string | null): Promise<BreachedPasswords> {
  if (path === null) return none;
  const file = await open(path, 'r');
  try {
    const about = await file.stat();
    if (!about.isFile()) throw unfit(path, 'is no file');
    await mustBeSorted(file, about.size, path);
    return {
      has: (password) => isListed(file, about.size, path, hashOf(password)),
      close: () => file.close(),
    };
  } catch (thrown) {
    await file.close();
    throw thrown;
  }
}

function hashOf(password: string): string {
  return createHash('sha1').update(password).digest('hex').toUpperCase();
}

async function isListed(file: FileHandle, size: number, path: string, sought: string): Promise<boolean> {
  // Lines that begin before `from` are smaller; none that begins at `to` or later is the one.
  let [from, to] = [0, size];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    const found = await lineFrom(file, middle, path);
    if (found === null || found.start >= to) to = middle;
    else if (found.hash === sought) return true;
    else if (found.hash < sought) from = found.end;
    else to = middle;
  }
  return false;
}

type Line = { hash: string; start: number; end: number };

/** The first line that begins at this byte or later; null where none does. */
async function lineFrom(file: FileHandle, at: number, path: string): Promise<Line | null> {
  // One byte earlier, which ends the line before where a line begins right here.
  const begin = Math.max(0, at - 1);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(window), 0, window, begin);
  const text = buffer.toString('latin1', 0, bytesRead);
  const skipped = at === 0 ? 0 : text.indexOf('\n') + 1;
  if (at > 0 && skipped === 0) {
    if (bytesRead === window) throw unfit(path, wrongForm);
    return null;
  }
  if (skipped === bytesRead) return null;
  const ended = text.indexOf('\n', skipped);
  const end = ended === -1 ? bytesRead : ended;
  const hash = line.exec(text.slice(skipped, end).trimEnd())?.[1];
  if (hash === undefined) throw unfit(path, wrongForm);
  return { hash: hash.toUpperCase(), start: begin + skipped, end: begin + end + 1 };
}

async function mustBeSorted(file: FileHandle, size: number, path: string): Promise<void> {
  let last: Line | null = null;
  for (let place = 0; place < places; place += 1) {
    const found = await lineFrom(file, Math.floor((size * place) / places), path);
    if (found === null || found.start === last?.start) continue;
    if (last !== null && found.hash <= last.hash) throw unfit(path, 'is not sorted by hash');
    last = found;
  }
  if (last === null) throw unfit(path, wrongForm);
}

const wrongForm = 'does not hold lines of a SHA-1 in hex, a colon and a count';

function unfit(path: string, why: string): SettingProblem {
  return new SettingProblem(`ARCA_BREACHED_PASSWORDS names ${path}, which ${why}.`);
}
