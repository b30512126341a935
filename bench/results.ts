import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from './machine.ts';
import type { Row } from './row.ts';

/** One recorded run, as it stands in results/<date>-<commit>.json. */
export type Recorded = {
  at: string;
  commit: string;
  machine: Machine;
  /** Lengths of the measured stretches in seconds, how often sides alternated, and connections of the load generator. */
  seconds: number;
  pairs: number;
  connections: number;
  rows: Row[];
};

const folder = join(import.meta.dirname, 'results');

/** Every recorded run, the newest first. */
export function readResults(): Recorded[] {
  mkdirSync(folder, { recursive: true });
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Recorded)
    .toSorted((a, b) => b.at.localeCompare(a.at));
}

export function recordResult(result: Recorded): string {
  const name = `${result.at.slice(0, 10)}-${result.commit}.json`;
  const rounded = (_name: string, value: unknown) =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value;
  writeFileSync(join(folder, name), `${JSON.stringify(result, rounded, 2)}\n`);
  return `bench/results/${name}`;
}

/** What the newest of these runs says of the same line. */
export function lastOf(results: readonly Recorded[], row: Row): { row: Row; at: string } | null {
  for (const { rows, at } of results) {
    const same = rows.find((one) => one.engine === row.engine && one.what === row.what && one.against === row.against);
    if (same) return { row: same, at };
  }
  return null;
}
