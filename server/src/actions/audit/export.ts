import { signArchive } from '../../crypto/audit-place.ts';
import { startLineDigest } from '../../crypto/backup-signature.ts';
import { SealBroken } from '../../crypto/seal.ts';
import { type Caller, mustMay } from '../../domain/access.ts';
import type { AuditDetails } from '../../domain/audit.ts';
import type { ArchivedAudit } from '../../domain/audit-archive.ts';
import { refuse } from '../../domain/errors.ts';
import { entryOf, laneRows, listLanes } from '../../storage/audit.ts';
import { listArchives } from '../../storage/audit-archives.ts';
import type { ReadTx, Tx } from '../../storage/transaction.ts';
import { act, actReading } from '../act.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';
import { previousDigest } from './archive.ts';
import {
  archiveFormat,
  type ExportedArchive,
  type ExportedEntry,
  type ExportedPlace,
  type ExportLine,
  exportFormat,
} from './export-form.ts';
import { exportedKeys } from './key-chain.ts';

type StoredEntry = Awaited<ReturnType<typeof laneRows>>[number];

const slice = 500;

/** What each slice asks again. The proof is asked for when an export begins: it may grow old while that runs. */
export const goesOn = {
  'audit.export': 'audit.list',
  'audit.verify': 'audit.verify',
  'audit.archive': 'audit.archive',
} as const;

/** Streams the whole audit as it stands when the export begins; the export itself is recorded. */
export async function* exportAudit(ctx: Context): AsyncGenerator<ExportLine> {
  await beginExport(ctx, {}, async () => undefined);
  yield* auditLines(ctx, 'audit.export', true);
}

/** Records an export before its first line leaves. `check` refuses what cannot be exported. */
export function beginExport(
  ctx: Context,
  details: AuditDetails,
  check: (tx: Tx, caller: Caller) => Promise<unknown>,
): Promise<void> {
  const { address } = ctx.origin;
  const all = address === '' ? details : { address, ...details };
  return act(ctx, { action: 'audit.export', target: null }, async (tx, caller, now) => {
    mustMay('audit.export', caller);
    await check(tx, caller);
    recordAdmin(tx, ctx, caller, 'audit.exported', null, all, now);
  });
}

/** The lines themselves, slice by slice, so that no export holds a connection or the whole audit in memory. */
export async function* auditLines(
  ctx: Context,
  action: 'audit.export' | 'audit.verify',
  withOpened: boolean,
): AsyncGenerator<ExportLine> {
  const { ring, clock } = ctx.safe;
  const exportedAt = +clock();
  const read = readingAs(ctx, action);
  const { lanes, keys, archives } = await read(async (tx) => ({
    lanes: await listLanes(tx),
    keys: await exportedKeys(tx),
    archives: exportedArchives(await listArchives(tx)),
  }));
  const told = archives.length === 0 ? {} : { archives };
  yield { type: 'safe', format: exportFormat, safe: ring.safeId, exportedAt, keys, ...told };
  let count = 0;
  for (const lane of lanes) {
    const { opened_at: openedAt, closed_at: closedAt, sequence, signed_at: signedAt, key_id: keyId } = lane;
    const end = { sequence, hash: base64(lane.hash), signedAt, keyId, signature: base64(lane.signature) };
    yield { type: 'lane', lane: lane.lane, openedAt, closedAt, ...end, ...beginOf(lane) };
    // Entries beyond the head that was just read belong to a later export.
    for await (const entries of entriesOf(read, lane.lane, lane.begins_after, sequence, withOpened)) {
      yield* entries;
      count += entries.length;
    }
  }
  // Whoever reads would take what left meanwhile for missing.
  const now = await read(listLanes);
  const isMoved = now.some(({ lane, begins_after }) =>
    lanes.some((one) => one.lane === lane && one.begins_after !== begins_after),
  );
  if (isMoved) refuse('too_many_requests', { retryAfterSeconds: 60 });
  yield { type: 'end', lanes: lanes.length, entries: count };
}

