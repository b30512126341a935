/** The form in which names are compared: NFKC, trimmed, lower case (wire contract, section 2). */
export function normalized(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}

/** Length in Unicode code points, the unit of every length limit. */
export function codePoints(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    // The second half of a surrogate pair belongs to the code point before it.
    if (unit < 0xdc00 || unit > 0xdfff) count += 1;
  }
  return count;
}

/** Orders by code point; JavaScript's own `<` orders by UTF-16 unit, which differs above U+FFFF. */
export function byCodePoint(a: string, b: string): number {
  if (a === b) return 0;
  const left = [...a];
  const right = [...b];
  for (let at = 0; at < left.length && at < right.length; at += 1) {
    const difference = (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Missing, null, empty or only space: what the wire calls "not informed". */
export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
