import { mustMay } from '../../domain/access.ts';
import { act } from '../act.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';
import { ofSchedule } from './make.ts';

/** A backup as it was written: its lines' digest (base64) names it. */
export type MadeBackup = { digest: string; bytes: number; isScheduled?: boolean };
/** What a restore of it into a scratch place showed: how many rows and how many opened versions of items. */
export type ProvenBackup = { safe: string; digest: string; madeAt: string; rows: number; versions: number };

/** Records that a backup was written whole. */
export function recordBackup(ctx: Context, { digest, bytes, isScheduled }: MadeBackup): Promise<void> {
  return act(ctx, { action: 'backup.make', target: null }, async (tx, caller, now) => {
    mustMay('backup.make', caller);
    const target = isScheduled ? ofSchedule : null;
    recordAdmin(tx, ctx, caller, 'backup.made', target, { digest: shown(digest), bytes: Number(bytes) }, now);
  });
}

/** Records that a backup of this safe was restored into a scratch place and holds; false for one of another safe. */
export function recordProof(ctx: Context, proven: ProvenBackup): Promise<{ isOfThisSafe: boolean }> {
  return act(ctx, { action: 'backup.prove', target: null }, async (tx, caller, now) => {
    mustMay('backup.prove', caller);
    if (proven.safe !== ctx.safe.ring.safeId) return { isOfThisSafe: false };
    const { digest, madeAt, rows, versions } = proven;
    const details = { digest: shown(digest), madeAt: shown(madeAt), rows: Number(rows), versions: Number(versions) };
    recordAdmin(tx, ctx, caller, 'backup.proven', null, details, now);
    return { isOfThisSafe: true };
  });
}

/** It came from a file: no more of it is kept than a digest or a time needs. */
function shown(text: string): string {
  return String(text).slice(0, 64);
}
