import { hmacSha256 } from './digests.ts';
import type { Keyring, SecretKey } from './keyring.ts';
import { encodeFields } from './length-prefixed.ts';

/** Raise it when the rules that normalize indexed values change: old tags then match nothing until they are rebuilt. */
export const NORMALIZATION_VERSION = 1;

const FORMAT = 'arca blind index 1';
const TAG_BYTES = 16;

type Place = { owner: number; kind: string; field: string };

/**
 * 16 bytes that tell equal values of one field of one owner's items, and nothing across owners, kinds or fields.
 * HMAC-SHA-256 under the current index key, cut. Never for a password, a prefix or a fragment.
 */
export function blindIndex(ring: Keyring, place: Place, normalized: string): Uint8Array {
  return tagUnder(ring, ring.index[0], place, normalized);
}

/** The value's tags under every key of the ring: rows may still hold one of an older key, or hold one of the next. */
export function blindIndexes(ring: Keyring, place: Place, normalized: string): Uint8Array[] {
  return ring.index.map((key) => tagUnder(ring, key, place, normalized));
}

function tagUnder(ring: Keyring, { key }: SecretKey, place: Place, normalized: string): Uint8Array {
  const fields = [FORMAT, ring.safeId, place.owner, place.kind, place.field, NORMALIZATION_VERSION, normalized];
  return hmacSha256(key, encodeFields(fields)).subarray(0, TAG_BYTES);
}
