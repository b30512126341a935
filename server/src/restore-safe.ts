import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type BackupBlob,
  type BackupEnd,
  type BackupHead,
  type BackupLine,
  type BackupRows,
  backupFormat,
  fromBackup,
} from './actions/backup/lines.ts';
import { type KeptBlob, keptOf } from './actions/backup/make.ts';
import type { BlobStore } from './blobs/blob-store.ts';
import { backupSignatureHolds, startLineDigest } from './crypto/backup-signature.ts';
import { type Keyring, openKeyring, WrongRootKey } from './crypto/keyring.ts';
import { Refusal } from './domain/errors.ts';
import { openBlobs } from './open-blobs.ts';
import { rootKeySource } from './open-keys.ts';
import { storeSettings } from './open-safe.ts';
import { readRootKey } from './root-key.ts';
import type { Settings } from './settings.ts';
import { type BackupSlice, backupTables, writeRows } from './storage/backup-rows.ts';
import { type Connection, StoreFault } from './storage/connection.ts';
import { lockFolder } from './storage/folder-lock.ts';
import { appliedMigrations, migrate, migrationNames } from './storage/migrate.ts';
import { markRestored, mustAllBeIntact } from './storage/restored.ts';
import { findSafe } from './storage/safe-keys.ts';
import { connectorOf } from './storage/store.ts';
import type { ReadTx } from './storage/transaction.ts';

/** A backup cannot be restored; the message is one plain sentence. Nothing was changed. */
export class RestoreProblem extends Error {
  override name = 'RestoreProblem';
}

/** One line of a backup and the text that it was read from. */
export type ReadLine = { text: string; line: BackupLine };

export type Restoring = {
  /** Whether access keys go on working: for a safe that moves, of which nothing was changed since the backup. */
  keepKeys: boolean;
  clock: () => Date;
};

export type Restored = {
  safe: string;
  /** ISO 8601. */
  madeAt: string;
  /** Names the backup: SHA-256 of its lines, base64. */
  digest: string;
  rows: Record<string, number>;
  settings: Readonly<Record<string, string>>;
};

/**
 * Puts the rows of a backup into the empty store that the settings name, in one transaction, and its files where they say:
 * all of it, or nothing.
 * The store may be of the other engine. Needs the safe's root key. What must not outlive a restore is ended by the
 * opening that follows (actions/backup/record-restore.ts). Throws RestoreProblem, RootKeyProblem, WrongRootKey, FolderInUse, StoreFault.
 */
export async function restoreStore(
  settings: Settings,
  lines: AsyncIterable<ReadLine>,
  restoring: Restoring,
): Promise<Restored> {
  mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 });
  const lock = lockFolder(join(settings.dataDir, 'lock'), 0);
  try {
    const on = await connectorOf(storeSettings(settings))('write');
    try {
      await on.exec(on.engine === 'sqlite' ? 'begin immediate' : 'begin');
      const files: RestoredFiles = { blobs: openBlobs(settings), awaited: new Map(), made: [] };
      try {
        const restored = await fill(on, settings, lines, restoring, files);
        await on.exec('commit');
        return restored;
      } catch (thrown) {
        await on.exec('rollback');
        for (const id of files.made) await files.blobs.remove(id).catch(() => undefined);
        throw asProblem(thrown);
      }
    } finally {
      await on.close();
    }
  } finally {
    lock.release();
  }
}

const changed = 'The backup was changed, or is not whole';

function asProblem(thrown: unknown): unknown {
  if (thrown instanceof Refusal && thrown.code === 'integrity_broken') {
    const { table, row } = thrown.details as { table: string; row: string };
    return new RestoreProblem(`The safe was changed by other hands before it was backed up: row ${row} of ${table}.`);
  }
  if (thrown instanceof StoreFault && (thrown.kind === 'refused' || thrown.kind === 'duplicate')) {
    return new RestoreProblem(`${changed}: its rows do not fit the store.`);
  }
  return thrown;
}

