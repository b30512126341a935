import { spawn } from 'node:child_process';
import { argon2, createHash, randomBytes } from 'node:crypto';
import { type FileHandle, link, open, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Where the root key comes from. `path` is a file of mode 0600 or tighter; `salt` is a text that is the safe's own, like
 * its id; `command` prints the key and is run by /bin/sh.
 */
export type RootKeySource =
  | { kind: 'file'; path: string; mayCreate: boolean }
  | { kind: 'value'; base64: string }
  | { kind: 'passphrase-file'; path: string; salt: string }
  | { kind: 'command'; command: string };

/** The root key cannot be had. The message is one plain sentence for the operator and never holds a value. */
export class RootKeyProblem extends Error {
  override name = 'RootKeyProblem';
  /** Whether it is the one that is to replace the present one. */
  readonly isNext: boolean;

  constructor(sentence: string, isNext = false) {
    super(sentence);
    this.isNext = isNext;
  }
}

const KEY_BYTES = 32;
const LONGEST_FILE = 4096;
const LONGEST_OUTPUT = 4096;
const COMMAND_LIMIT_MS = 30_000;
const SHORTEST_PASSPHRASE = 12;
// Memory in KiB. Paid once per start, so it may cost more than a sign-in.
const PASSPHRASE_COST = { memory: 64 * 1024, passes: 3, parallelism: 1 };

/** The 32 bytes. Throws RootKeyProblem. */
export async function readRootKey(source: RootKeySource): Promise<Uint8Array> {
  switch (source.kind) {
    case 'file':
      return readKeyFile(source.path, source.mayCreate);
    case 'value':
      return decodeKey(source.base64, 'The root key value');
    case 'passphrase-file':
      return derivePassphraseKey(source.path, source.salt);
    case 'command':
      return decodeKey(await runCommand(source.command), 'What the root key command printed');
  }
}

async function readKeyFile(path: string, mayCreate: boolean): Promise<Uint8Array> {
  const content = (await readPrivateFile(path)) ?? (mayCreate ? await createKeyFile(path) : null);
  if (!content) throw new RootKeyProblem(`There is no root key file at ${path}.`);
  if (content.length === KEY_BYTES) return content;
  return decodeKey(content.toString('latin1'), `The root key file ${path}`);
}

/** The file's bytes, or null when there is none. Refuses a file that others may read or write. */
async function readPrivateFile(path: string): Promise<Buffer | null> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw new RootKeyProblem(`The file ${path} cannot be opened (${codeOf(error)}).`);
  }
  try {
    const { mode, size } = await file.stat();
    if ((mode & 0o077) !== 0) {
      throw new RootKeyProblem(`The file ${path} must be closed to group and others (chmod 600).`);
    }
    if (size > LONGEST_FILE) throw new RootKeyProblem(`The file ${path} is too long to hold a root key.`);
    return await file.readFile();
  } catch (error) {
    if (error instanceof RootKeyProblem) throw error;
    throw new RootKeyProblem(`The file ${path} cannot be read (${codeOf(error)}).`);
  } finally {
    await file.close();
  }
}

/** Makes the file whole or not at all: a crash in between must not leave an empty key that the next start trips over. */
async function createKeyFile(path: string): Promise<Buffer | null> {
  const content = Buffer.from(`${randomBytes(KEY_BYTES).toString('base64')}\n`);
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await writeSynced(draft, content);
    try {
      // Unlike rename, link never replaces a key that another process made meanwhile.
      await link(draft, path);
    } finally {
      await unlink(draft);
    }
    await syncFolder(dirname(path));
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return readPrivateFile(path);
    throw new RootKeyProblem(`The root key file ${path} cannot be made (${codeOf(error)}).`);
  }
  return content;
}

async function writeSynced(path: string, content: Buffer): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function decodeKey(text: string, what: string): Uint8Array {
  const trimmed = text.replace(/\r?\n$/, '');
  const key = Buffer.from(trimmed, 'base64');
  // Node skips what is not base64, so the way back must give the same text.
  if (key.length !== KEY_BYTES || key.toString('base64') !== trimmed) {
    throw new RootKeyProblem(`${what} must be 32 bytes in base64, which is 44 characters ending in "=".`);
  }
  return key;
}

/** The passphrase in a file of mode 0600. Throws RootKeyProblem. */
export async function readPassphrase(path: string): Promise<string> {
  const content = await readPrivateFile(path);
  if (!content) throw new RootKeyProblem(`There is no passphrase file at ${path}.`);
  const passphrase = content
    .toString('utf8')
    .replace(/\r?\n$/, '')
    .normalize('NFC');
  if (Buffer.byteLength(passphrase) < SHORTEST_PASSPHRASE) {
    throw new RootKeyProblem(`The passphrase in ${path} must have at least ${SHORTEST_PASSPHRASE} bytes.`);
  }
  return passphrase;
}

async function derivePassphraseKey(path: string, salt: string): Promise<Uint8Array> {
  const message = Buffer.from(await readPassphrase(path));
  const nonce = createHash('sha256').update('arca root key passphrase 1\0').update(salt).digest();
  return new Promise((resolve, reject) => {
    argon2('argon2id', { message, nonce, tagLength: KEY_BYTES, ...PASSPHRASE_COST }, (error, key) => {
      if (error) reject(new RootKeyProblem('The root key could not be derived from its passphrase.'));
      else resolve(key);
    });
  });
}

/** What the command printed. Its errors are not passed on: they may quote the key. */
function runCommand(command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    // A group of its own, so that the limit also ends what the shell started.
    const child = spawn('/bin/sh', ['-c', command], { stdio: ['ignore', 'pipe', 'ignore'], detached: true });
    const stop = (sentence: string) => {
      reject(new RootKeyProblem(sentence));
      if (child.pid) killGroup(child.pid);
      child.stdout.destroy();
    };
    const timer = setTimeout(() => stop('The root key command took longer than 30 seconds.'), COMMAND_LIMIT_MS);
    let output = '';
    child.stdout.setEncoding('latin1').on('data', (piece: string) => {
      output += piece;
      if (output.length > LONGEST_OUTPUT) stop('The root key command printed more than a key.');
    });
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(new RootKeyProblem(`The root key command cannot be started (${codeOf(error)}).`));
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(output);
      else reject(new RootKeyProblem(`The root key command failed (${signal ?? `exit code ${code}`}).`));
    });
  });
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
