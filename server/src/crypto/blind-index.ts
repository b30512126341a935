import { hmacSha256 } from './digests.ts';
import type { Keyring } from './keyring.ts';
import { encodeFields } from './length-prefixed.ts';

/** Raise it when the rules that normalize indexed values change: old tags then match nothing until they are rebuilt. */
export const NORMALIZATION_VERSION = 1;

const FORMAT = 'arca blind index 1';
const TAG_BYTES = 16;

/**
 * 16 bytes that tell equal values of one field of one owner's items, and nothing across owners, kinds or fields.
 * HMAC-SHA-256 under the current index key, cut. Never for a password, a prefix or a fragment.
 */
export function blindIndex(
  ring: Keyring,
  place: { owner: number; kind: string; field: string },
  normalized: string,
): Uint8Array {
  const fields = [FORMAT, ring.safeId, place.owner, place.kind, place.field, NORMALIZATION_VERSION, normalized];
  return hmacSha256(ring.index[0].key, encodeFields(fields)).subarray(0, TAG_BYTES);
}
