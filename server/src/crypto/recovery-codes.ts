import { sha256 } from './digests.ts';
import { randomLetters } from './random-letters.ts';

const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';
const count = 10;
const groups = 6;
const groupLength = 4;

/** Ten codes such as `k3mp-9xwr-tq2n-h7ds-4vbe-zc8y`: 118 random bits each, without letters that look alike. */
export function makeRecoveryCodes(): string[] {
  return Array.from({ length: count }, () =>
    Array.from({ length: groups }, () => randomLetters(alphabet, groupLength)).join('-'),
  );
}

/**
 * What is stored of a code: with more than 112 random bits a plain hash tells nothing to whoever takes it away. Case,
 * spaces and hyphens are free.
 */
export function recoveryCodeHash(code: string): Uint8Array {
  return sha256(code.toLowerCase().replaceAll(/[^a-z0-9]/g, ''));
}
