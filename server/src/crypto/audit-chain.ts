import { sign, verify } from 'node:crypto';
import { sha256 } from './digests.ts';
import type { Keyring, SigningKey } from './keyring.ts';
import { encodeFields } from './length-prefixed.ts';
import { publicKeyOf } from './public-keys.ts';
import { asBuffer } from './seal.ts';

/** The end of a lane at a moment. `hash` is 32 bytes, `at` milliseconds since 1970. */
export type HeadClaim = { safeId: string; lane: string; sequence: number; hash: Uint8Array; at: number };

/** An entry as it is stored, but for its hash. */
export type EntryColumns = {
  lane: string;
  sequence: number;
  at: number;
  event: string;
  user_id: number | null;
  access_key_id: number | null;
  target: string | null;
  request_id: string;
  details: Uint8Array | null;
  changed_rows: string | null;
  lanes_told: string | null;
};

/** Before the first entry of a lane. */
export const chainStart: Uint8Array = new Uint8Array(32);

const HEAD_FORMAT = 'arca audit head 1';
const HASH_BYTES = 32;

let scratch = Buffer.allocUnsafeSlow(16 * 1024);

/**
 * The columns that an entry's hash covers, named in the order that RFC 8785 sorts them; bytes as base64. An entry that
 * changed no row has no member that tells of rows, and one that tells of no lane none of lanes.
 */
export function hashedColumns(row: EntryColumns) {
  const changes = row.changed_rows === null ? {} : { changed_rows: row.changed_rows };
  const lanes = row.lanes_told === null ? {} : { lanes_told: row.lanes_told };
  return {
    access_key_id: row.access_key_id,
    at: row.at,
    ...changes,
    details: row.details === null ? null : asBuffer(row.details).toString('base64'),
    event: row.event,
    lane: row.lane,
    ...lanes,
    request_id: row.request_id,
    sequence: row.sequence,
    target: row.target,
    user_id: row.user_id,
  };
}

/** SHA-256 of the previous entry's hash and this entry's canonical JSON. A lane's first entry has 32 zeros before it. */
export function entryHash(previous: Uint8Array, canonicalEntry: string): Uint8Array {
  if (previous.length !== HASH_BYTES) throw new RangeError('the previous hash has 32 bytes');
  const most = HASH_BYTES + canonicalEntry.length * 3;
  if (most > scratch.length) scratch = Buffer.allocUnsafeSlow(most * 2);
  scratch.set(previous, 0);
  const end = HASH_BYTES + scratch.write(canonicalEntry, HASH_BYTES);
  return sha256(scratch.subarray(0, end));
}

/** Ed25519 over format, safe, lane, sequence, hash and time. 64 bytes. */
export function signHead(by: SigningKey, head: HeadClaim): Uint8Array {
  return sign(null, encodeHead(head), by.key);
}

/** Whether that key (SPKI DER) signed exactly this head. False, too, for bytes that are no Ed25519 key. */
export function headSignatureHolds(publicKeyDer: Uint8Array, head: HeadClaim, signature: Uint8Array): boolean {
  try {
    const key = publicKeyOf(publicKeyDer);
    return key.asymmetricKeyType === 'ed25519' && verify(null, encodeHead(head), key, signature);
  } catch {
    return false;
  }
}

/** The keys that heads are and were signed with, the current one first. */
export function auditPublicKeys(ring: Keyring): { id: string; publicKey: Uint8Array }[] {
  return [...ring.auditSigning, ...ring.auditVerifying].map(({ id, publicDer }) => ({ id, publicKey: publicDer }));
}

function encodeHead(head: HeadClaim): Buffer {
  return encodeFields([HEAD_FORMAT, head.safeId, head.lane, head.sequence, head.hash, head.at]);
}
