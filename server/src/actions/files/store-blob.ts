import { BlobStoreFault } from '../../blobs/blob-store.ts';
import { sealBlob, storedBytes } from '../../crypto/blob-seal.ts';
import { Refusal } from '../../domain/errors.ts';
import type { Context } from '../safe.ts';

/** Seals bytes under a key of their own as they come, into a blob whose row is there already. Throws a Refusal. */
export async function storeBlob(
  ctx: Context,
  { blob, key, length, bytes }: { blob: string; key: Buffer; length: number; bytes: AsyncIterable<Uint8Array> },
): Promise<void> {
  const { blobs, ring, log } = ctx.safe;
  let isCut = false;
  async function* watched() {
    try {
      yield* bytes;
    } catch {
      isCut = true;
      throw new Error('the part broke off');
    }
  }
  try {
    const sealed = sealBlob({ safeId: ring.safeId, blob }, key, length, watched());
    await blobs.put(blob, storedBytes(length), sealed);
  } catch (thrown) {
    if (isCut) throw new Refusal('body_unreadable', {});
    if (thrown instanceof Refusal) throw thrown;
    if (thrown instanceof BlobStoreFault) {
      log.error({ requestId: ctx.requestId, cause: thrown.message }, 'the store of files failed');
      throw new Refusal('store_unreachable', {});
    }
    // Shorter or longer than its length.
    if ((thrown as Error).name === 'LengthWrong') throw new Refusal('body_unreadable', {});
    throw thrown;
  }
}
