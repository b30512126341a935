import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import { putRandom } from './random-pool.ts';

/** A sealed value that does not open: wrong key, cut, changed, or moved from another place. Names no value. */
export class SealBroken extends Error {
  override name = 'SealBroken';
  constructor() {
    super('A sealed value does not open: it was changed, cut or moved, or its key is not in the ring.');
  }
}

const NONCE = 12;
const TAG = 16;
const AES = 'aes-256-gcm';
// Said outright, though a tag is always cut at 16 bytes here: left open, node takes tags down to 4.
const FULL_TAG = { authTagLength: TAG };

/** AES-256-GCM under a random 96-bit nonce. Gives head, nonce, ciphertext, tag; the head is copied as it is. */
export function seal(key: KeyObject | Uint8Array, associated: Uint8Array, head: Uint8Array, plain: Uint8Array): Buffer {
  const body = head.length + NONCE;
  const sealed = Buffer.allocUnsafe(body + plain.length + TAG);
  sealed.set(head, 0);
  putRandom(sealed, head.length, NONCE);
  const cipher = createCipheriv(AES, key, sealed.subarray(head.length, body), FULL_TAG);
  cipher.setAAD(associated);
  sealed.set(cipher.update(plain), body);
  cipher.final();
  sealed.set(cipher.getAuthTag(), body + plain.length);
  return sealed;
}

/** The plaintext of what `seal` made behind a head of that length. The caller checks the head. Throws SealBroken. */
export function unseal(
  key: KeyObject | Uint8Array,
  associated: Uint8Array,
  sealed: Buffer,
  headLength: number,
): Buffer {
  const body = headLength + NONCE;
  const end = sealed.length - TAG;
  if (end < body) throw new SealBroken();
  const decipher = createDecipheriv(AES, key, sealed.subarray(headLength, body), FULL_TAG);
  decipher.setAAD(associated);
  decipher.setAuthTag(sealed.subarray(end));
  const plain = decipher.update(sealed.subarray(body, end));
  try {
    decipher.final();
  } catch {
    plain.fill(0);
    throw new SealBroken();
  }
  return plain;
}

/** The same memory as a Buffer: databases hand out plain Uint8Arrays. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
