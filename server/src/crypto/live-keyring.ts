import { createSecretKey, type KeyObject } from 'node:crypto';
import { hmacSha256 } from './digests.ts';
import {
  type KeyPurpose,
  type Keyring,
  makeSafeKey,
  openKeyring,
  type RootKey,
  rewrap,
  type TokenKeyBits,
  type WrappedKey,
  WrongRootKey,
  wrap,
} from './keyring.ts';
import { encodeFields } from './length-prefixed.ts';

/** The keys of an open safe. They change while it is open: a rotation, of this or another process, adds and retires some. */
export type LiveKeyring = {
  /** One and the same object for as long as the safe is open: `take` changes what it holds. */
  readonly ring: Keyring;
  /** Which state of the stored keys the ring shows. */
  readonly revision: number;
  /** Whether a root key that this process was given opens the keys as they are now stored. */
  readonly rootIsKnown: boolean;
  /**
   * Takes over the stored keys. Throws WrongRootKey, and changes nothing, when a key that is new here opens under no
   * root key that this process was given.
   */
  take(revision: number, keys: readonly WrappedKey[]): void;
  /** A fresh key, wrapped under the root key. */
  make(purpose: KeyPurpose, tokenKeyBits: TokenKeyBits): WrappedKey;
  /** What is left of a key that retires. The secret is wiped. */
  leave(key: Omit<WrappedKey, 'wrapped'>, secret: Uint8Array): WrappedKey;
  /** The stored keys under another root key, and marks of both: a mark tells root keys apart and tells nothing of them. */
  rewrapAll(to: Uint8Array, keys: readonly WrappedKey[]): { keys: WrappedKey[]; from: string; to: string };
  /** Keeps another root key in mind, beside those that were given before. */
  learnRoot(root: Uint8Array): void;
};

/**
 * Opens the stored keys under the first of `roots` that fits: while the root key is changed a process is given both.
 * Throws WrongRootKey. The roots are wiped.
 */
export function openLiveKeyring(
  roots: readonly Uint8Array[],
  safeId: string,
  revision: number,
  keys: readonly WrappedKey[],
): LiveKeyring {
  const known = roots.map(keep);
  let shown = revision;
  const { ring, root } = openUnderAny(known, safeId, keys, null);
  let current: KeyObject | null = root;
  const mustKnow = (): KeyObject => {
    if (!current)
      throw new WrongRootKey('The root key of the safe was changed, and this process does not know the new one.');
    return current;
  };
  return {
    ring,
    get revision() {
      return shown;
    },
    get rootIsKnown() {
      return current !== null;
    },
    take(next, stored) {
      const opened = openOrRearrange(known, safeId, stored, ring);
      current = opened.root;
      Object.assign(ring, opened.ring);
      shown = next;
    },
    make: (purpose, bits) => makeSafeKey(mustKnow(), safeId, purpose, bits),
    leave: (key, secret) => wrap(mustKnow(), safeId, key, secret),
    rewrapAll(to, stored) {
      const from = mustKnow();
      return {
        keys: stored.map((key) => rewrap(from, to, safeId, key)),
        from: rootKeyMark(from, safeId),
        to: rootKeyMark(to, safeId),
      };
    },
    learnRoot(next) {
      known.push(keep(next));
    },
  };
}

function keep(root: Uint8Array): KeyObject {
  const key = createSecretKey(root);
  root.fill(0);
  return key;
}

type Found = { ring: Keyring; root: KeyObject };

function openUnderAny(
  roots: readonly KeyObject[],
  safeId: string,
  keys: readonly WrappedKey[],
  before: Keyring | null,
): Found {
  let problem: unknown;
  for (const root of roots) {
    try {
      return { ring: openKeyring(root, safeId, keys, before), root };
    } catch (thrown) {
      if (!(thrown instanceof WrongRootKey)) throw thrown;
      problem ??= thrown;
    }
  }
  throw problem;
}

/** Where the root key alone was changed, the keys themselves are the ones that are open here. */
function openOrRearrange(
  roots: readonly KeyObject[],
  safeId: string,
  keys: readonly WrappedKey[],
  before: Keyring,
): { ring: Keyring; root: KeyObject | null } {
  try {
    return openUnderAny(roots, safeId, keys, before);
  } catch (thrown) {
    const ring = rearranged(before, keys);
    if (!ring) throw thrown;
    return { ring, root: null };
  }
}

function rearranged(before: Keyring, keys: readonly WrappedKey[]): Keyring | null {
  const of = <T extends { id: string }>(purpose: KeyPurpose, known: readonly T[]): T[] | null => {
    const wanted = keys.filter((key) => key.purpose === purpose);
    const found = wanted.flatMap(({ id }) => known.find((one) => one.id === id) ?? []);
    return found.length === wanted.length ? found : null;
  };
  const parts = {
    data: of('data', before.data),
    index: of('index', before.index),
    pepper: of('pepper', before.pepper),
    rowMac: of('row-mac', before.rowMac),
    auditSigning: of('audit-signing', before.auditSigning),
    tokenSigning: of('token-signing', before.tokenSigning),
    auditDetails: of('audit-details', before.auditDetails),
    auditVerifying: of('audit-verifying', before.auditVerifying),
  };
  const isWhole = Object.values(parts).every((part) => part !== null);
  return isWhole ? ({ safeId: before.safeId, ...parts } as unknown as Keyring) : null;
}

/** 16 hex characters that tell one root key from another. */
export function rootKeyMark(root: RootKey, safeId: string): string {
  const key = root instanceof Uint8Array ? createSecretKey(root) : root;
  return hmacSha256(key, encodeFields(['arca root key mark 1', safeId])).toString('hex', 0, 8);
}