async function fill(
  on: Connection,
  settings: Settings,
  lines: AsyncIterable<ReadLine>,
  { keepKeys, clock }: Restoring,
  files: RestoredFiles,
): Promise<Restored> {
  const digest = startLineDigest();
  const counts: Record<string, number> = {};
  let head: BackupHead | null = null;
  let ring: Keyring | null = null;
  let end: BackupEnd | null = null;
  const all = lines[Symbol.asyncIterator]();
  for (let next = await all.next(); !next.done; next = await all.next()) {
    const { text, line } = next.value;
    if (end !== null) throw new RestoreProblem(`${changed}: there is more behind its end.`);
    if (line.type === 'end') {
      end = line;
      continue;
    }
    digest.add(text);
    if (line.type === 'safe') {
      if (head !== null) throw new RestoreProblem(`${changed}: it has two heads.`);
      await prepare(on, settings, line, clock);
      head = line;
      continue;
    }
    if (head === null) throw new RestoreProblem(`${changed}: it has no head.`);
    if (line.type === 'blob') {
      await restoreBlob(files, line, async () => {
        const following = await all.next();
        if (following.done || following.value.line.type !== 'blob')
          throw new RestoreProblem(`${changed}: a file is cut off.`);
        digest.add(following.value.text);
        return following.value.line;
      });
      continue;
    }
    const slice = sliceOf(line);
    if (slice.table === 'blobs') for (const blob of keptOf(slice)) files.awaited.set(blob.id, blob);
    counts[slice.table] = (counts[slice.table] ?? 0) + slice.rows.length;
    // The keys come before all that they open.
    if (slice.table !== 'safe' && slice.table !== 'safe_keys') ring ??= await openRing(on, settings, head);
    if (ring !== null) mustAllBeIntact(txOf(on, ring), slice);
    await writeRows(on, slice);
  }
  if (head === null || ring === null || end === null) throw new RestoreProblem(`${changed}: it is cut off.`);
  const claim = { safeId: head.safe, madeAt: head.madeAt, digest: digest.end() };
  mustBeWhole(ring, claim, end, counts);
  if (files.awaited.size > 0) throw new RestoreProblem(`${changed}: files are missing.`);
  const madeAt = new Date(head.madeAt);
  await markRestored(on, { madeAt, keepsKeys: keepKeys });
  const { safe, settings: told } = head;
  return { safe, madeAt: madeAt.toISOString(), digest: end.digest, rows: counts, settings: told };
}

/** Where files go, those that rows tell of and that have not come yet, and what was put there. */
type RestoredFiles = { blobs: BlobStore; awaited: Map<string, KeptBlob>; made: string[] };

async function restoreBlob(files: RestoredFiles, first: BackupBlob, next: () => Promise<BackupBlob>): Promise<void> {
  const { id } = first;
  const awaited = files.awaited.get(id);
  if (awaited === undefined) throw new RestoreProblem(`${changed}: a file that no row tells of.`);
  files.awaited.delete(id);
  async function* pieces() {
    let left = awaited?.bytes ?? 0;
    for (let line = first; ; line = await next()) {
      if (line.id !== id) throw new RestoreProblem(`${changed}: files are mixed up.`);
      const bytes = Buffer.from(line.bytes, 'base64');
      left -= bytes.length;
      if (left < 0 || (line.isLast && left > 0)) throw new RestoreProblem(`${changed}: a file has another size.`);
      yield bytes;
      if (line.isLast) return;
    }
  }
  // A bucket may hold it from before. It is written again, for it may have been changed, but never taken back.
  if ((await files.blobs.size(id)) === null) files.made.push(id);
  await files.blobs.put(id, awaited.bytes, pieces());
}

async function prepare(on: Connection, settings: Settings, head: BackupHead, clock: () => Date): Promise<void> {
  if (head.format !== backupFormat) throw new RestoreProblem(`This is no backup of the form ${backupFormat}.`);
  const unknown = head.migrations.find((name) => !migrationNames.includes(name));
  if (unknown !== undefined) {
    throw new RestoreProblem(
      `The backup was made by a newer Arca (its schema has ${unknown}): restore it with that one.`,
    );
  }
  await migrate(on, clock().getTime(), []);
  if ((await appliedMigrations(on)).length > 0) {
    const place = settings.databaseUrl === null ? `the data folder ${settings.dataDir}` : 'the database';
    throw new RestoreProblem(
      `There is a safe in ${place} already: a restore needs an empty place and overwrites nothing.`,
    );
  }
  await migrate(on, clock().getTime(), head.migrations);
}

async function openRing(on: Connection, settings: Settings, head: BackupHead): Promise<Keyring> {
  const found = await findSafe(on);
  if (found?.id !== head.safe) throw new RestoreProblem(`${changed}: its head names another safe.`);
  try {
    return openKeyring(await readRootKey(rootKeySource(settings, found.id, false)), found.id, found.keys);
  } catch (thrown) {
    if (thrown instanceof WrongRootKey) {
      throw new WrongRootKey('The root key is not that of the safe in the backup, or its keys were changed.');
    }
    throw thrown;
  }
}

function sliceOf({ table, columns, rows }: BackupRows): BackupSlice {
  if (!backupTables.includes(table)) throw new RestoreProblem(`${changed}: there is no table of that name.`);
  return { table, columns, rows: rows.map((row) => row.map(fromBackup)) };
}

function mustBeWhole(
  ring: Keyring,
  claim: { safeId: string; madeAt: number; digest: Buffer },
  end: BackupEnd,
  counts: Readonly<Record<string, number>>,
): void {
  if (claim.digest.toString('base64') !== end.digest) throw new RestoreProblem(`${changed}: its digest does not fit.`);
  if (!backupSignatureHolds(ring, claim, end.keyId, Buffer.from(end.signature, 'base64'))) {
    throw new RestoreProblem(`${changed}: the signature of its end does not hold.`);
  }
  const isCounted = backupTables.every((table) => (end.rows[table] ?? 0) === (counts[table] ?? 0));
  if (!isCounted) throw new RestoreProblem(`${changed}: rows are missing.`);
}

function txOf(on: Connection, ring: Keyring): ReadTx {
  return { on, ring, memo: new Map() };
}
