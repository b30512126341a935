/** Chance that comes again: the same seed gives the same choices in the same order. */
export type Chance = {
  /** From 0 to below 1. */
  fraction(): number;
  /** A whole number from 0 to below `most`. */
  below(most: number): number;
  pick<T>(from: readonly T[]): T;
  /** True about once in so many times. */
  onceIn(times: number): boolean;
  /** Bytes of any value. */
  bytes(length: number): Buffer;
};

/** The mulberry32 generator, small and good enough to wander through requests. */
export function startChance(seed: number): Chance {
  let state = seed >>> 0;
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (most: number) => Math.floor(fraction() * most);
  return {
    fraction,
    below,
    pick: <T>(from: readonly T[]) => from[below(from.length)] as T,
    onceIn: (times) => below(times) === 0,
    bytes: (length) => Buffer.from(Array.from({ length }, () => below(256))),
  };
}
