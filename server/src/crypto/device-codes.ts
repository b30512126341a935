import { randomUUID } from 'node:crypto';
import { hmacSha256, sha256 } from './digests.ts';
import type { Keyring, SecretKey } from './keyring.ts';
import { encodeFields } from './length-prefixed.ts';
import { randomLetters } from './random-letters.ts';
import { takeRandom } from './random-pool.ts';

// RFC 8628, section 6.1: consonants alone spell no word, and none of them looks like another or like a digit.
const alphabet = 'BCDFGHJKLMNPQRSTVWXZ';
const half = 4;
const FORMAT = 'arca user code 1';

/** A name in the store, and the code that a device keeps to itself: 256 random bits in base64url. */
export function makeDeviceCode(): { id: string; deviceCode: string } {
  return { id: randomUUID(), deviceCode: takeRandom(32).toString('base64url') };
}

/** What is stored of it: of so many random bits a plain hash tells nothing. */
export function deviceCodeHash(code: string): Uint8Array {
  return sha256(code);
}

/** The code that a person types, such as `WDJB-MJHT`: 34 random bits. */
export function makeUserCode(): string {
  return `${randomLetters(alphabet, half)}-${randomLetters(alphabet, half)}`;
}

/** What is stored of it. It is short: only with the index key could whoever takes the hash away try them all. */
export function userCodeHash(ring: Keyring, code: string): Uint8Array {
  return hashUnder(ring, ring.index[0], code);
}

/** The hashes of a typed code under every key of the ring. Case, spaces and hyphens are free. */
export function userCodeHashes(ring: Keyring, typed: string): Uint8Array[] {
  return ring.index.map((key) => hashUnder(ring, key, typed));
}

function hashUnder(ring: Keyring, { key }: SecretKey, code: string): Uint8Array {
  const letters = code.toUpperCase().replaceAll(/[^A-Z]/g, '');
  return hmacSha256(key, encodeFields([FORMAT, ring.safeId, letters]));
}
