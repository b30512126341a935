import { auditPublicKeys } from '../../crypto/audit-chain.ts';
import { archiveHolds, signPlace } from '../../crypto/audit-place.ts';
import { mustMay } from '../../domain/access.ts';
import { type ArchivedAudit, type ArchiveEnd, type LanePlace, leastDaysKept } from '../../domain/audit-archive.ts';
import { refuse } from '../../domain/errors.ts';
import { listLanes } from '../../storage/audit.ts';
import {
  entryAt,
  insertArchive,
  listArchives,
  markRemoved,
  removeArchived,
  endArchive as saveEnd,
  streamedTo,
} from '../../storage/audit-archives.ts';
import { holdSafe } from '../../storage/safe-keys.ts';
import type { ReadTx, Tx } from '../../storage/transaction.ts';
import { act, actReading, submit } from '../act.ts';
import { lastBackups } from '../backup/last-times.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';
import { carryRows } from './carry-rows.ts';

export type ArchiveInput = {
  /** Entries stay for so many days. */
  days: number;
  /** Take entries, too, that a receiver of the audit does not have yet. */
  ignoreReceivers?: boolean | undefined;
};

/** `isAgain`: it was begun before, and came to no end. */
export type BegunArchive = {
  number: number;
  safe: string;
  before: Date;
  begunAt: Date;
  entries: number;
  isAgain: boolean;
};

const day = 86_400_000;
const removedAtOnce = 2000;

/**
 * Begins an archive of all entries that are older, or goes on with one that came to no end: what it holds is settled
 * once, and stays. Null when there is nothing to archive. Nothing leaves the store before `endArchive`.
 */
export function beginArchive(ctx: Context, input: ArchiveInput): Promise<BegunArchive | null> {
  return act(ctx, { action: 'audit.archive', target: null }, async (tx, caller, now) => {
    mustMay('audit.archive', caller);
    if (!Number.isInteger(input.days) || input.days < leastDaysKept || input.days > 36_500) {
      refuse('field_invalid', { field: 'days', why: `must be a whole number from ${leastDaysKept} to 36500` });
    }
    await holdSafe(tx);
    const last = (await listArchives(tx)).at(-1);
    if (last && last.end === null) return begun(tx, last, true);
    const before = new Date(+now - input.days * day);
    const number = (last?.number ?? 0) + 1;
    const places: LanePlace[] = [];
    let entries = 0;
    for (const lane of await listLanes(tx)) {
      const streamed = input.ignoreReceivers ? null : await streamedTo(tx, lane.lane);
      const most = Math.min(lane.sequence, streamed ?? lane.sequence);
      const sequence = await lastBefore(tx, lane.lane, lane.begins_after, most, +before);
      if (sequence === lane.begins_after) continue;
      const hash =
        (await entryAt(tx, lane.lane, sequence))?.hash ??
        refuse('integrity_broken', { table: 'audit', row: lane.lane });
      places.push(placeOf(tx, number, lane.lane, sequence, hash, +now));
      entries += sequence - lane.begins_after;
    }
    if (places.length === 0) return null;
    const archive = { number, before, begunAt: now, endedAt: null, removedAt: null, places, entries, end: null };
    await insertArchive(tx, archive);
    const details = { before: before.toISOString(), entries };
    recordAdmin(tx, ctx, caller, 'audit.archive-begun', targetOf(number), details, now);
    return begun(tx, archive, false);
  });
}

/** The last entry from before a time, by halves: entries of a lane stand in the order of their times. */
async function lastBefore(tx: ReadTx, lane: string, after: number, most: number, before: number): Promise<number> {
  let [low, high] = [after, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const entry = await entryAt(tx, lane, middle);
    // Where one is missing the audit does not hold: what is before may go, the place itself stays as evidence.
    if (entry && entry.at < before) low = middle;
    else high = middle - 1;
  }
  return low;
}

function placeOf(tx: Tx, archive: number, lane: string, sequence: number, hash: Uint8Array, at: number): LanePlace {
  const { keyId, signature } = signPlace(tx.ring, { safeId: tx.ring.safeId, archive, lane, sequence, hash, at });
  return { lane, archive, sequence, hash: base64(hash), at, keyId, signature: base64(signature) };
}

