import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import {
  type BlobBytes,
  chunkBytes,
  headerBytes,
  LengthWrong,
  makeBlobKey,
  openBlob,
  openHeader,
  sealBlob,
  storedBytes,
} from './blob-seal.ts';
import { SealBroken } from './seal.ts';

const place = { safeId: 'safe', blob: 'b1' };
const lengths = [0, 1, 63, 64, 65, chunkBytes - 1, chunkBytes, chunkBytes + 1, 3 * chunkBytes, 3 * chunkBytes + 7];

async function* inPieces(bytes: Uint8Array, size = 10_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function gather(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  // The memory of a piece is used again for the next one.
  for await (const piece of pieces) all.push(Buffer.from(piece));
  return Buffer.concat(all);
}

const sealed = (plain: Uint8Array, key: Uint8Array, at = place) =>
  gather(sealBlob(at, key, plain.length, inPieces(plain)));
const bytesOf =
  (stored: Uint8Array): BlobBytes =>
  (from, to) =>
    inPieces(stored.subarray(from, to));

/** All that the header and the chunks give, as a reader would. */
async function opened(stored: Buffer, key: Uint8Array, at = place, range?: { from: number; to: number }) {
  const length = openHeader(at, key, stored.subarray(0, headerBytes));
  return gather(openBlob(at, key, length, bytesOf(stored), range ?? { from: 0, to: length }));
}

describe('a sealed blob', () => {
  for (const length of lengths) {
    it(`gives ${length} bytes back, and takes as much room as it says`, async () => {
      const plain = randomBytes(length);
      const key = makeBlobKey();
      const stored = await sealed(plain, key);
      assert.equal(stored.length, storedBytes(length));
      assert.deepEqual(await opened(stored, key), plain);
    });
  }

  it('gives any range', async () => {
    const plain = randomBytes(3 * chunkBytes + 7);
    const key = makeBlobKey();
    const stored = await sealed(plain, key);
    for (const [from, to] of [
      [0, 1],
      [chunkBytes - 1, chunkBytes + 1],
      [chunkBytes, 2 * chunkBytes],
      [plain.length - 3, plain.length],
      [5, plain.length + 100],
      [9, 9],
    ] as const) {
      assert.deepEqual(await opened(stored, key, place, { from, to }), plain.subarray(from, to), `${from} to ${to}`);
    }
  });

  it('shows its length in steps of 64 bytes only', () => {
    assert.equal(storedBytes(65), storedBytes(128));
    assert.equal(storedBytes(0), storedBytes(64));
    assert.notEqual(storedBytes(128), storedBytes(129));
  });

  it('takes exactly as many bytes as were said', async () => {
    const key = makeBlobKey();
    for (const said of [99, 101]) {
      await assert.rejects(gather(sealBlob(place, key, said, inPieces(randomBytes(100)))), LengthWrong);
    }
  });

  it('opens under no other key, name or safe', async () => {
    const key = makeBlobKey();
    const stored = await sealed(randomBytes(100), key);
    await assert.rejects(opened(stored, makeBlobKey()), SealBroken);
    await assert.rejects(opened(stored, key, { ...place, blob: 'b2' }), SealBroken);
    await assert.rejects(opened(stored, key, { ...place, safeId: 'other' }), SealBroken);
  });

  const one = chunkBytes + 16;
  const chunkAt = (stored: Buffer, number: number) =>
    stored.subarray(headerBytes + number * one, headerBytes + (number + 1) * one);
  const damages: Record<string, (stored: Buffer, other: Buffer) => Buffer> = {
    'a changed format': (stored) => stored.fill(2, 0, 1),
    'a changed bit in a chunk': (stored) => {
      stored[headerBytes + one + 5] = (stored[headerBytes + one + 5] as number) ^ 1;
      return stored;
    },
    'a last chunk that is missing': (stored) => stored.subarray(0, headerBytes + 3 * one),
    'an end that is cut': (stored) => stored.subarray(0, -1),
    'a chunk that is left out': (stored) =>
      Buffer.concat([stored.subarray(0, headerBytes + one), stored.subarray(headerBytes + 2 * one)]),
    'two chunks that changed places': (stored) =>
      Buffer.concat([
        stored.subarray(0, headerBytes),
        chunkAt(stored, 1),
        chunkAt(stored, 0),
        stored.subarray(headerBytes + 2 * one),
      ]),
    'a chunk of another blob': (stored, other) =>
      Buffer.concat([stored.subarray(0, headerBytes), chunkAt(other, 0), stored.subarray(headerBytes + one)]),
    'the header of another blob': (stored, other) =>
      Buffer.concat([other.subarray(0, headerBytes), stored.subarray(headerBytes)]),
    'another blob in its place': (_stored, other) => other,
  };
  for (const [what, damage] of Object.entries(damages)) {
    it(`does not open with ${what}`, async () => {
      const key = makeBlobKey();
      const plain = randomBytes(3 * chunkBytes + 7);
      const other = await sealed(randomBytes(plain.length), makeBlobKey(), { ...place, blob: 'b2' });
      await assert.rejects(opened(damage(await sealed(plain, key), other), key), SealBroken);
    });
  }

  it('gives nothing of a chunk that is broken, and all before it', async () => {
    const key = makeBlobKey();
    const plain = randomBytes(2 * chunkBytes);
    const stored = await sealed(plain, key);
    stored[headerBytes + one] = (stored[headerBytes + one] as number) ^ 1;
    const got: Buffer[] = [];
    const reading = async () => {
      for await (const piece of openBlob(place, key, plain.length, bytesOf(stored), { from: 0, to: plain.length })) {
        got.push(piece);
      }
    };
    await assert.rejects(reading(), SealBroken);
    assert.deepEqual(Buffer.concat(got), plain.subarray(0, chunkBytes));
  });

  it('never gives the same bytes twice, for each blob has a key of its own', async () => {
    const plain = Buffer.alloc(200);
    const [one, two] = [await sealed(plain, makeBlobKey()), await sealed(plain, makeBlobKey())];
    assert.notDeepEqual(one.subarray(headerBytes), two.subarray(headerBytes));
  });
});
