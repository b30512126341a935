export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/**
 * The RFC 8785 (JCS) form: members sorted by UTF-16 code units, numbers as ECMAScript writes them, no spaces.
 * Throws TypeError on what JSON cannot say exactly: NaN, Infinity, lone surrogates, undefined, dates, big integers.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return number(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value !== 'object') throw new TypeError(`canonical JSON has no ${typeof value}`);
  // Unlike map, Array.from does not pass over holes.
  if (Array.isArray(value)) return `[${Array.from(value, (one) => canonicalJson(one)).join(',')}]`;
  return members(value as { [name: string]: Json });
}

function members(value: { [name: string]: Json }): string {
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError('canonical JSON takes plain objects');
  let text = '{';
  // Without a comparison function, sort compares UTF-16 code units, as section 3.2.3 asks.
  for (const name of Object.keys(value).sort()) {
    if (text.length > 1) text += ',';
    text += `${quote(name)}:${canonicalJson(value[name] as Json)}`;
  }
  return `${text}}`;
}

function quote(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('canonical JSON has no lone surrogates');
  return JSON.stringify(text);
}

function number(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError('canonical JSON has finite numbers only');
  return JSON.stringify(value);
}
