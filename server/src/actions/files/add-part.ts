import { makeBlobKey, storedBytes } from '../../crypto/blob-seal.ts';
import { takeRandom } from '../../crypto/random-pool.ts';
import { releaseMemory } from '../../crypto/release-memory.ts';
import { mustMay } from '../../domain/access.ts';
import { Refusal } from '../../domain/errors.ts';
import { mustFollow } from '../../domain/upload.ts';
import { deleteBlob, insertBlob } from '../../storage/blobs.ts';
import { insertPart } from '../../storage/uploads.ts';
import { act, submit } from '../act.ts';
import type { Context } from '../safe.ts';
import { loadUpload } from './load-upload.ts';
import { storeBlob } from './store-blob.ts';

export type Progress = { id: string; size: number; offset: number };

/**
 * Takes the next part of an upload: it is sealed under a fresh key as it comes, into a blob of its own, and counts once it
 * is stored. A part that breaks off leaves nothing; sent again it becomes another blob with another key. The pieces of
 * `bytes` are empty once they were sealed.
 */
export async function addPart(
  ctx: Context,
  input: { id: string; offset: number; length: number; bytes: AsyncIterable<Uint8Array> },
): Promise<Progress> {
  const { id, offset, length, bytes } = input;
  const attempt = { action: 'upload.add-part', target: null } as const;
  const blob = takeRandom(16).toString('hex');
  const size = await act(ctx, attempt, async (tx, caller, now) => {
    mustMay('upload.add-part', caller);
    const { upload, offset: stored } = await loadUpload(tx, caller, id, 'update');
    mustFollow(upload, stored, { offset, length });
    await insertBlob(tx, { id: blob, userId: upload.userId, uploadId: id, bytes: storedBytes(length) }, now);
    return upload.size;
  });
  const key = makeBlobKey();
  try {
    await storeBlob(ctx, { blob, key, length, bytes: releasing(bytes) });
    await act(ctx, attempt, async (tx, caller, now) => {
      mustMay('upload.add-part', caller);
      // Another may have brought the same part meanwhile, or the upload was taken or given up.
      const { upload, offset: stored } = await loadUpload(tx, caller, id, 'update');
      mustFollow(upload, stored, { offset, length });
      await insertPart(tx, id, offset, { blob, key: key.toString('base64'), length }, now);
    });
  } catch (thrown) {
    // A commit whose outcome is unknown may have been done: what it may name is left to the collector, which looks.
    if (!isUnknown(thrown)) await takeBack(ctx, blob);
    throw thrown;
  } finally {
    key.fill(0);
  }
  return { id, size, offset: offset + length };
}

async function* releasing(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    yield piece;
    releaseMemory(piece);
  }
}

function isUnknown(thrown: unknown): boolean {
  return thrown instanceof Refusal && ['store_unreachable', 'store_timeout', 'unexpected'].includes(thrown.code);
}

/** Removes a blob that nothing names. What cannot be removed now is collected later: its row is still there. */
async function takeBack(ctx: Context, blob: string): Promise<void> {
  try {
    await ctx.safe.blobs.remove(blob);
    const known = { caller: null, account: '' };
    await submit(ctx, { action: 'safe.tend', target: null }, known, (tx) => deleteBlob(tx, blob));
  } catch {
    // The collector comes by.
  }
}
