import { refuse } from './errors.ts';

/** Bytes from `from` up to but not with `to`. */
export type ByteRange = { from: number; to: number };

/**
 * The range that a `Range` header asks for (RFC 9110, section 14); null for all: without one, of another unit, of several
 * ranges, which a server need not give, or unreadable. Refuses one that begins behind the end.
 */
export function readRange(header: string | null, size: number): ByteRange | null {
  const [, first, last] = /^bytes *= *(\d{0,15}) *- *(\d{0,15})$/i.exec(header?.trim() ?? '') ?? [];
  if (first === undefined || last === undefined || first + last === '') return null;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? refuse('range_unsatisfiable', { size }) : { from: size - length, to: size };
  }
  const from = Number(first);
  if (last !== '' && Number(last) < from) return null;
  if (from >= size) refuse('range_unsatisfiable', { size });
  return { from, to: last === '' ? size : Math.min(Number(last) + 1, size) };
}
