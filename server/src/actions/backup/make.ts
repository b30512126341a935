import { signBackup, startLineDigest } from '../../crypto/backup-signature.ts';
import { mustMay } from '../../domain/access.ts';
import type { AuditEvent } from '../../domain/audit.ts';
import { refuse } from '../../domain/errors.ts';
import { searchAudit } from '../../storage/audit.ts';
import type { BackupSlice } from '../../storage/backup-rows.ts';
import { holdSafe } from '../../storage/safe-keys.ts';
import { act } from '../act.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context, Safe } from '../safe.ts';
import { type BackupBlob, type BackupEnd, type BackupLine, backupFormat, toBackup } from './lines.ts';

/** Names the backups of the schedule in the audit, so that those of the command do not count among them. */
export const ofSchedule = 'backup:schedule';

const hour = 3_600_000;

/**
 * Begins a backup: every row of the safe as one moment saw it, sealed as it is stored, with a signed end. That is
 * recorded before its first line leaves; `recordBackup` tells that it came to its end. The lines hold no key that opens
 * anything without the root key, but usernames and password hashes: whoever takes them encrypts them.
 */
export async function* makeBackup(ctx: Context): AsyncGenerator<BackupLine> {
  await act(ctx, { action: 'backup.make', target: null }, async (tx, caller, now) => {
    mustMay('backup.make', caller);
    recordAdmin(tx, ctx, caller, 'backup.begun', null, {}, now);
  });
  yield* backupLines(ctx);
}

/** The same if the schedule's last one is `hours` old, or failed an hour ago; else null. Of several nodes one makes it. */
export async function makeDueBackup(ctx: Context, hours: number): Promise<AsyncGenerator<BackupLine> | null> {
  const isDue = await act(ctx, { action: 'backup.make', target: ofSchedule }, async (tx, caller, now) => {
    mustMay('backup.make', caller);
    await holdSafe(tx);
    const last = async (event: AuditEvent) =>
      (await searchAudit(tx, { events: [event], target: ofSchedule, most: 1 }))[0]?.at ?? 0;
    const begun = await last('backup.begun');
    const failed = begun > (await last('backup.made'));
    if (now.getTime() - begun < (failed ? hour : hours * hour)) return false;
    recordAdmin(tx, ctx, caller, 'backup.begun', ofSchedule, {}, now);
    return true;
  });
  return isDue ? backupLines(ctx) : null;
}

async function* backupLines({ safe }: Context): AsyncGenerator<BackupLine> {
  const digest = startLineDigest();
  const digested = (line: BackupLine): BackupLine => {
    digest.add(JSON.stringify(line));
    return line;
  };
  const madeAt = safe.clock().getTime();
  yield digested({
    type: 'safe',
    format: backupFormat,
    safe: safe.ring.safeId,
    madeAt,
    engine: safe.store.engine,
    migrations: await safe.store.migrations(),
    settings: safe.plainSettings,
  });
  const counts: BackupEnd['rows'] = {};
  const heads: BackupEnd['heads'] = [];
  const blobs: KeptBlob[] = [];
  for await (const slice of safe.store.backup()) {
    counts[slice.table] = (counts[slice.table] ?? 0) + slice.rows.length;
    if (slice.table === 'audit_lanes') heads.push(...headsOf(slice));
    if (slice.table === 'blobs') blobs.push(...keptOf(slice));
    yield digested({ type: 'rows', ...slice, rows: slice.rows.map((row) => row.map(toBackup)) });
  }
  // What an item keeps is there for a day after its removal even: it is still there, whatever happened since the rows were
  // read.
  for (const blob of blobs) for await (const line of blobLines(safe, blob)) yield digested(line);
  const claim = { safeId: safe.ring.safeId, madeAt, digest: digest.end() };
  const { keyId, signature } = signBackup(safe.ring, claim);
  yield {
    type: 'end',
    rows: counts,
    heads,
    digest: claim.digest.toString('base64'),
    keyId,
    signature: Buffer.from(signature).toString('base64'),
  };
}

function headsOf({ columns, rows }: BackupSlice): BackupEnd['heads'] {
  const [lane, sequence, hash] = ['lane', 'sequence', 'hash'].map((name) => columns.indexOf(name));
  return rows.map((row) => ({
    lane: row[lane ?? -1] as string,
    sequence: row[sequence ?? -1] as number,
    hash: Buffer.from(row[hash ?? -1] as Uint8Array).toString('base64'),
  }));
}

/** A blob that items keep: its name, and bytes as stored. */
export type KeptBlob = { id: string; bytes: number };

/** Of a slice of the table of blobs, those that items keep. */
export function keptOf({ columns, rows }: BackupSlice): KeptBlob[] {
  const [id, bytes, keptAt] = ['id', 'bytes', 'kept_at'].map((name) => columns.indexOf(name));
  return rows
    .filter((row) => row[keptAt ?? -1] !== null)
    .map((row) => ({ id: row[id ?? -1] as string, bytes: row[bytes ?? -1] as number }));
}

// As many bytes as base64 writes without a rest, in lines that are short enough to be held in memory.
const pieceBytes = 3 * 64 * 1024;

async function* blobLines({ blobs }: Safe, { id, bytes }: KeptBlob): AsyncGenerator<BackupBlob> {
  let left = bytes;
  let gathered: Uint8Array[] = [];
  let size = 0;
  const broken = () => refuse('integrity_broken', { table: 'blobs', row: id });
  if ((await blobs.size(id)) !== bytes) broken();
  for await (const piece of blobs.read(id, 0, bytes)) {
    gathered.push(Buffer.from(piece));
    size += piece.length;
    if (size < pieceBytes) continue;
    const whole = Buffer.concat(gathered);
    const told = whole.subarray(0, size - (size % 3));
    left -= told.length;
    if (left < 0) broken();
    yield { type: 'blob', id, bytes: told.toString('base64'), isLast: false };
    gathered = [whole.subarray(told.length)];
    size = whole.length - told.length;
  }
  if (left !== size) broken();
  yield { type: 'blob', id, bytes: Buffer.concat(gathered).toString('base64'), isLast: true };
}
