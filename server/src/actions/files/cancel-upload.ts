import { mustMay } from '../../domain/access.ts';
import { doomBlobs } from '../../storage/blobs.ts';
import { deleteUpload } from '../../storage/uploads.ts';
import { act } from '../act.ts';
import type { Context } from '../safe.ts';
import { loadUpload } from './load-upload.ts';

/** Gives an upload up: its room is free at once, its bytes are gone within two hours. */
export function cancelUpload(ctx: Context, { id }: { id: string }): Promise<void> {
  return act(ctx, { action: 'upload.cancel', target: null }, async (tx, caller, now) => {
    mustMay('upload.cancel', caller);
    await loadUpload(tx, caller, id, 'update');
    await doomBlobs(tx, id, now);
    await deleteUpload(tx, id);
  });
}
