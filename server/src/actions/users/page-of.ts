import { setImmediate as breathe } from 'node:timers/promises';

const sliceSize = 500;

/**
 * One page of a table that must be read to be sifted: the first `most` rows that fit, slice by slice, so that a long
 * table holds nobody up. `more` tells whether there are others.
 */
export async function pageOf<T>(
  slice: (after: T | null, most: number) => Promise<readonly T[]>,
  after: T | null,
  fits: (row: T) => boolean,
  most: number,
): Promise<{ rows: T[]; more: boolean }> {
  const rows: T[] = [];
  let last = after;
  for (;;) {
    const read = await slice(last, sliceSize);
    rows.push(...read.filter(fits));
    last = read.at(-1) ?? null;
    if (rows.length > most || read.length < sliceSize) break;
    await breathe();
  }
  return { rows: rows.slice(0, most), more: rows.length > most };
}

/** Whether all words of a search occur in a text. */
export function hasWords(words: readonly string[], text: string): boolean {
  return words.every((word) => text.includes(word));
}
