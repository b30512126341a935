import type { Report } from './conform.ts';
import { weights } from './difference.ts';
import { groupNames } from './exchange.ts';
import type { Made } from './items.ts';
import type { Result } from './play.ts';

/** The report for people: a table for each group, the differences, and the count as the last line. */
export function reportText(report: Report): string {
  const { results, stopped } = report;
  const kind = report.write ? 'reading and writing' : 'reading only';
  const width = Math.max(...results.map(({ id }) => id.length));
  const groups = groupNames
    .map((name) => [name, results.filter(({ group }) => group === name)] as const)
    .filter(([, rows]) => rows.length > 0)
    .map(([name, rows]) => `${name}\n${tableOf(rows, width)}`);
  const differences = results.flatMap(linesOf);
  const parts = [
    `MySafe exchanges with ${report.url} below /${report.prefix}, ${kind}`,
    ...groups,
    ...(differences.length > 0 ? [`differences\n${differences.map((line) => `  ${line}`).join('\n')}`] : []),
    ...endOf(report),
    ...(stopped === null ? [] : [stopped.sentence]),
    countsOf(results),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** The report for programs, as one line of JSON. */
export function reportJson(report: Report): string {
  const { results, stopped, url, prefix, write, disabled, left } = report;
  const told = results.map(({ differences, ...result }) => ({
    ...result,
    differences: differences.map(({ sort, ...one }) => ({ sort, ...one, ...weights[sort] })),
  }));
  const counts = {
    alike: count(results, 'alike'),
    differ: count(results, 'differs'),
    skipped: count(results, 'skipped'),
  };
  const whole = { url, prefix, write, ...counts, stopped: stopped?.sentence ?? null, disabled, left, exchanges: told };
  return `${JSON.stringify(whole)}\n`;
}

/** 0 when all that was played is alike, 1 when something differs, 2 when the run had to stop or played nothing. */
export function exitCodeOf({ results, stopped }: Report): number {
  if (stopped !== null || results.every(({ verdict }) => verdict === 'skipped')) return 2;
  return count(results, 'differs') > 0 ? 1 : 0;
}

function tableOf(rows: readonly Result[], width: number): string {
  const words = { alike: 'ok', differs: 'DIFFERS', skipped: 'skipped' };
  const played = rows
    .filter(({ verdict }) => verdict !== 'skipped')
    .map(({ id, verdict }) => `  ${id.padEnd(width)}  ${words[verdict]}`);
  return [...played, ...skippedOf(rows, width)].join('\n');
}

const mostNamed = 5;

/** Skipped exchanges by the reason; by name too when they are few. */
function skippedOf(rows: readonly Result[], width: number): string[] {
  const byReason = Map.groupBy(
    rows.filter(({ verdict }) => verdict === 'skipped'),
    ({ why }) => why ?? '',
  );
  return [...byReason].flatMap(([why, some]) =>
    some.length > mostNamed
      ? [`  ${`(${some.length} more)`.padEnd(width)}  skipped: ${why}`]
      : some.map(({ id }) => `  ${id.padEnd(width)}  skipped: ${why}`),
  );
}

/** One line for each difference: where, what was expected and came, whom it matters to, and who says so. */
function linesOf({ id, differences }: Result): string[] {
  return differences.map(({ sort, at, expected, came, source }) => {
    const basis = source === null ? 'the contract' : `documented ${source}`;
    const { matters, to } = weights[sort];
    const weight = matters === 'no' ? `hardly matters: ${to}` : `matters${matters === 'some' ? ' to some' : ''}: ${to}`;
    return `${id}: ${at}: expected ${expected}, came ${came} (${weight}; ${basis})`;
  });
}

function endOf({ disabled, left }: Report): string[] {
  const lines: string[] = [];
  if (disabled.length > 0) lines.push(`Made and disabled: ${namesOf(disabled)}.`);
  if (left.length > 0) lines.push(`Made and NOT disabled, do so yourself: ${namesOf(left)}.`);
  return lines;
}

function namesOf(items: readonly Made[]): string {
  const byPath = Map.groupBy(items, ({ path }) => path);
  return [...byPath].map(([path, some]) => `${path} ${some.map(({ identifier }) => identifier).join(', ')}`).join('; ');
}

function countsOf(results: readonly Result[]): string {
  const differ = count(results, 'differs');
  return `${count(results, 'alike')} alike, ${differ} differ, ${count(results, 'skipped')} skipped`;
}

function count(results: readonly Result[], verdict: Result['verdict']): number {
  return results.filter((one) => one.verdict === verdict).length;
}
