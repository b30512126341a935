import { lastOf, type Recorded } from './results.ts';
import { isMet, type Row } from './row.ts';

const columns = ['engine', 'work', 'figure', 'lowest-highest', 'against', 'reach', '', 'recorded'];

/** The table of a run, with what the last recorded run had in the same places. */
export function tableOf(rows: readonly Row[], before: readonly Recorded[]): string {
  const lines = rows.map((row) => {
    const last = lastOf(before, row);
    return [
      row.engine,
      row.what,
      withUnit(row, row.value),
      `${shown(row, row.low)}-${shown(row, row.high)}`,
      row.against,
      reachOf(row),
      verdictOf(row),
      last ? withUnit(row, last.row.value) : '-',
    ];
  });
  return [columns, ...lines]
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(widthOf(lines, at)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** What each side did, in absolute figures: they hold for this machine and this hour only. */
export function sidesTable(rows: readonly Row[]): string {
  const lines = new Map<string, string[]>();
  for (const { engine, what, sides } of rows) {
    for (const [side, { perSecond, p50, p99, cpu }] of Object.entries(sides)) {
      const figures = [perSecond.toFixed(0), p50.toFixed(2), p99.toFixed(2), cpu?.toFixed(0) ?? '-'];
      const key = [engine, side, ...figures].join();
      if (!lines.has(key)) lines.set(key, [engine, what, side, ...figures]);
    }
  }
  const head = ['engine', 'work', 'side', 'per second', 'p50 ms', 'p99 ms', 'cpu us each'];
  const all = [head, ...lines.values()];
  return all
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(widthOf(all, at)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function widthOf(lines: readonly string[][], at: number): number {
  return Math.max((columns[at] ?? '').length, ...lines.map((line) => (line[at] ?? '').length));
}

function shown({ unit }: Row, value: number): string {
  return unit === 'x' || unit === 's' ? value.toFixed(2) : value.toFixed(0);
}

function withUnit(row: Row, value: number): string {
  return row.unit === 'x' ? shown(row, value) : `${shown(row, value)} ${row.unit}`;
}

function reachOf(row: Row): string {
  if (row.reach === null) return '-';
  return 'atLeast' in row.reach ? `>= ${row.reach.atLeast}` : `<= ${withUnit(row, row.reach.atMost)}`;
}

/** What is to be reached is said of the embedded store; PostgreSQL is a server of its own beside it. */
function verdictOf(row: Row): string {
  if (row.engine !== 'sqlite' || row.reach === null) return '';
  return isMet(row.reach, row.value) ? 'met' : 'NOT MET';
}
