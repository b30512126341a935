import { createPrivateKey, createPublicKey, createSecretKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { encodeFields } from './length-prefixed.ts';
import { takeRandom } from './random-pool.ts';
import { asBuffer, SealBroken, seal, unseal } from './seal.ts';

export type KeyPurpose = 'data' | 'index' | 'pepper' | 'row-mac' | 'audit-signing' | 'token-signing';

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
type OneOrMore<T> = readonly [T, ...T[]];

/** The opened keys of one safe, current ones first. KeyObjects print and serialize as nothing, so a ring cannot leak. */
export type Keyring = {
  readonly safeId: string;
  readonly data: OneOrMore<SecretKey>;
  readonly index: OneOrMore<SecretKey>;
  readonly pepper: OneOrMore<SecretKey>;
  readonly rowMac: OneOrMore<SecretKey>;
  readonly auditSigning: OneOrMore<SigningKey>;
  readonly tokenSigning: OneOrMore<SigningKey>;
};

const PURPOSES: readonly KeyPurpose[] = ['data', 'index', 'pepper', 'row-mac', 'audit-signing', 'token-signing'];
const FORMAT = 'arca safe key 1';
const HEAD = Uint8Array.of(1);
const ROOT_KEY_BYTES = 32;
const FOREIGN = 'The root key does not belong to this safe, or a stored safe key was changed.';

/** Fresh keys for a new safe, one per purpose. Takes a tenth of a second for the RSA pair. */
export function makeSafeKeys(rootKey: Uint8Array, safeId: string): WrappedKey[] {
  return PURPOSES.map((purpose) => makeSafeKey(rootKey, safeId, purpose));
}

/** One fresh key, for a rotation: put it before the older ones of its purpose. */
export function makeSafeKey(rootKey: Uint8Array, safeId: string, purpose: KeyPurpose): WrappedKey {
  if (rootKey.length !== ROOT_KEY_BYTES) throw new RangeError('a root key has 32 bytes');
  const id = takeRandom(8).toString('hex');
  const { secret, publicKey } = generate(purpose);
  const wrapped = seal(rootKey, encodeFields([FORMAT, safeId, purpose, id]), HEAD, secret);
  secret.fill(0);
  return { id, purpose, wrapped, publicKey };
}

/** Opens the stored keys; the first of each purpose is the current one. Throws WrongRootKey when any does not open. */
export function openKeyring(rootKey: Uint8Array, safeId: string, keys: readonly WrappedKey[]): Keyring {
  const opened = keys.map((stored) => ({ stored, secret: unwrap(rootKey, safeId, stored) }));
  const secrets = (purpose: KeyPurpose) =>
    pick(opened, purpose, (stored, secret) => ({ id: stored.id, key: createSecretKey(secret) }));
  const pairs = (purpose: KeyPurpose) => pick(opened, purpose, openPair);
  const ring: Keyring = {
    safeId,
    data: secrets('data'),
    index: secrets('index'),
    pepper: secrets('pepper'),
    rowMac: secrets('row-mac'),
    auditSigning: pairs('audit-signing'),
    tokenSigning: pairs('token-signing'),
  };
  for (const { secret } of opened) secret.fill(0);
  return ring;
}

type Opened = { stored: WrappedKey; secret: Buffer };

function pick<T>(opened: readonly Opened[], purpose: KeyPurpose, make: (stored: WrappedKey, secret: Buffer) => T) {
  const [first, ...others] = opened.filter(({ stored }) => stored.purpose === purpose);
  if (!first) throw new WrongRootKey(`The safe's keys are incomplete: there is none for ${purpose}.`);
  const all: OneOrMore<T> = [make(first.stored, first.secret), ...others.map((o) => make(o.stored, o.secret))];
  return all;
}

function generate(purpose: KeyPurpose): { secret: Buffer; publicKey: Buffer | null } {
  if (purpose !== 'audit-signing' && purpose !== 'token-signing') return { secret: takeRandom(32), publicKey: null };
  const pair =
    purpose === 'audit-signing' ? generateKeyPairSync('ed25519') : generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    secret: pair.privateKey.export({ format: 'der', type: 'pkcs8' }),
    publicKey: pair.publicKey.export({ format: 'der', type: 'spki' }),
  };
}

function unwrap(rootKey: Uint8Array, safeId: string, stored: WrappedKey): Buffer {
  if (rootKey.length !== ROOT_KEY_BYTES) throw new WrongRootKey('A root key has 32 bytes; this one does not.');
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
