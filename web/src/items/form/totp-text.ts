export type Seed = {
  /** As the safe takes it. */
  value: string;
  digits: number;
  /** In seconds. */
  period: number;
  /** For whom an `otpauth` URI says it is; '' when it does not. */
  account: string;
};

const shortest = 10;

/**
 * Reads what people paste: a seed in base32 as sites show it, with spaces and dashes and of any case, or an
 * `otpauth://totp/` URI. Null for anything else; the safe has the last word.
 */
export function readSeed(text: string): Seed | null {
  const pasted = text.trim();
  if (/^otpauth:/i.test(pasted)) return readUri(pasted);
  const value = cleaned(pasted);
  return isSeed(value) ? { value, digits: 6, period: 30, account: '' } : null;
}

function readUri(pasted: string): Seed | null {
  const uri = URL.parse(pasted);
  if (uri === null || !/^otpauth:\/*totp\//i.test(pasted)) return null;
  if (!isSeed(cleaned(uri.searchParams.get('secret') ?? ''))) return null;
  const digits = Number(uri.searchParams.get('digits') ?? 6);
  const period = Number(uri.searchParams.get('period') ?? 30);
  if (![6, 7, 8].includes(digits) || !Number.isInteger(period) || period < 1 || period > 3600) return null;
  const path = /^otpauth:\/*totp\/([^?#]*)/i.exec(pasted)?.[1] ?? '';
  return { value: pasted, digits, period, account: decoded(path) };
}

function cleaned(text: string): string {
  return text.replaceAll(/[\s-]/g, '').replace(/=+$/, '').toUpperCase();
}

function isSeed(value: string): boolean {
  return value.length >= shortest && /^[A-Z2-7]+$/.test(value);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
