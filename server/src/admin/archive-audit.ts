import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, globSync, mkdirSync, rmSync } from 'node:fs';
import { rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { PassThrough, Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { ArchiveTurn } from '../actions/audit/archive-turn.ts';
import type { ArchiveSeal, ExportLine } from '../actions/audit/export-form.ts';
import { verifyExport } from '../actions/audit/verify-export.ts';
import { asFileProblem, BackupFileProblem, type BackupLock, encrypterOf, syncFolder } from './backup-file.ts';
import type { Operator } from './operate.ts';

/** Another process is writing an archive of this audit. */
export class ArchivedElsewhere extends Error {
  override name = 'ArchivedElsewhere';
  constructor() {
    super('Another process is writing an archive of this audit; try again when it is done.');
  }
}

export type ArchiveTask = {
  folder: string;
  /** Entries stay in the store for so many days. */
  days: number;
  ignoreReceivers?: boolean | undefined;
  /** Null writes plain lines of JSON. */
  lock: BackupLock | null;
};

/** `before` is ISO 8601: what is older is in this or an earlier archive. */
export type MadeArchive = { number: number; before: string; entries: number; path: string };

/**
 * Puts the older entries of the audit into a file of their own and removes them from the store: nothing leaves it before
 * the file was written, checked line by line as any export, forced to the disk and read back. One that was cut short is
 * gone on with, into a file of the same name. Null when there is nothing to archive. Throws BackupFileProblem, and
 * ArchivedElsewhere while another process is at it.
 */
export async function archiveAudit(operator: Operator, task: ArchiveTask): Promise<MadeArchive | null> {
  const turn = (operator.stream('audit.archive-turn') as AsyncIterable<ArchiveTurn>)[Symbol.asyncIterator]();
  try {
    if ((await turn.next()).value?.isMine !== true) throw new ArchivedElsewhere();
    return await writeNext(operator, task, watch(turn));
  } finally {
    await turn.return?.();
  }
}

/** Gives what throws once the turn is lost: a database that was restarted gives it to the next who asks. */
function watch(turn: AsyncIterator<ArchiveTurn>): () => void {
  let isLost = false;
  const untilLost = async () => {
    while ((await turn.next()).value?.isMine === true);
  };
  const lost = () => {
    isLost = true;
  };
  untilLost().then(lost, lost);
  return () => {
    if (isLost) throw new BackupFileProblem('The database was away while the archive was written: try again.');
  };
}

async function writeNext(operator: Operator, task: ArchiveTask, mustHold: () => void): Promise<MadeArchive | null> {
  const { folder, days, ignoreReceivers = false, lock } = task;
  const begun = await operator.run('audit.begin-archive', { days, ignoreReceivers });
  if (begun === null) return null;
  const { number, before, begunAt, safe } = begun;
  const time = begunAt.replaceAll(':', '-').replace(/\.\d+/, '');
  const name = `arca-${safe.slice(0, 8)}-audit-${String(number).padStart(4, '0')}-${time}.jsonl`;
  const path = join(folder, lock === null ? name : `${name}.age`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const keys = await operator.run('audit.public-key', undefined as never);
  const trusted = keys.map(({ publicKey }) => publicKey);
  const lines = operator.stream('audit.archive-lines') as AsyncIterable<ExportLine>;
  const end = await writeArchive(lines, path, lock, trusted, mustHold);
  await operator.run('audit.end-archive', { number, end });
  return { number, before, entries: begun.entries, path };
}

/** Gives the signed end of what was written, once it is safe. */
async function writeArchive(
  lines: AsyncIterable<ExportLine>,
  path: string,
  lock: BackupLock | null,
  trusted: readonly string[],
  mustHold: () => void,
): Promise<ArchiveSeal> {
  // Of earlier tries that were killed, or have lost their turn and must not end.
  for (const left of globSync(`${basename(path)}.*part`, { cwd: dirname(path) })) rmSync(join(dirname(path), left));
  const draft = `${path}.${randomUUID().slice(0, 8)}.part`;
  let seal: ArchiveSeal | undefined;
  try {
    const texts = new PassThrough();
    const writing = writeBytes(texts, draft, lock);
    // What fails there is thrown below, and must not be an unhandled rejection until then.
    writing.catch(() => undefined);
    async function* written(): AsyncGenerator<ExportLine> {
      for await (const line of lines) {
        if (line.type === 'end') seal = line.seal;
        if (!texts.write(`${JSON.stringify(line)}\n`)) await Promise.race([once(texts, 'drain'), writing]);
        yield line;
      }
      texts.end();
    }
    const verdict = await verifyExport(written(), trusted);
    if (!verdict.holds || !seal) {
      texts.destroy();
      const why = verdict.problems[0]?.problem ?? 'it did not come to its end';
      throw new BackupFileProblem(
        `The audit cannot be archived, for it does not hold: ${why}. See \`arca audit verify\`.`,
      );
    }
    const digest = await writing;
    if ((await digestOf(draft)) !== digest) throw new BackupFileProblem(`${path} was not written as it was to be.`);
    mustHold();
    // The name is of this one archive and says when it was begun: what stands there is an earlier try of the same.
    await rename(draft, path);
    await syncFolder(dirname(path));
    return seal;
  } catch (thrown) {
    throw asFileProblem(thrown, path, 'written');
  } finally {
    await unlink(draft).catch(() => undefined);
  }
}

/** Writes the texts and forces them to the disk; gives the SHA-256 of the bytes that were meant to be there. */
async function writeBytes(texts: Readable, path: string, lock: BackupLock | null): Promise<string> {
  const hash = createHash('sha256');
  const hashed = new Transform({
    transform(chunk, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const file = createWriteStream(path, { flags: 'w', mode: 0o600, flush: true });
  if (lock === null) {
    await pipeline(texts, hashed, file);
  } else {
    const compressed = texts.compose(createGzip({ level: 1 })) as Readable;
    const encrypted = await (await encrypterOf(lock)).encrypt(Readable.toWeb(compressed) as ReadableStream);
    await pipeline(Readable.fromWeb(encrypted as never), hashed, file);
  }
  return hash.digest('hex');
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}
