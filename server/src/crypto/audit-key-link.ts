import { sign, verify } from 'node:crypto';
import type { SigningKey } from './keyring.ts';
import { encodeFields } from './length-prefixed.ts';
import { publicKeyOf } from './public-keys.ts';

/** That one key follows another: which one, its public half (SPKI DER), and since when (milliseconds since 1970). */
export type KeyLinkClaim = { safeId: string; from: string; to: string; publicKey: Uint8Array; at: number };

const FORMAT = 'arca audit key link 1';

/** Ed25519 by the key before, made while it is still the current one: whoever trusts that one can follow to the next. */
export function signKeyLink(by: SigningKey, claim: Omit<KeyLinkClaim, 'from'>): Uint8Array {
  return sign(null, encode({ ...claim, from: by.id }), by.key);
}

/** Whether that key (SPKI DER) signed exactly this. */
export function keyLinkHolds(publicKeyDer: Uint8Array, claim: KeyLinkClaim, signature: Uint8Array): boolean {
  try {
    const key = publicKeyOf(publicKeyDer);
    return key.asymmetricKeyType === 'ed25519' && verify(null, encode(claim), key, signature);
  } catch {
    return false;
  }
}

function encode({ safeId, from, to, publicKey, at }: KeyLinkClaim): Buffer {
  return encodeFields([FORMAT, safeId, from, to, publicKey, at]);
}
