import { mustMay } from '../../domain/access.ts';
import type { Upload } from '../../domain/upload.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';
import { loadUpload } from './load-upload.ts';

/** An upload of the caller's own, and how far it has come: where its next part begins. */
export function readUpload(ctx: Context, { id }: { id: string }): Promise<Upload & { offset: number }> {
  return actReading(ctx, { action: 'upload.list', target: null }, async (tx, caller) => {
    mustMay('upload.list', caller);
    const { upload, offset } = await loadUpload(tx, caller, id, 'none');
    return { ...upload, offset };
  });
}
