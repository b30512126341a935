import { generateKeyPair, randomUUID, timingSafeEqual } from 'node:crypto';
import { sha256 } from './digests.ts';
import { takeRandom } from './random-pool.ts';

/** 41 lower-case hex characters, 164 random bits (contract section 6). */
export function makeClientId(): string {
  return takeRandom(21).toString('hex').slice(0, 41);
}

/** 32 lower-case hex characters, 128 random bits (contract section 6). */
export function makeClientSecret(): string {
  return takeRandom(16).toString('hex');
}

/** The `jti` of a token. */
export function makeTokenId(): string {
  return randomUUID();
}

/** Whether two texts are the same, in a time that tells nothing about where they differ. Any lengths. */
export function sameText(a: string, b: string): boolean {
  return hasDigest(a, textDigest(b));
}

/** What stands for a secret that many are compared with. Of secrets with many random bits only. */
export function textDigest(text: string): Uint8Array {
  return sha256(text);
}

/** Whether the digest is that text's, in constant time. */
export function hasDigest(text: string, digest: Uint8Array): boolean {
  return timingSafeEqual(sha256(text), digest);
}

/**
 * The RSA pair of an access key that wants encrypted answers: SPKI DER, and an unencrypted PKCS#8 PEM as the `.key` file
 * holds it (contract section 7). Takes about a second for 4096 bits, ten and more for 8192, off the main thread.
 */
export function makeAnswerKeyPair(bits: 4096 | 8192): Promise<{ publicKey: Uint8Array; privateKeyPem: string }> {
  return new Promise((resolve, reject) => {
    generateKeyPair(
      'rsa',
      {
        modulusLength: bits,
        publicKeyEncoding: { type: 'spki', format: 'der' },
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      },
      (error, publicKey, privateKeyPem) => (error ? reject(error) : resolve({ publicKey, privateKeyPem })),
    );
  });
}

/** The secret of a one-time link: 256 random bits in base64url. */
export function makeLinkToken(): string {
  return takeRandom(32).toString('base64url');
}
