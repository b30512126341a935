import { BlobStoreFault } from '../../blobs/blob-store.ts';
import { Refusal } from '../../domain/errors.ts';
import type { FileContent } from '../../domain/upload.ts';
import type { Context } from '../safe.ts';
import { ContentBroken, readContent } from './content.ts';

/** What reading a content threw, as a refusal; the log keeps the cause, and names the blob. */
export function contentFault({ safe, requestId }: Context, thrown: unknown): Refusal {
  if (thrown instanceof ContentBroken) {
    const place = { table: 'blobs', row: thrown.blob };
    safe.log.error({ requestId, ...place }, 'a stored file was changed, cut, swapped or is gone');
    return new Refusal('integrity_broken', place);
  }
  const cause = thrown instanceof BlobStoreFault ? thrown.message : 'unexpected';
  safe.log.error({ requestId, cause, err: thrown }, 'the store of files failed');
  return new Refusal(thrown instanceof BlobStoreFault ? 'store_unreachable' : 'unexpected', {});
}

/**
 * All bytes of a content, found whole, piece by piece to whoever takes them. False, and told in the log, when it is broken:
 * what was taken by then is to be thrown away. Throws a Refusal when it cannot be read at all.
 */
export async function takeContent(ctx: Context, content: FileContent, take: (piece: Buffer) => void): Promise<boolean> {
  const { blobs, ring } = ctx.safe;
  try {
    for await (const piece of readContent(blobs, ring.safeId, content, { from: 0, to: content.size })) take(piece);
    return true;
  } catch (thrown) {
    const refusal = contentFault(ctx, thrown);
    if (refusal.code === 'integrity_broken') return false;
    throw refusal;
  }
}
