import { BlobMissing, type BlobStore } from '../../blobs/blob-store.ts';
import { headerBytes, openBlob, openHeader } from '../../crypto/blob-seal.ts';
import { SealBroken } from '../../crypto/seal.ts';
import type { ByteRange } from '../../domain/byte-range.ts';
import type { FileContent, FilePart } from '../../domain/upload.ts';

/** A part of a file does not open: cut, changed, swapped or gone. Names the blob. */
export class ContentBroken extends SealBroken {
  override name = 'ContentBroken';
  readonly blob: string;
  constructor(blob: string) {
    super();
    this.blob = blob;
  }
}

/**
 * The bytes of a content within a range, each found whole before it is given. What is read of a blob is decided by its own
 * sealed header, which must say what the item says. Throws ContentBroken, and what the store of blobs throws.
 */
export async function* readContent(
  blobs: BlobStore,
  safeId: string,
  content: FileContent,
  range: ByteRange,
): AsyncGenerator<Buffer> {
  let start = 0;
  for (const part of content.parts) {
    const from = Math.max(0, range.from - start);
    const to = Math.min(part.length, range.to - start);
    start += part.length;
    if (from < to) yield* readPart(blobs, safeId, part, { from, to });
  }
}

async function* readPart(blobs: BlobStore, safeId: string, part: FilePart, range: ByteRange): AsyncGenerator<Buffer> {
  const place = { safeId, blob: part.blob };
  const key = Buffer.from(part.key, 'base64');
  try {
    const pieces: Uint8Array[] = [];
    for await (const piece of blobs.read(part.blob, 0, headerBytes)) pieces.push(Buffer.from(piece));
    if (openHeader(place, key, Buffer.concat(pieces)) !== part.length) throw new SealBroken();
    yield* openBlob(place, key, part.length, (from, to) => blobs.read(part.blob, from, to), range);
  } catch (thrown) {
    if (thrown instanceof SealBroken || thrown instanceof BlobMissing) throw new ContentBroken(part.blob);
    throw thrown;
  } finally {
    key.fill(0);
  }
}
