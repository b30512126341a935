import { createSecretKey, type KeyObject } from 'node:crypto';
import { BoundedMemo } from './bounded-memo.ts';
import type { Keyring, SecretKey } from './keyring.ts';
import { encodeFields } from './length-prefixed.ts';
import { pad, unpad } from './padding.ts';
import { takeRandom } from './random-pool.ts';
import { asBuffer, SealBroken, seal, unseal } from './seal.ts';

export { SealBroken } from './seal.ts';

/** Which version of which item: a sealed part opens nowhere else. */
export type VersionPlace = { kind: string; number: number; version: number };
/** One version's own random key, wrapped under the data key `keyId`, and its two parts, sealed under that key. */
export type SealedVersion = { keyId: string; wrappedKey: Uint8Array; open: Uint8Array; secret: Uint8Array };

type Part = 'open' | 'secret';

const FORMAT = 'arca item version 1';
const HEAD = Uint8Array.of(1);
const KEY_BYTES = 32;

/** Seals both parts under a fresh key of this version. Their sizes show in steps of 64 bytes only. */
export function sealVersion(
  ring: Keyring,
  place: VersionPlace,
  content: { open: string; secret: string },
): SealedVersion {
  const [current] = ring.data;
  const versionKey = takeRandom(KEY_BYTES);
  const wrappedKey = seal(current.key, wrapPlace(ring, place, current.id), HEAD, versionKey);
  const open = sealPart(ring, place, 'open', versionKey, content.open);
  const secret = sealPart(ring, place, 'secret', versionKey, content.secret);
  versionKey.fill(0);
  return { keyId: current.id, wrappedKey, open, secret };
}

/** Both parts. Throws SealBroken when anything was changed, cut, swapped or comes from another place. */
export function openVersion(
  ring: Keyring,
  place: VersionPlace,
  sealed: SealedVersion,
): { open: string; secret: string } {
  const opened = openKnown(ring, place, sealed);
  return { open: opened.open, secret: openPart(ring, place, 'secret', opened.key, sealed.secret) };
}

/**
 * The open part alone, for lists and search: the secret part is not even needed. Throws SealBroken.
 * Nothing is remembered: a long list would drive out what reveals come back to.
 */
export function openOpenPart(
  ring: Keyring,
  place: VersionPlace,
  sealed: Pick<SealedVersion, 'keyId' | 'wrappedKey' | 'open'>,
): string {
  const versionKey = unwrapKey(ring, place, sealed);
  try {
    return openPart(ring, place, 'open', versionKey, sealed.open);
  } finally {
    versionKey.fill(0);
  }
}

/** A version whose key was unwrapped and whose open part was opened. The key object prints and serializes as nothing. */
type Known = { key: KeyObject; open: string };

const MEMO_VERSIONS = 5_000;
const MEMO_VERSION_BYTES = 2048;

// What the same sealed bytes in the same place open to is always the same. Secret parts are opened each time anew.
const memos = new WeakMap<SecretKey, BoundedMemo<string, Known>>();

function openKnown(
  ring: Keyring,
  place: VersionPlace,
  sealed: Pick<SealedVersion, 'keyId' | 'wrappedKey' | 'open'>,
): Known {
  const wrapping = ring.data.find(({ id }) => id === sealed.keyId);
  if (!wrapping) throw new SealBroken();
  let memo = memos.get(wrapping);
  if (!memo) {
    memo = new BoundedMemo(MEMO_VERSIONS);
    memos.set(wrapping, memo);
  }
  const wrapped = asBuffer(sealed.wrappedKey).toString('latin1');
  const open = asBuffer(sealed.open).toString('latin1');
  const memoKey = `${place.kind} ${place.number} ${place.version} ${wrapped.length} ${wrapped}${open}`;
  let known = memo.get(memoKey);
  if (!known) {
    const versionKey = unwrapKey(ring, place, sealed);
    known = { key: createSecretKey(versionKey), open: openPart(ring, place, 'open', versionKey, sealed.open) };
    versionKey.fill(0);
    if (open.length <= MEMO_VERSION_BYTES) memo.set(memoKey, known);
  }
  return known;
}

/** The version's key under the current data key, for a rotation; the parts stay as they are. Throws SealBroken. */
export function rewrapVersion(
  ring: Keyring,
  place: VersionPlace,
  sealed: Pick<SealedVersion, 'keyId' | 'wrappedKey'>,
): Pick<SealedVersion, 'keyId' | 'wrappedKey'> {
  const [current] = ring.data;
  const versionKey = unwrapKey(ring, place, sealed);
  const wrappedKey = seal(current.key, wrapPlace(ring, place, current.id), HEAD, versionKey);
  versionKey.fill(0);
  return { keyId: current.id, wrappedKey };
}

/** Both parts anew under a fresh key of their own, for a rotation after a compromise. Throws SealBroken. */
export function resealVersion(ring: Keyring, place: VersionPlace, sealed: SealedVersion): SealedVersion {
  const versionKey = unwrapKey(ring, place, sealed);
  try {
    return sealVersion(ring, place, {
      open: openPart(ring, place, 'open', versionKey, sealed.open),
      secret: openPart(ring, place, 'secret', versionKey, sealed.secret),
    });
  } finally {
    versionKey.fill(0);
  }
}

function wrapPlace(ring: Keyring, place: VersionPlace, keyId: string): Buffer {
  return encodeFields([FORMAT, ring.safeId, place.kind, place.number, place.version, 'key', keyId]);
}

function partPlace(ring: Keyring, place: VersionPlace, part: Part): Buffer {
  return encodeFields([FORMAT, ring.safeId, place.kind, place.number, place.version, part]);
}

function unwrapKey(ring: Keyring, place: VersionPlace, sealed: Pick<SealedVersion, 'keyId' | 'wrappedKey'>): Buffer {
  const wrapping = ring.data.find(({ id }) => id === sealed.keyId);
  if (!wrapping || sealed.wrappedKey[0] !== HEAD[0]) throw new SealBroken();
  const associated = wrapPlace(ring, place, wrapping.id);
  const versionKey = unseal(wrapping.key, associated, asBuffer(sealed.wrappedKey), HEAD.length);
  if (versionKey.length !== KEY_BYTES) throw new SealBroken();
  return versionKey;
}

function sealPart(ring: Keyring, place: VersionPlace, part: Part, key: Buffer, text: string): Buffer {
  const padded = pad(text);
  const sealed = seal(key, partPlace(ring, place, part), HEAD, padded);
  padded.fill(0);
  return sealed;
}

function openPart(ring: Keyring, place: VersionPlace, part: Part, key: Buffer | KeyObject, sealed: Uint8Array): string {
  if (sealed[0] !== HEAD[0]) throw new SealBroken();
  const padded = unseal(key, partPlace(ring, place, part), asBuffer(sealed), HEAD.length);
  const text = unpad(padded);
  padded.fill(0);
  if (text === null) throw new SealBroken();
  return text;
}
