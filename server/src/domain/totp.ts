import { refuse } from './errors.ts';

/** Parameters of a time-based code (RFC 6238); `secret` is base32, upper case, without padding. */
export type Totp = { secret: string; algorithm: 'SHA1' | 'SHA256' | 'SHA512'; digits: 6 | 7 | 8; period: number };

const shortestSeed = 10;
const longestSeed = 1024;

/** Reads a base32 seed, case and padding free, 10 characters or more; the parameters are RFC 6238's defaults. */
export function readTotp(field: string, sent: unknown): Totp {
  if (typeof sent !== 'string') return refuse('field_invalid', { field, why: 'must be a text' });
  const secret = sent.replace(/=+$/, '').toUpperCase();
  // As it was sent: some letters beyond ASCII have A to Z in upper case.
  if (!/^[A-Za-z2-7]+=*$/.test(sent) || secret.length < shortestSeed || secret.length > longestSeed) {
    refuse('field_invalid', { field, why: `must be base32 (A-Z, 2-7) of at least ${shortestSeed} characters` });
  }
  return { secret, algorithm: 'SHA1', digits: 6, period: 30 };
}
