/** What one field of an encoding may be. Numbers are finite; -0 counts as 0. */
export type Field = string | number | null | Uint8Array;

const NULL = 0;
const TEXT = 1;
const NUMBER = 2;
const BYTES = 3;

// One buffer for all: everything here is synchronous, and each caller is done with its view before the next call.
let scratch = Buffer.allocUnsafeSlow(16 * 1024);

/**
 * Writes fields so that no two different lists give the same bytes: a type byte each, then for texts (UTF-8) and bytes a
 * 32-bit big-endian length and the content, for numbers a 64-bit big-endian float.
 * The result is a view that the next call overwrites: use it at once, or copy it. Throws RangeError on NaN and Infinity.
 */
export function encodeFields(fields: readonly Field[]): Buffer {
  let at = 0;
  for (let i = 0; i < fields.length; i += 1) {
    const field = fields[i] as Field;
    if (typeof field === 'string') {
      reserve(at, 5 + field.length * 3);
      const length = scratch.write(field, at + 5);
      scratch[at] = TEXT;
      scratch.writeUInt32BE(length, at + 1);
      at += 5 + length;
    } else if (typeof field === 'number') {
      if (!Number.isFinite(field)) throw new RangeError('a field must be a finite number');
      reserve(at, 9);
      scratch[at] = NUMBER;
      scratch.writeDoubleBE(field === 0 ? 0 : field, at + 1);
      at += 9;
    } else if (field === null) {
      reserve(at, 1);
      scratch[at] = NULL;
      at += 1;
    } else {
      reserve(at, 5 + field.length);
      scratch[at] = BYTES;
      scratch.writeUInt32BE(field.length, at + 1);
      scratch.set(field, at + 5);
      at += 5 + field.length;
    }
  }
  return scratch.subarray(0, at);
}

function reserve(at: number, more: number): void {
  if (at + more <= scratch.length) return;
  const larger = Buffer.allocUnsafeSlow((at + more) * 2);
  scratch.copy(larger, 0, 0, at);
  scratch = larger;
}
