import { sign, verify } from 'node:crypto';
import type { Keyring } from './keyring.ts';
import { encodeFields } from './length-prefixed.ts';
import { publicKeyOf } from './public-keys.ts';

/**
 * A place in a lane: `archive` holds what is up to it, and the store begins after it. `hash` is that of the entry there,
 * `at` when the place was signed, in milliseconds since 1970.
 */
export type PlaceClaim = {
  safeId: string;
  archive: number;
  lane: string;
  sequence: number;
  hash: Uint8Array;
  at: number;
};

/**
 * The end of an archive: the SHA-256 of all its lines before, each with its line feed, and that of the archive before it
 * (32 zeros for the first). It holds entries from before `before`.
 */
export type ArchiveClaim = {
  safeId: string;
  archive: number;
  before: number;
  entries: number;
  digest: Uint8Array;
  previous: Uint8Array;
};

export type Signed = { keyId: string; signature: Uint8Array };

/** Ed25519 by the current audit key. Another form than a lane's head: an old head must not pass for a beginning. */
export function signPlace(ring: Keyring, claim: PlaceClaim): Signed {
  return signBytes(ring, encodePlace(claim));
}

/** Whether that key (SPKI DER) signed exactly this place. */
export function placeHolds(publicKeyDer: Uint8Array, claim: PlaceClaim, signature: Uint8Array): boolean {
  return holds(publicKeyDer, encodePlace(claim), signature);
}

export function signArchive(ring: Keyring, claim: ArchiveClaim): Signed {
  return signBytes(ring, encodeArchive(claim));
}

/** Whether that key (SPKI DER) signed exactly this end. */
export function archiveHolds(publicKeyDer: Uint8Array, claim: ArchiveClaim, signature: Uint8Array): boolean {
  return holds(publicKeyDer, encodeArchive(claim), signature);
}

function signBytes(ring: Keyring, bytes: Buffer): Signed {
  const [current] = ring.auditSigning;
  return { keyId: current.id, signature: sign(null, bytes, current.key) };
}

function holds(publicKeyDer: Uint8Array, bytes: Buffer, signature: Uint8Array): boolean {
  try {
    const key = publicKeyOf(publicKeyDer);
    return key.asymmetricKeyType === 'ed25519' && verify(null, bytes, key, signature);
  } catch {
    return false;
  }
}

function encodePlace({ safeId, archive, lane, sequence, hash, at }: PlaceClaim): Buffer {
  return encodeFields(['arca audit place 1', safeId, archive, lane, sequence, hash, at]);
}

function encodeArchive({ safeId, archive, before, entries, digest, previous }: ArchiveClaim): Buffer {
  return encodeFields(['arca audit archive 1', safeId, archive, before, entries, digest, previous]);
}
