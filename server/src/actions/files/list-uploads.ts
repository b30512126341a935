import { mustBePerson, mustMay } from '../../domain/access.ts';
import type { Upload } from '../../domain/upload.ts';
import { roomUsed } from '../../storage/blobs.ts';
import { listUploads as loadUploads } from '../../storage/uploads.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';

export type OwnUploads = {
  uploads: (Upload & { offset: number })[];
  /** Bytes that count against his quota, and how many may. */
  used: number;
  limit: number;
  perFile: number;
};

/** The caller's own uploads under way, and the room that he has. */
export function listUploads(ctx: Context): Promise<OwnUploads> {
  return actReading(ctx, { action: 'upload.list', target: null }, async (tx, caller) => {
    mustMay('upload.list', caller);
    const { user } = mustBePerson(caller);
    const { byUser } = await roomUsed(tx, user.id, false);
    const { perUser, perFile } = ctx.safe.fileLimits;
    return { uploads: await loadUploads(tx, user.id), used: byUser, limit: perUser, perFile };
  });
}
