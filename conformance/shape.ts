/** What a value of an answer must be: a constant, or a matcher where servers rightly differ. Order of members counts. */
export type Shape = string | number | boolean | null | Matcher | readonly Shape[] | { readonly [name: string]: Shape };

export type Matcher = {
  /** What the report says was expected. */
  words: string;
  types: readonly JsonType[];
  fits: (value: unknown) => boolean;
  /** For a list: what each entry must be. */
  each?: Shape;
};

export type JsonType = 'null' | 'flag' | 'number' | 'text' | 'list' | 'object' | 'nothing';

export function typeOf(value: unknown): JsonType {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'boolean') return 'flag';
  if (typeof value === 'number') return 'number';
  return typeof value === 'string' ? 'text' : 'object';
}

export function isMatcher(shape: Shape): shape is Matcher {
  return typeof shape === 'object' && shape !== null && 'fits' in shape && typeof shape.fits === 'function';
}

function textThat(words: string, pattern: RegExp): Matcher {
  return { words, types: ['text'], fits: (value) => typeof value === 'string' && pattern.test(value) };
}

export const text = textThat('a text', /^/);
export const digits = textThat('a text of digits', /^[1-9]\d*$/);
export const zeroOrOne = textThat('"0" or "1"', /^[01]$/);
export const flag: Matcher = { words: 'true or false', types: ['flag'], fits: (value) => typeof value === 'boolean' };
export const textOrNull: Matcher = {
  words: 'a text or null',
  types: ['text', 'null'],
  fits: (value) => value === null || typeof value === 'string',
};

export function wholeNumber(most = Number.MAX_SAFE_INTEGER): Matcher {
  return {
    words: most < Number.MAX_SAFE_INTEGER ? `a whole number from 1 to ${most}` : 'a whole number from 1',
    types: ['number'],
    fits: (value) => Number.isSafeInteger(value) && Number(value) >= 1 && Number(value) <= most,
  };
}

export function listOf(each: Shape): Matcher {
  return { words: 'a list', types: ['list'], fits: Array.isArray, each };
}

/** base64 of one RSA block of 2,048 to 16,384 bits, or a JWE in compact form. */
const encrypted = /^(?=.{300,2800}$)[A-Za-z0-9+/]+={0,2}$|^[\w-]+(\.[\w-]*){4}$/;

/** A sensitive value that was sent before: as it was, or encrypted when the access key asks for it. */
export function asSent(value: string): Matcher {
  return {
    words: value === '' ? 'an empty text' : 'the text that was sent',
    types: ['text'],
    fits: (came) => came === value || (typeof came === 'string' && encrypted.test(came)),
  };
}

/** A code of this moment; encrypted when the access key asks for it. */
export const code: Matcher = {
  words: 'a text of 6 digits',
  types: ['text'],
  fits: (came) => typeof came === 'string' && (/^\d{6}$/.test(came) || encrypted.test(came)),
};
