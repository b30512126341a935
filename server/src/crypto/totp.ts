import { createHmac } from 'node:crypto';
import { takeRandom } from './random-pool.ts';

/** RFC 6238. `secret` is base32, `period` in seconds. */
export type TotpParameters = {
  secret: string;
  algorithm: 'SHA1' | 'SHA256' | 'SHA512';
  digits: 6 | 7 | 8;
  period: number;
};

/** The code at a moment, and the whole seconds (1 to `period`) it stays valid. Throws RangeError on an unusable secret. */
export function totpCode(p: TotpParameters, at: Date): { code: string; secondsLeft: number } {
  const seconds = Math.floor(at.getTime() / 1000);
  if (!Number.isSafeInteger(p.period) || p.period < 1 || !(seconds >= 0)) throw new RangeError('no such time step');
  const key = decodeBase32(p.secret);
  if (key.length === 0) throw new RangeError('the secret is empty');
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(seconds / p.period)));
  const mac = createHmac(p.algorithm, key).update(step).digest();
  // RFC 4226, 5.3: the last half byte says where the 31 bits begin.
  const offset = (mac[mac.length - 1] as number) & 15;
  const bits = mac.readUInt32BE(offset) & 0x7fffffff;
  const code = String(bits % 10 ** p.digits).padStart(p.digits, '0');
  return { code, secondsLeft: p.period - (seconds % p.period) };
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const VALUES = new Map([...ALPHABET, ...ALPHABET.toLowerCase()].map((letter, i) => [letter.charCodeAt(0), i % 32]));

/**
 * Base32 (RFC 4648) in either case, with or without padding. Bits that fill no byte are dropped, as every authenticator
 * does. Throws RangeError on any other character, spaces included.
 */
export function decodeBase32(text: string): Uint8Array {
  let end = text.length;
  while (end > 0 && text[end - 1] === '=') end -= 1;
  const bytes = Buffer.alloc(Math.floor((end * 5) / 8));
  let held = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < end; i += 1) {
    const value = VALUES.get(text.charCodeAt(i));
    if (value === undefined) throw new RangeError('base32 has the letters A to Z and the digits 2 to 7 only');
    held = ((held << 5) | value) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[at] = (held >> bits) & 0xff;
      at += 1;
    }
  }
  return bytes;
}

/**
 * The time step whose code was typed: of this moment, the one before or the one after, as RFC 6238 (5.2) advises for
 * clocks that differ. Null when none fits. Steps up to `lastStep` were taken before and do not count again.
 */
export function matchingStep(p: TotpParameters, code: string, at: Date, lastStep: number): number | null {
  const now = Math.floor(at.getTime() / 1000 / p.period);
  for (const step of [now, now - 1, now + 1]) {
    if (step > lastStep && totpCode(p, new Date(step * p.period * 1000)).code === code) return step;
  }
  return null;
}

/** A new seed: 20 random bytes, as long as SHA-1's key, in base32. */
export function makeSeed(): string {
  let bits = '';
  for (const byte of takeRandom(20)) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five, 2)]).join('');
}
