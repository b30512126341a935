import type { Stretch } from './load.ts';

/** Repeated figures: their median and how far apart they were. */
export type Figure = { value: number; low: number; high: number };

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export function figureOf(values: readonly number[]): Figure {
  return { value: median(values), low: Math.min(...values), high: Math.max(...values) };
}

/** The figure of one side over the other, taken pair by pair, so that a slow moment of the machine meets both. */
export function ratioOf(
  over: readonly Stretch[],
  under: readonly Stretch[],
  of: (stretch: Stretch) => number = ({ perSecond }) => perSecond,
): Figure {
  return figureOf(over.map((one, at) => of(one) / of(under[at] as Stretch)));
}

/** Runs every side in turn, so many times, each second round in reverse order. */
export async function alternate<Side extends string>(
  rounds: number,
  sides: Readonly<Record<Side, () => Promise<Stretch>>>,
): Promise<Record<Side, Stretch[]>> {
  const names = Object.keys(sides) as Side[];
  const stretches = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Side, Stretch[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) stretches[name].push(await sides[name]());
  }
  return stretches;
}
