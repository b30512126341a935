import { uploadMilliseconds } from '../../domain/upload.ts';
import { deleteBlob, doomBlobs, doomedBlobs, doomStrays } from '../../storage/blobs.ts';
import { deleteUpload, uploadsUnusedSince } from '../../storage/uploads.ts';
import { submit } from '../act.ts';
import type { Context } from '../safe.ts';

/** A blob that is being written when it is doomed is done with by then: no request lasts so long. */
const graceMilliseconds = 3_600_000;
const slice = 100;

/**
 * Gives up uploads that nothing was added to for a day, and removes blobs that no item took: those of such uploads, those
 * that an upload or an import left over, and those of a process that was killed. What an item keeps is never doomed, and what is doomed
 * can be kept by none: both are decided in one transaction, with the upload held. Gives how many blobs went.
 */
export async function collectBlobs(ctx: Context): Promise<number> {
  const tend = <T>(steps: Parameters<typeof submit<T>>[3]) =>
    submit(ctx, { action: 'safe.tend', target: null }, { caller: null, account: '' }, steps);
  await tend(async (tx, now) => {
    const since = new Date(+now - uploadMilliseconds);
    for (const id of await uploadsUnusedSince(tx, since, slice)) {
      await doomBlobs(tx, id, now);
      await deleteUpload(tx, id);
    }
    await doomStrays(tx, since, now);
  });
  const before = new Date(+ctx.safe.clock() - graceMilliseconds);
  const ids = await ctx.safe.store.read((tx) => doomedBlobs(tx, before, slice));
  for (const id of ids) {
    // First the bytes, then the row: who is killed in between comes back to it.
    await ctx.safe.blobs.remove(id);
    await tend((tx) => deleteBlob(tx, id));
  }
  return ids.length;
}
