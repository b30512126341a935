/** Fills the array with random numbers, as `crypto.getRandomValues` does. */
export type Chance = (into: Uint32Array<ArrayBuffer>) => unknown;

const browserChance: Chance = (into) => crypto.getRandomValues(into);
const range = 2 ** 32;

/**
 * A whole number from 0 to below `count` (at most 2^32), each equally likely. A remainder alone would favour the small
 * ones: draws from the uneven end of the range are thrown away and drawn anew.
 */
export function drawBelow(count: number, chance: Chance = browserChance): number {
  if (!(Number.isInteger(count) && count >= 1 && count <= range)) throw new RangeError(`no whole number: ${count}`);
  const even = range - (range % count);
  const drawn = new Uint32Array(1);
  for (;;) {
    chance(drawn);
    const [value = 0] = drawn;
    if (value < even) return value % count;
  }
}

/** One of the given, each equally likely. */
export function drawFrom<One>(given: ArrayLike<One>, chance: Chance = browserChance): One {
  return given[drawBelow(given.length, chance)] as One;
}
