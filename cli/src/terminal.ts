import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { Problem } from './problem.ts';

// A pipe that was closed is told to whoever writes, by its callback; without a listener it would end the process.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

/** Writes text to stdout as it is; settles when it was taken, so that a slow reader slows the writer. */
export function write(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(unwritable(error)) : resolve()));
  });
}

/** Bytes that were asked for, as they are, to a file or program. */
export function writeBytes(bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(bytes, (error) => (error ? reject(unwritable(error)) : resolve()));
  });
}

export function stdoutIsTerminal(): boolean {
  return process.stdout.isTTY === true;
}

/**
 * A value that was asked for and nothing else on stdout: byte for byte to a file or program; on a terminal without
 * characters that it obeys, but for line breaks and tabs.
 */
export function writeValue(text: string, end: '' | '\n' = '\n'): Promise<void> {
  const shown =
    process.stdout.isTTY === true ? text.split(/([\n\t])/).map((part, at) => (at % 2 ? part : plain(part))) : [text];
  return write(`${shown.join('')}${end}`);
}

/** A value as one line of JSON on stdout, without characters that a terminal obeys. */
export function writeJson(value: unknown): Promise<void> {
  return write(`${JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029]/g, escapeUnit)}\n`);
}

/** Rows below their headings on stdout, in columns. */
export function writeTable(headings: readonly string[], rows: readonly (readonly string[])[]): Promise<void> {
  const lines = [headings, ...rows.map((row) => row.map(plain))];
  const widths = headings.map((_, at) => Math.max(...lines.map((line) => [...(line[at] ?? '')].length)));
  const padded = lines.map((line) => line.map((cell, at) => cell + ' '.repeat((widths[at] ?? 0) - [...cell].length)));
  return write(padded.map((cells) => `${cells.join('  ').trimEnd()}\n`).join(''));
}

/** A line for people, on stderr. */
export function say(line: string): void {
  process.stderr.write(`${line.split('\n').map(plain).join('\n')}\n`);
}

/** How far something has come, on a line of stderr that the next one takes the place of; nothing where nobody looks. */
export function sayProgress(line: string): void {
  if (process.stderr.isTTY === true) process.stderr.write(`\r\u001b[2K${plain(line)}`);
}

/** Text that came from others, for a terminal: control characters and those that turn text around are spelt out. */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/gu, escapeUnit);
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function unwritable(error: NodeJS.ErrnoException): Problem {
  // Whoever read has enough: no fault to speak of, but what was asked for was not all told.
  if (error.code === 'EPIPE') return new Problem('pipeClosed', '');
  return new Problem('refused', `The output could not be written (${error.code ?? error.message}).`);
}

/** Where a program that is started writes, when what it writes passes through here. */
export const ownOutputs = [process.stdout, process.stderr] as const;

export function stdinIsTerminal(): boolean {
  return process.stdin.isTTY === true;
}

export function readStdin(): AsyncIterable<Uint8Array> {
  return process.stdin;
}

/** Asks for a line that the terminal does not show. */
export async function askHidden(question: string): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const asking = createInterface({ input: process.stdin, output: silent, terminal: true, historySize: 0 });
  // Only now, when the terminal no longer shows what is typed.
  process.stderr.write(question);
  try {
    return await new Promise<string>((resolve, reject) => {
      asking.once('line', resolve);
      asking.once('SIGINT', () => reject(new Problem('interrupted', '')));
      asking.once('close', () => reject(new Problem('refused', 'No password was given.')));
    });
  } finally {
    asking.close();
    process.stderr.write('\n');
  }
}
