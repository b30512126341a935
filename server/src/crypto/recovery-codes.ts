import { sha256 } from './digests.ts';
import { takeRandom } from './random-pool.ts';

const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';
const count = 10;
const groups = 6;
const groupLength = 4;

/** Ten codes such as `k3mp-9xwr-tq2n-h7ds-4vbe-zc8y`: 118 random bits each, without letters that look alike. */
export function makeRecoveryCodes(): string[] {
  return Array.from({ length: count }, () =>
    Array.from({ length: groups }, () => Array.from({ length: groupLength }, randomLetter).join('')).join('-'),
  );
}

/**
 * What is stored of a code: with more than 112 random bits a plain hash tells nothing to whoever takes it away. Case,
 * spaces and hyphens are free.
 */
export function recoveryCodeHash(code: string): Uint8Array {
  return sha256(code.toLowerCase().replaceAll(/[^a-z0-9]/g, ''));
}

/** A letter of the alphabet, each as likely as the others: bytes beyond its last whole multiple are thrown away. */
function randomLetter(): string {
  for (;;) {
    const byte = takeRandom(1)[0] as number;
    if (byte < 256 - (256 % alphabet.length)) return alphabet[byte % alphabet.length] as string;
  }
}
