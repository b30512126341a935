import { FileProblem } from './file-problem.ts';

/** The text of a file, without its byte order mark: UTF-8, or UTF-16 where a mark says so. Never a guess: it would change secrets. */
export function textOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    // UTF-16 without its mark is full of NUL, which no export holds.
    if (!text.includes('\0')) return text;
  } catch {
    // Told below.
  }
  throw new FileProblem('is not UTF-8; save it as UTF-8, or as Unicode text');
}

/** The value of a file that holds JSON. */
export function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(textOf(bytes));
  } catch (thrown) {
    throw thrown instanceof FileProblem ? thrown : new FileProblem('is not JSON');
  }
}

export type Json = Readonly<Record<string, unknown>>;

export function recordOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** What a foreign file holds as a text: null, nothing and lists of nothing are empty, what is no text is written out as JSON. */
export function plain(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value !== 'object') return String(value);
  return Object.keys(value).length === 0 ? '' : JSON.stringify(value);
}

/** Those that say something. */
export function saying(pairs: readonly (readonly [string, unknown])[]): [string, string][] {
  return pairs.map(([label, value]) => [label, plain(value)] as [string, string]).filter(([, value]) => value !== '');
}
