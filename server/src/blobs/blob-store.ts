import { SealBroken } from '../crypto/seal.ts';

/**
 * Where the sealed bytes of files are kept: a folder, or a bucket. It knows neither items nor keys. Names are random and
 * are never used again.
 */
export type BlobStore = {
  /**
   * Stores a blob of so many bytes: durable and whole when this returns, not there at all when it throws. Of what comes it
   * keeps no piece once it asks for the next one.
   */
  put(id: string, size: number, bytes: AsyncIterable<Uint8Array>): Promise<void>;
  /**
   * Bytes from `from` up to but not with `to`; a piece holds them until the next one is asked for, when its memory may be
   * used again. Throws BlobMissing when there is no such blob.
   */
  read(id: string, from: number, to: number): AsyncIterable<Uint8Array>;
  /** Bytes that are stored under that name; null when there is none. */
  size(id: string): Promise<number | null>;
  /** No fault when there is none. */
  remove(id: string): Promise<void>;
};

/** The store of blobs cannot be reached, is full, or does not do what it is asked. The message is for the log. */
export class BlobStoreFault extends Error {
  override name = 'BlobStoreFault';
}

/** A blob that should be there is not: as broken as one that does not open. */
export class BlobMissing extends SealBroken {
  override name = 'BlobMissing';
}

const form = /^[0-9a-f]{32}$/;

/** Blobs are named by 32 hex characters: nothing that a path or a URL could be turned by. */
export function mustBeBlobId(id: string): void {
  if (!form.test(id)) throw new BlobMissing();
}