/** The lines of the archive that is being written: each lane from where it begins to its place, and a signed end. */
export async function* archiveLines(ctx: Context): AsyncGenerator<ExportLine> {
  const read = readingAs(ctx, 'audit.archive');
  const { archives, lanes, keys } = await read(async (tx) => ({
    archives: await listArchives(tx),
    lanes: await listLanes(tx),
    keys: await exportedKeys(tx),
  }));
  const archive = archives.at(-1);
  if (!archive || archive.end !== null) return;
  const { number } = archive;
  const before = +archive.before;
  const previous = archives.at(-2)?.end?.digest ?? null;
  const digest = startLineDigest();
  const digested = (line: ExportLine): ExportLine => {
    digest.add(JSON.stringify(line));
    return line;
  };
  const { ring } = ctx.safe;
  const head = { format: archiveFormat, safe: ring.safeId, exportedAt: +archive.begunAt, keys } as const;
  yield digested({ type: 'safe', ...head, archive: { number, before, previous } });
  let count = 0;
  for (const { lane: name, archive: _, at: signedAt, ...end } of archive.places) {
    const lane = lanes.find((one) => one.lane === name);
    if (!lane) continue;
    const { opened_at: openedAt, closed_at: closedAt } = lane;
    yield digested({ type: 'lane', lane: name, openedAt, closedAt, ...end, signedAt, ...beginOf(lane) });
    for await (const entries of entriesOf(read, name, lane.begins_after, end.sequence, true)) {
      for (const entry of entries) yield digested(entry);
      count += entries.length;
    }
  }
  const bytes = digest.end();
  const claim = { safeId: ring.safeId, archive: number, before, entries: count, digest: bytes };
  const { keyId, signature } = signArchive(ring, { ...claim, previous: previousDigest(previous) });
  const seal = { digest: base64(bytes), keyId, signature: base64(signature) };
  yield { type: 'end', lanes: archive.places.length, entries: count, seal };
}

type Read = <T>(work: (tx: ReadTx) => Promise<T>) => Promise<T>;

function readingAs(ctx: Context, action: keyof typeof goesOn): Read {
  return (work) =>
    actReading(ctx, { action, target: null }, async (tx, caller) => {
      mustMay(goesOn[action], caller);
      return work(tx);
    });
}

/** A lane's entries behind a place, up to another one. */
async function* entriesOf(
  read: Read,
  lane: string,
  begin: number,
  end: number,
  withOpened: boolean,
): AsyncGenerator<ExportedEntry[]> {
  for (let after = begin; after < end; ) {
    const most = Math.min(slice, end - after);
    const entries = await read(async (tx) =>
      (await laneRows(tx, lane, after, most)).map((row) =>
        exported(row, withOpened ? openedDetails(tx, row) : undefined),
      ),
    );
    yield entries;
    if (entries.length < most) return;
    after = entries.at(-1)?.sequence ?? end;
  }
}

function beginOf({ begin }: { begin: string | null }): { begins?: ExportedPlace } {
  return begin === null ? {} : { begins: JSON.parse(begin) as ExportedPlace };
}

function exportedArchives(archives: readonly ArchivedAudit[]): ExportedArchive[] {
  const ended = archives.flatMap(({ end, ...one }) => (end === null ? [] : [{ ...one, end }]));
  return ended.map(({ number, before, entries, end }, at) => ({
    number,
    before: +before,
    entries,
    ...end,
    previous: ended[at - 1]?.end.digest ?? null,
  }));
}

/** What was changed does not open, and is exported as it is: the export is the evidence. */
function openedDetails(tx: ReadTx, row: StoredEntry): AuditDetails | undefined {
  try {
    return entryOf(tx, row).details;
  } catch (thrown) {
    if (thrown instanceof SealBroken) return undefined;
    throw thrown;
  }
}

function exported(row: StoredEntry, opened: AuditDetails | undefined): ExportedEntry {
  return {
    type: 'entry',
    lane: row.lane,
    sequence: row.sequence,
    at: row.at,
    event: row.event,
    userId: row.user_id,
    accessKeyId: row.access_key_id,
    target: row.target,
    requestId: row.request_id,
    details: row.details && base64(row.details),
    changedRows: row.changed_rows,
    hash: base64(row.hash),
    ...(row.lanes_told === null ? {} : { lanesTold: row.lanes_told }),
    ...(opened === undefined ? {} : { opened }),
  };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