function begun(tx: ReadTx, { number, before, begunAt, entries }: ArchivedAudit, isAgain: boolean): BegunArchive {
  return { number, safe: tx.ring.safeId, before, begunAt, entries, isAgain };
}

/**
 * To be called when the file is written and safe: `end` is the end that the safe itself signed for it. From then on every
 * lane begins where the archive ends, and its entries are removed. What is cut short goes on with `removeAllArchived`.
 */
export async function endArchive(ctx: Context, { number, end }: { number: number; end: ArchiveEnd }): Promise<void> {
  const archive = await actReading(ctx, { action: 'audit.archive', target: targetOf(number) }, async (tx, caller) => {
    mustMay('audit.archive', caller);
    return theOpenOne(tx, number, end);
  });
  await carryRows(ctx, archive);
  await act(ctx, { action: 'audit.archive', target: targetOf(number) }, async (tx, caller, now) => {
    mustMay('audit.archive', caller);
    await holdSafe(tx);
    const again = await theOpenOne(tx, number, end);
    const backups = await lastBackups(tx);
    await saveEnd(tx, again, { digest: end.digest, keyId: end.keyId, signature: end.signature }, now);
    const { entries, before } = again;
    const details = {
      before: before.toISOString(),
      entries,
      digest: end.digest,
      // The entries that told so may be among those that leave.
      ...(backups.backupMadeAt && { backupMadeAt: backups.backupMadeAt.toISOString() }),
      ...(backups.backupProvenAt && { backupProvenAt: backups.backupProvenAt.toISOString() }),
    };
    recordAdmin(tx, ctx, caller, 'audit.archived', targetOf(number), details, now);
  });
  await removeAllArchived(ctx);
}

async function theOpenOne(tx: ReadTx, number: number, end: ArchiveEnd): Promise<ArchivedAudit> {
  const archives = await listArchives(tx);
  const open = archives.at(-1);
  if (!open || open.number !== number || open.end !== null) return refuse('field_invalid', wrongEnd);
  const key = auditPublicKeys(tx.ring).find(({ id }) => id === end.keyId);
  const claim = {
    safeId: tx.ring.safeId,
    archive: number,
    before: +open.before,
    entries: open.entries,
    digest: Buffer.from(end.digest, 'base64'),
    previous: previousDigest(archives.at(-2)?.end?.digest ?? null),
  };
  if (!key || !archiveHolds(key.publicKey, claim, Buffer.from(end.signature, 'base64'))) {
    refuse('field_invalid', wrongEnd);
  }
  return open;
}

const wrongEnd = { field: 'end', why: 'is not that of the archive which is being written' };

/** As an archive's end is signed: 32 zeros for the first. */
export function previousDigest(previous: string | null): Uint8Array {
  return previous === null ? Buffer.alloc(32) : Buffer.from(previous, 'base64');
}

/** Removes what archives hold, slice by slice, so that others have their turn. */
export async function removeAllArchived(ctx: Context): Promise<void> {
  const isOver = await ctx.safe.store.read(async (tx) =>
    (await listArchives(tx)).every(({ end, removedAt }) => end === null || removedAt !== null),
  );
  if (isOver) return;
  const known = { caller: null, account: '' };
  const attempt = { action: 'safe.tend', target: null } as const;
  for (const { lane, begins_after } of await ctx.safe.store.read(listLanes)) {
    let removed = begins_after === 0 ? 0 : removedAtOnce;
    while (removed === removedAtOnce) {
      removed = await submit(ctx, attempt, known, (tx) => removeArchived(tx, lane, removedAtOnce));
    }
  }
  await submit(ctx, attempt, known, (tx, now) => markRemoved(tx, now));
}

export type ShownArchive = { number: number; before: Date; entries: number; begunAt: Date; endedAt: Date | null };

/** The archives that were made, oldest first. */
export function listAuditArchives(ctx: Context): Promise<ShownArchive[]> {
  return actReading(ctx, { action: 'audit.archive', target: null }, async (tx, caller) => {
    mustMay('audit.archive', caller);
    return (await listArchives(tx)).map(({ number, before, entries, begunAt, endedAt }) => ({
      number,
      before,
      entries,
      begunAt,
      endedAt,
    }));
  });
}

const targetOf = (number: number): string => `archive:${number}`;

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
