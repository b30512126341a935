import { paddedBytes } from '../../crypto/blob-seal.ts';
import { takeRandom } from '../../crypto/random-pool.ts';
import { mustBePerson, mustMay } from '../../domain/access.ts';
import { mustHaveRoom, readUploadWish, type Upload } from '../../domain/upload.ts';
import { roomUsed } from '../../storage/blobs.ts';
import { insertUpload } from '../../storage/uploads.ts';
import { act } from '../act.ts';
import type { Context } from '../safe.ts';
import { mediaTypeOf } from './media-type.ts';

/** Begins to bring the content of a file. Its room is reserved until an item takes it, or it is given up. */
export function beginUpload(
  ctx: Context,
  input: { size: number; fileName: string; mediaType: string },
): Promise<Upload> {
  return act(ctx, { action: 'upload.begin', target: null }, async (tx, by, now) => {
    mustMay('upload.begin', by);
    const { user } = mustBePerson(by);
    const { fileLimits } = ctx.safe;
    const wish = readUploadWish({ ...input, mediaType: input.mediaType || mediaTypeOf(input.fileName) }, fileLimits);
    mustHaveRoom(paddedBytes(wish.size), await roomUsed(tx, user.id, true), fileLimits);
    const upload = { ...wish, id: takeRandom(16).toString('hex'), userId: user.id, createdAt: now };
    await insertUpload(tx, upload);
    return upload;
  });
}
