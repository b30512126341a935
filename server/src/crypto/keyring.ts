import { createPrivateKey, createPublicKey, createSecretKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { encodeFields } from './length-prefixed.ts';
import { takeRandom } from './random-pool.ts';
import { asBuffer, SealBroken, seal, unseal } from './seal.ts';

/**
 * What a key is for. The last two are what is left of retired keys: `audit-details` of a data key, for it seals details
 * that audit chains have hashed; `audit-verifying` of a signing key, whose signatures stand.
 */
export type KeyPurpose =
  | 'data'
  | 'index'
  | 'pepper'
  | 'row-mac'
  | 'audit-signing'
  | 'token-signing'
  | 'audit-details'
  | 'audit-verifying';

/**
 * A safe key as stored. `id` is 16 random hex characters. `wrapped` is AES-256-GCM under the root key, with format, safe
 * id, purpose and id as associated data. `publicKey` is SPKI DER for the two signing purposes, else null.
 */
export type WrappedKey = { id: string; purpose: KeyPurpose; wrapped: Uint8Array; publicKey: Uint8Array | null };

/** The keys of a safe do not open with this root key, or are not the keys that were stored. The message is for people. */
export class WrongRootKey extends Error {
  override name = 'WrongRootKey';
}

export type SecretKey = { readonly id: string; readonly key: KeyObject };
export type SigningKey = SecretKey & { readonly publicKey: KeyObject; readonly publicDer: Uint8Array };
type VerifyingKey = { readonly id: string; readonly publicDer: Uint8Array };
type OneOrMore<T> = readonly [T, ...T[]];
/** The 32 bytes that the operator keeps. */
export type RootKey = Uint8Array | KeyObject;

/** The opened keys of one safe, current ones first. KeyObjects print and serialize as nothing, so a ring cannot leak. */
export type Keyring = {
  readonly safeId: string;
  readonly data: OneOrMore<SecretKey>;
  readonly index: OneOrMore<SecretKey>;
  readonly pepper: OneOrMore<SecretKey>;
  readonly rowMac: OneOrMore<SecretKey>;
  readonly auditSigning: OneOrMore<SigningKey>;
  readonly tokenSigning: OneOrMore<SigningKey>;
  /** Of retired data keys: opens audit details and nothing else. */
  readonly auditDetails: readonly SecretKey[];
  /** Public halves of retired audit-signing keys. */
  readonly auditVerifying: readonly VerifyingKey[];
};

const PURPOSES: readonly KeyPurpose[] = ['data', 'index', 'pepper', 'row-mac', 'audit-signing', 'token-signing'];
const FORMAT = 'arca safe key 1';
const HEAD = Uint8Array.of(1);
const ROOT_KEY_BYTES = 32;
const FOREIGN = 'The root key does not belong to this safe, or a stored safe key was changed.';

/** Bits of the RSA pair that signs tokens. */
export type TokenKeyBits = 2048 | 3072;

/** Fresh keys for a new safe, one per purpose. Takes a tenth of a second for an RSA pair of 2048 bits, three for 3072. */
export function makeSafeKeys(rootKey: RootKey, safeId: string, bits: TokenKeyBits = 2048): WrappedKey[] {
  return PURPOSES.map((purpose) => makeSafeKey(rootKey, safeId, purpose, bits));
}

/** One fresh key, for a rotation: put it before the older ones of its purpose. */
export function makeSafeKey(
  rootKey: RootKey,
  safeId: string,
  purpose: KeyPurpose,
  bits: TokenKeyBits = 2048,
): WrappedKey {
  const id = takeRandom(8).toString('hex');
  const { secret, publicKey } = generate(purpose, bits);
  return wrap(rootKey, safeId, { id, purpose, publicKey }, secret);
}

/** The key wrapped anew: under another root key, or as what is left of it. Its secret is wiped. */
export function wrap(
  rootKey: RootKey,
  safeId: string,
  key: Omit<WrappedKey, 'wrapped'>,
  secret: Uint8Array,
): WrappedKey {
  if (sizeOf(rootKey) !== ROOT_KEY_BYTES) throw new RangeError('a root key has 32 bytes');
  const wrapped = seal(rootKey, encodeFields([FORMAT, safeId, key.purpose, key.id]), HEAD, secret);
  secret.fill(0);
  return { ...key, wrapped };
}

/** The same key under another root key. Throws WrongRootKey when it does not open under `from`. */
export function rewrap(from: RootKey, to: RootKey, safeId: string, stored: WrappedKey): WrappedKey {
  return wrap(to, safeId, stored, unwrap(from, safeId, stored));
}

/**
 * Opens the stored keys; the first of each purpose is the current one. Keys that `before` holds keep their identity, and
 * with it what was remembered of them. Throws WrongRootKey when any does not open.
 */
export function openKeyring(
  rootKey: RootKey,
  safeId: string,
  keys: readonly WrappedKey[],
  before: Keyring | null = null,
): Keyring {
  const opened = keys.map((stored) => ({ stored, secret: unwrap(rootKey, safeId, stored) }));
  const secretKey = ({ id }: WrappedKey, secret: Buffer): SecretKey => ({ id, key: createSecretKey(secret) });
  const ring: Keyring = {
    safeId,
    data: pick(opened, 'data', before?.data, secretKey),
    index: pick(opened, 'index', before?.index, secretKey),
    pepper: pick(opened, 'pepper', before?.pepper, secretKey),
    rowMac: pick(opened, 'row-mac', before?.rowMac, secretKey),
    auditSigning: pick(opened, 'audit-signing', before?.auditSigning, openPair),
    tokenSigning: pick(opened, 'token-signing', before?.tokenSigning, openPair),
    auditDetails: pickAll(opened, 'audit-details', before?.auditDetails, secretKey),
    auditVerifying: pickAll(opened, 'audit-verifying', before?.auditVerifying, openPublic),
  };
  for (const { secret } of opened) secret.fill(0);
  return ring;
}

type Opened = { stored: WrappedKey; secret: Buffer };
type Make<T> = (stored: WrappedKey, secret: Buffer) => T;

function pick<T extends { id: string }>(
  opened: readonly Opened[],
  purpose: KeyPurpose,
  before: readonly T[] | undefined,
  make: Make<T>,
): OneOrMore<T> {
  const [first, ...others] = pickAll(opened, purpose, before, make);
  if (!first) throw new WrongRootKey(`The safe's keys are incomplete: there is none for ${purpose}.`);
  return [first, ...others];
}

function pickAll<T extends { id: string }>(
  opened: readonly Opened[],
  purpose: KeyPurpose,
  before: readonly T[] = [],
  make: Make<T>,
): T[] {
  return opened
    .filter(({ stored }) => stored.purpose === purpose)
    .map(({ stored, secret }) => before.find(({ id }) => id === stored.id) ?? make(stored, secret));
}

function generate(purpose: KeyPurpose, bits: TokenKeyBits): { secret: Buffer; publicKey: Buffer | null } {
  if (purpose !== 'audit-signing' && purpose !== 'token-signing') return { secret: takeRandom(32), publicKey: null };
  const pair =
    purpose === 'audit-signing' ? generateKeyPairSync('ed25519') : generateKeyPairSync('rsa', { modulusLength: bits });
  return {
    secret: pair.privateKey.export({ format: 'der', type: 'pkcs8' }),
    publicKey: pair.publicKey.export({ format: 'der', type: 'spki' }),
  };
}

function sizeOf(rootKey: RootKey): number | undefined {
  return rootKey instanceof Uint8Array ? rootKey.length : rootKey.symmetricKeySize;
}

function unwrap(rootKey: RootKey, safeId: string, stored: WrappedKey): Buffer {
  if (sizeOf(rootKey) !== ROOT_KEY_BYTES) throw new WrongRootKey('A root key has 32 bytes; this one does not.');
  if (stored.wrapped[0] !== HEAD[0]) throw new WrongRootKey(FOREIGN);
  try {
    const associated = encodeFields([FORMAT, safeId, stored.purpose, stored.id]);
    return unseal(rootKey, associated, asBuffer(stored.wrapped), HEAD.length);
  } catch (error) {
    if (error instanceof SealBroken) throw new WrongRootKey(FOREIGN);
    throw error;
  }
}

function openPair(stored: WrappedKey, secret: Buffer): SigningKey {
  const key = createPrivateKey({ key: secret, format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(key);
  const publicDer = publicKey.export({ format: 'der', type: 'spki' });
  // The seal does not cover the public half: a changed one would make others trust a stranger's signatures.
  if (!stored.publicKey || !publicDer.equals(stored.publicKey)) throw new WrongRootKey(FOREIGN);
  return { id: stored.id, key, publicKey, publicDer };
}

function openPublic(stored: WrappedKey, secret: Buffer): VerifyingKey {
  if (!stored.publicKey || !secret.equals(stored.publicKey)) throw new WrongRootKey(FOREIGN);
  return { id: stored.id, publicDer: Uint8Array.from(secret) };
}
