import type { Engine } from '../server/src/storage/connection.ts';
import type { Stretch } from './load.ts';
import { type Figure, median } from './measure.ts';

/** One line of the table. */
export type Row = Figure & {
  engine: Engine;
  what: string;
  unit: 'x' | 'ms' | 's' | 'kB' | 'MB' | 'MB/s' | 'rows/s';
  /** What it is a ratio to, or where an absolute figure comes from. */
  against: string;
  /** What the project wants to reach on the embedded store; null of what the safe is only held against. */
  reach: { atLeast: number } | { atMost: number } | null;
  /** Medians of each side, for who wants to know more. */
  sides: Record<string, Stretch>;
};

export function isMet(reach: NonNullable<Row['reach']>, value: number): boolean {
  return 'atLeast' in reach ? value >= reach.atLeast : value <= reach.atMost;
}

export function sidesOf(stretches: Readonly<Record<string, readonly Stretch[]>>): Record<string, Stretch> {
  const middle = (all: readonly Stretch[], of: (one: Stretch) => number) => median(all.map(of));
  return Object.fromEntries(
    Object.entries(stretches).map(([name, all]) => [
      name,
      {
        perSecond: middle(all, (one) => one.perSecond),
        p50: middle(all, (one) => one.p50),
        p99: middle(all, (one) => one.p99),
        cpu: all.some((one) => one.cpu === null) ? null : middle(all, (one) => one.cpu ?? 0),
      },
    ]),
  );
}
