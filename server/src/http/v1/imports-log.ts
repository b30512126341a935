import { stringify } from 'csv-stringify/sync';
import type { ShownRow } from '../../actions/imports/read.ts';

const columns = ['line', 'kind', 'name', 'username', 'url', 'verdict', 'outcome', 'number', 'reason', 'remarks'];

/** Slices of rows as CSV for spreadsheets, in which no cell is taken for a formula. */
export async function* logPieces(slices: AsyncIterable<readonly ShownRow[]>): AsyncGenerator<string> {
  let isFirst = true;
  for await (const rows of slices) {
    const told = rows.map((row) => ({ ...row, remarks: row.remarks.join('; ') }));
    const options = { columns, escape_formulas: true, record_delimiter: 'windows' } as const;
    yield stringify(told, { ...options, header: isFirst, bom: isFirst });
    isFirst = false;
  }
}
