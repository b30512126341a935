import { refuse } from './errors.ts';

/** Parameters of a time-based code (RFC 6238); `secret` is base32, upper case, without padding. */
export type Totp = { secret: string; algorithm: 'SHA1' | 'SHA256' | 'SHA512'; digits: 6 | 7 | 8; period: number };

const shortestSeed = 10;
const longestSeed = 1024;

/** Reads a base32 seed, case and padding free, 10 characters or more; the parameters are RFC 6238's defaults. */
function readTotp(field: string, sent: unknown): Totp {
  if (typeof sent !== 'string') return refuse('field_invalid', { field, why: 'must be a text' });
  const secret = sent.replace(/=+$/, '').toUpperCase();
  // As it was sent: some letters beyond ASCII have A to Z in upper case.
  if (!/^[A-Za-z2-7]+=*$/.test(sent) || secret.length < shortestSeed || secret.length > longestSeed) {
    refuse('field_invalid', { field, why: `must be base32 (A-Z, 2-7) of at least ${shortestSeed} characters` });
  }
  return { secret, algorithm: 'SHA1', digits: 6, period: 30 };
}

/** Reads a seed as above, or a whole `otpauth://totp/` URI as QR codes carry it. */
export function readTotpOrUri(field: string, sent: unknown): Totp {
  if (typeof sent !== 'string' || !/^otpauth:/i.test(sent.trim())) return readTotp(field, sent);
  const invalid = (why: string): never => refuse('field_invalid', { field, why });
  const uri = URL.parse(sent.trim());
  if (uri === null || uri.host.toLowerCase() !== 'totp') return invalid('must be an otpauth://totp/ URI');
  const parameter = (name: string, fallback: string) => uri.searchParams.get(name) ?? fallback;
  const { secret } = readTotp(field, parameter('secret', '').replaceAll(/[\s-]/g, ''));
  const algorithm = algorithms.find((one) => one === parameter('algorithm', 'SHA1').toUpperCase().replace('-', ''));
  const digits = digitCounts.find((one) => String(one) === parameter('digits', '6'));
  const period = Number(parameter('period', '30'));
  if (!algorithm) return invalid('has an algorithm other than SHA1, SHA256 and SHA512');
  if (!digits) return invalid('has other than 6, 7 or 8 digits');
  if (!Number.isInteger(period) || period < 1 || period > 3600) return invalid('has a period other than 1 to 3600 s');
  return { secret, algorithm, digits, period };
}

const algorithms = ['SHA1', 'SHA256', 'SHA512'] as const;
const digitCounts = [6, 7, 8] as const;

/** The URI that `readTotpOrUri` reads; `label` is what an authenticator shows. */
export function totpUri({ secret, algorithm, digits, period }: Totp, label: string): string {
  const parameters = new URLSearchParams({ secret, algorithm, digits: String(digits), period: String(period) });
  return `otpauth://totp/${encodeURIComponent(label)}?${parameters}`;
}
