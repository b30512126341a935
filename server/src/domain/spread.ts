/** How often a measure fell between which bounds: what a histogram is drawn from. Adding to it costs a few steps and no memory. */
export type Spread = {
  /** Upper bounds, each included, ascending. */
  readonly bounds: readonly number[];
  /** How many fell below each bound and above the one before; the last counts those beyond all. */
  readonly counts: readonly number[];
  readonly sum: number;
  add(value: number): void;
};

export function startSpread(bounds: readonly number[]): Spread {
  const counts = Array<number>(bounds.length + 1).fill(0);
  let sum = 0;
  return {
    bounds,
    counts,
    get sum() {
      return sum;
    },
    add(value) {
      let at = 0;
      while (at < bounds.length && value > (bounds[at] as number)) at += 1;
      counts[at] = (counts[at] as number) + 1;
      sum += value;
    },
  };
}
