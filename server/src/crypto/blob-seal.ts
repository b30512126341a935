import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { encodeFields } from './length-prefixed.ts';
import { takeRandom } from './random-pool.ts';
import { releaseMemory } from './release-memory.ts';
import { asBuffer, SealBroken, seal, unseal } from './seal.ts';

/** Which blob of which safe: its bytes open under no other name. */
export type BlobPlace = { safeId: string; blob: string };

/** The bytes of a stored blob from `from` up to but not with `to`. */
export type BlobBytes = (from: number, to: number) => AsyncIterable<Uint8Array>;

/** What was to be sealed is not as long as was said. */
export class LengthWrong extends Error {
  override name = 'LengthWrong';
}

// Layout: format byte, 12 bytes nonce, sealed header (chunk size, length), 16 bytes tag; then the chunks, each with its tag.
// STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015): a chunk's nonce is its number and whether it is the last, so that
// chunks can be neither left out, moved nor cut off. The key is fresh for each blob, so numbers may begin anew.
const FORMAT = 'arca blob 1';
const FORMAT_BYTE = Uint8Array.of(1);
const AES = 'aes-256-gcm';
const TAG = 16;
const FULL_TAG = { authTagLength: TAG };
const KEY_BYTES = 32;
const HEADER_PLAIN = 12;
export const headerBytes = FORMAT_BYTE.length + 12 + HEADER_PLAIN + TAG;
export const chunkBytes = 64 * 1024;
// The size of a blob shows in steps of as many bytes only.
const STEP = 64;

/** A key for one blob: never used for another, nor for a second try of the same. */
export function makeBlobKey(): Buffer {
  return takeRandom(KEY_BYTES);
}

/** Bytes that a blob of that length takes where it is stored. */
export function storedBytes(length: number): number {
  return headerBytes + paddedBytes(length) + chunksOf(length) * TAG;
}

/** What a length shows of itself: the next multiple of 64. */
export function paddedBytes(length: number): number {
  return Math.max(STEP, Math.ceil(length / STEP) * STEP);
}

function chunksOf(length: number): number {
  return Math.ceil(paddedBytes(length) / chunkBytes);
}

/**
 * Seals exactly `length` bytes, chunk by chunk; the memory of a chunk is used again for the next one. Throws LengthWrong
 * when there come fewer or more.
 */
export async function* sealBlob(
  place: BlobPlace,
  key: Uint8Array,
  length: number,
  plain: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  yield sealHeader(place, key, length);
  const chunkKey = chunkKeyOf(place, key, chunkBytes, length);
  const last = chunksOf(length) - 1;
  const sizeOf = (number: number) => Math.min(chunkBytes, Math.max(0, paddedBytes(length) - number * chunkBytes));
  const room = Buffer.alloc(sizeOf(0));
  const sealed = Buffer.allocUnsafeSlow(room.length + TAG);
  let chunk = room;
  let number = 0;
  let filled = 0;
  let left = length;
  for await (const bytes of plain) {
    left -= bytes.length;
    if (left < 0) throw new LengthWrong('there are more bytes than was said');
    for (let at = 0; at < bytes.length; ) {
      const piece = bytes.subarray(at, at + chunk.length - filled);
      chunk.set(piece, filled);
      filled += piece.length;
      at += piece.length;
      if (filled < chunk.length) continue;
      yield sealChunk(chunkKey, number, number === last, chunk, sealed);
      number += 1;
      filled = 0;
      chunk = room.subarray(0, sizeOf(number));
    }
  }
  if (left > 0) throw new LengthWrong('there are fewer bytes than was said');
  // What no byte came for is zero, whatever the chunk before had there.
  if (number <= last) yield sealChunk(chunkKey, number, true, chunk.fill(0, filled), sealed);
  room.fill(0);
  chunkKey.fill(0);
}

/** The length that a blob's header tells. Throws SealBroken when it is of another blob, or was changed. */
export function openHeader(place: BlobPlace, key: Uint8Array, header: Uint8Array): number {
  if (header.length !== headerBytes || header[0] !== FORMAT_BYTE[0]) throw new SealBroken();
  const headerKey = derived(key, encodeFields([FORMAT, place.safeId, place.blob, 'header']));
  const plain = unseal(headerKey, headerPlace(place), asBuffer(header), FORMAT_BYTE.length);
  headerKey.fill(0);
  if (plain.length !== HEADER_PLAIN || plain.readUInt32BE(0) !== chunkBytes) throw new SealBroken();
  const length = plain.readDoubleBE(4);
  if (!Number.isSafeInteger(length) || length < 0) throw new SealBroken();
  return length;
}

