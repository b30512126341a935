import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { link, open, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { Decrypter, Encrypter } from 'age-encryption';
import type { BackupLine } from '../actions/backup/lines.ts';
import type { ReadLine } from '../restore-safe.ts';
import { linesOf } from './lines.ts';

export type { BackupLine };

/** A file of a backup cannot be written or read; the message is one plain sentence. */
export class BackupFileProblem extends Error {
  override name = 'BackupFileProblem';
}

/** What a backup is encrypted with: a passphrase, or public keys of age (`age1…`). */
export type BackupLock = { passphrase: string } | { recipients: readonly string[] };
/** What opens it: the passphrase, or private keys (`AGE-SECRET-KEY-1…`). */
export type BackupOpener = { passphrase: string } | { identities: readonly string[] };

/** Bytes of the file and the digest that names the backup. */
export type WrittenBackup = { digest: string; bytes: number };

/**
 * Writes the lines of a backup, compressed and encrypted in the format of age, which the tool of that name reads too.
 * The file appears whole or not at all, and never in the place of another. Throws BackupFileProblem.
 */
export async function writeBackup(
  lines: AsyncIterable<BackupLine>,
  path: string,
  lock: BackupLock,
): Promise<WrittenBackup> {
  if (existsSync(path)) throw new BackupFileProblem(`${path} exists already; a backup overwrites nothing.`);
  const draft = join(dirname(path), `.${basename(path)}.part`);
  let digest = '';
  async function* texts(): AsyncGenerator<string> {
    for await (const line of lines) {
      if (line.type === 'end') digest = line.digest;
      yield `${JSON.stringify(line)}\n`;
    }
  }
  try {
    // Most of it is sealed already and written as base64: that is what compressing it wins back.
    const compressed = Readable.from(texts()).compose(createGzip({ level: 1 }));
    const encrypted = await (await encrypterOf(lock)).encrypt(Readable.toWeb(compressed as Readable) as ReadableStream);
    await pipeline(
      Readable.fromWeb(encrypted as never),
      createWriteStream(draft, { flags: 'w', mode: 0o600, flush: true }),
    );
    if (digest === '') throw new BackupFileProblem('The backup did not come to its end.');
    await link(draft, path); // unlike a rename, never over another file
    await syncFolder(dirname(path));
    return { digest, bytes: (await stat(path)).size };
  } catch (thrown) {
    throw asFileProblem(thrown, path, 'written');
  } finally {
    await unlink(draft).catch(() => undefined);
  }
}

/** The lines of a backup file, as they come. Throws BackupFileProblem. */
export async function* readBackup(path: string, opener: BackupOpener): AsyncGenerator<ReadLine> {
  try {
    for await (const text of readLocked(path, opener)) yield { text, line: lineOf(text) };
  } catch (thrown) {
    throw asFileProblem(thrown, path, 'read');
  }
}

/** The lines of a file that is compressed and encrypted as backups are. Throws BackupFileProblem. */
export async function* readLocked(path: string, opener: BackupOpener): AsyncGenerator<string> {
  const file = createReadStream(path);
  try {
    const decrypted = await (await decrypterOf(opener)).decrypt(Readable.toWeb(file) as ReadableStream);
    const plain = createGunzip();
    // Its fault is the reader's: it ends `plain`. Whoever stops reading early needs no complaint.
    pipeline(Readable.fromWeb(decrypted as never), plain).catch(() => undefined);
    yield* linesOf(plain);
  } catch (thrown) {
    throw asFileProblem(thrown, path, 'read');
  } finally {
    file.destroy();
  }
}

// Loaded by what needs it: a safe that makes no backup would hold some 14 MB for nothing.
const age = () => import('age-encryption');

export async function encrypterOf(lock: BackupLock): Promise<Encrypter> {
  const encrypter = new (await age()).Encrypter();
  if ('passphrase' in lock) encrypter.setPassphrase(lock.passphrase);
  else for (const recipient of lock.recipients) addRecipient(encrypter, recipient);
  return encrypter;
}

function addRecipient(encrypter: Encrypter, recipient: string): void {
  try {
    encrypter.addRecipient(recipient);
  } catch {
    throw new BackupFileProblem(`${recipient} is no public key of age.`);
  }
}

async function decrypterOf(opener: BackupOpener): Promise<Decrypter> {
  const decrypter = new (await age()).Decrypter();
  if ('passphrase' in opener) decrypter.addPassphrase(opener.passphrase);
  else for (const identity of opener.identities) decrypter.addIdentity(identity);
  return decrypter;
}

function lineOf(text: string): BackupLine {
  const line: unknown = JSON.parse(text);
  if (typeof line === 'object' && line !== null && 'type' in line) return line as BackupLine;
  throw new SyntaxError('a line of a backup is an object with a type');
}

export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** What went wrong with the file; what another part of the work threw is passed on as it is. */
export function asFileProblem(thrown: unknown, path: string, done: 'written' | 'read'): unknown {
  if (!(thrown instanceof Error) || thrown instanceof BackupFileProblem) return thrown;
  const { code = '', syscall, message, stack = '' } = thrown as NodeJS.ErrnoException;
  if (syscall !== undefined) return new BackupFileProblem(`${path} cannot be ${done} (${code}).`);
  if (done === 'written') return thrown;
  if (/no identity matched/.test(message)) {
    return new BackupFileProblem(`${path} does not open with this passphrase or key.`);
  }
  const isOfFormat = /age-encryption|@noble|zlib|JSON\.parse/.test(stack) || /^(Z_|ERR_)/.test(code);
  return isOfFormat || thrown instanceof SyntaxError
    ? new BackupFileProblem(`${path} is no backup of Arca, or was changed or cut off.`)
    : thrown;
}
