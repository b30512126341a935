import { CsvError, type Info, parse } from 'csv-parse/sync';
import { FileProblem, mostRecords, mustNotBeMore } from './file-problem.ts';
import { textOf } from './file-text.ts';

export type TableRow = { line: number; cells: readonly string[] };

/** Rows of a CSV file with the lines that they begin at: commas, semicolons or tabs, whichever its first line has most of. */
export function tableOf(bytes: Uint8Array): TableRow[] {
  const text = textOf(bytes);
  try {
    let ended = 0;
    const found = parse(text, {
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: 4 * 1024 * 1024,
      to: mostRecords + 2,
    }) as unknown as { record: string[]; info: Info }[];
    mustNotBeMore(found.length - 1);
    return found.map(({ record, info }) => {
      const line = ended + 1;
      ended = info.lines;
      return { line, cells: record };
    });
  } catch (thrown) {
    if (!(thrown instanceof CsvError)) throw thrown;
    // Its own message may hold a piece of a field.
    const line = (thrown as { lines?: number }).lines;
    throw new FileProblem(`is not CSV${line === undefined ? '' : `: line ${line}`} (${thrown.code.toLowerCase()})`);
  }
}

function delimiterOf(text: string): string {
  // What stands in quotes separates nothing; no heading is longer than this.
  const [first = ''] = text
    .slice(0, 65_536)
    .replaceAll(/"(?:[^"]|"")*"?/g, '')
    .split(/\r?\n/, 1);
  const counts = [',', ';', '\t'].map((one) => [one, first.split(one).length] as const);
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}