/**
 * The bytes of a blob from `from` up to but not with `to`, of which each was found whole before it is given. `length` is
 * what its header told. Throws SealBroken at the first chunk that was changed, cut, moved or left out.
 */
export async function* openBlob(
  place: BlobPlace,
  key: Uint8Array,
  length: number,
  stored: BlobBytes,
  { from, to }: { from: number; to: number },
): AsyncGenerator<Buffer> {
  const end = Math.min(to, length);
  if (from >= end) return;
  const chunkKey = chunkKeyOf(place, key, chunkBytes, length);
  const last = chunksOf(length) - 1;
  const sizeOf = (number: number) => TAG + (number < last ? chunkBytes : paddedBytes(length) - number * chunkBytes);
  const placeOf = (number: number) => headerBytes + number * (chunkBytes + TAG);
  const firstChunk = Math.floor(from / chunkBytes);
  const lastChunk = Math.floor((end - 1) / chunkBytes);
  let number = firstChunk;
  const room = Buffer.allocUnsafeSlow(sizeOf(number));
  let sealed = room;
  let filled = 0;
  for await (const bytes of stored(placeOf(firstChunk), placeOf(lastChunk) + sizeOf(lastChunk))) {
    for (let at = 0; at < bytes.length; ) {
      if (number > lastChunk) throw new SealBroken();
      const piece = bytes.subarray(at, at + sealed.length - filled);
      sealed.set(piece, filled);
      filled += piece.length;
      at += piece.length;
      if (filled < sealed.length) continue;
      const plain = openChunk(chunkKey, number, number === last, sealed);
      const start = number * chunkBytes;
      yield plain.subarray(Math.max(0, from - start), Math.min(plain.length, end - start));
      number += 1;
      filled = 0;
      if (number <= lastChunk) sealed = room.subarray(0, sizeOf(number));
    }
  }
  if (number <= lastChunk) throw new SealBroken();
  chunkKey.fill(0);
}

function sealHeader(place: BlobPlace, key: Uint8Array, length: number): Buffer {
  const headerKey = derived(key, encodeFields([FORMAT, place.safeId, place.blob, 'header']));
  const plain = Buffer.allocUnsafe(HEADER_PLAIN);
  plain.writeUInt32BE(chunkBytes, 0);
  plain.writeDoubleBE(length, 4);
  const sealed = seal(headerKey, headerPlace(place), FORMAT_BYTE, plain);
  headerKey.fill(0);
  return sealed;
}

const headerPlace = (place: BlobPlace) => encodeFields([FORMAT, place.safeId, place.blob]);

/** The chunks' own key is bound to what the header says: chunks of a blob of another length do not open under it. */
function chunkKeyOf(place: BlobPlace, key: Uint8Array, size: number, length: number): Buffer {
  return derived(key, encodeFields([FORMAT, place.safeId, place.blob, 'chunks', size, length]));
}

// HKDF-SHA-256 (RFC 5869).
function derived(key: Uint8Array, info: Uint8Array): Buffer {
  if (key.length !== KEY_BYTES) throw new SealBroken();
  return Buffer.from(hkdfSync('sha256', key, '', info, KEY_BYTES));
}

function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(number, 7);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

function sealChunk(key: Buffer, number: number, isLast: boolean, chunk: Uint8Array, into: Buffer): Buffer {
  const cipher = createCipheriv(AES, key, nonceOf(number, isLast), FULL_TAG);
  const sealed = cipher.update(chunk);
  into.set(sealed);
  releaseMemory(sealed);
  cipher.final();
  into.set(cipher.getAuthTag(), chunk.length);
  return into.subarray(0, chunk.length + TAG);
}

function openChunk(key: Buffer, number: number, isLast: boolean, sealed: Buffer): Buffer {
  const end = sealed.length - TAG;
  const decipher = createDecipheriv(AES, key, nonceOf(number, isLast), FULL_TAG);
  decipher.setAuthTag(sealed.subarray(end));
  const plain = decipher.update(sealed.subarray(0, end));
  try {
    decipher.final();
  } catch {
    plain.fill(0);
    throw new SealBroken();
  }
  return plain;
}
