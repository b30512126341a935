import readWorkbook from 'read-excel-file/node';
import writeWorkbook from 'write-excel-file/node';
import type { ReadRecord } from '../../domain/import.ts';
import type { Kind } from '../../domain/kind.ts';
import { splitTags } from '../../domain/tags.ts';
import { FileProblem, mustNotBeMore } from '../file-problem.ts';
import { plain, saying } from '../file-text.ts';
import { harmless } from './xlsx-parts.ts';

/** The sheets of our template, each with its columns. */
const sheets: Readonly<Record<'passwords' | 'notes', { kind: Kind; columns: readonly string[] }>> = {
  passwords: { kind: 'password', columns: ['name', 'username', 'password', 'url', 'totp', 'notes', 'tags'] },
  notes: { kind: 'note', columns: ['name', 'note', 'tags'] },
};

/** An empty workbook to be filled in; its cells are texts, so that a spreadsheet leaves what is typed as it is. */
export async function writeTemplate(): Promise<Buffer> {
  const workbook = Object.entries(sheets).map(([sheet, { columns }]) => ({
    sheet,
    data: [
      columns.map((value) => ({ value, type: String, fontWeight: 'bold' as const })),
      ...Array.from({ length: 200 }, () => columns.map(() => ({ value: '', type: String, format: '@' }))),
    ],
    columns: columns.map(() => ({ width: 24 })),
  }));
  return writeWorkbook(workbook as never).toBuffer();
}

export async function readXlsx(bytes: Uint8Array): Promise<ReadRecord[]> {
  const checked = await harmless(bytes);
  const workbook = await readWorkbook<string>(checked, { trim: false, parseNumber: (text) => text }).catch(() => {
    throw new FileProblem('is no XLSX workbook');
  });
  const known = workbook.flatMap(({ sheet, data }) => {
    const [name] = Object.keys(sheets).filter((one) => one === sheet.trim().toLowerCase()) as (keyof typeof sheets)[];
    return name === undefined ? [] : [{ ...sheets[name], sheet, data }];
  });
  if (known.length === 0) throw new FileProblem('has neither a sheet "passwords" nor a sheet "notes"');
  mustNotBeMore(known.reduce((sum, { data }) => sum + data.length, 0) - known.length);
  return known.flatMap(({ kind, data, columns }) => {
    const [first = [], ...rows] = data;
    const heading = first.map((cell) => textOf(cell).trim().toLowerCase());
    if (!heading.includes('name')) throw new FileProblem('has a sheet without a column "name"');
    return rows.flatMap((row, at) => {
      const cells = new Map(heading.map((name, column) => [name, textOf(row[column])]));
      if ([...cells.values()].every((text) => text === '')) return [];
      const fields = Object.fromEntries(columns.map((name) => [name, cells.get(name) ?? '']));
      const others = [...cells].filter(([name]) => !columns.includes(name));
      const beyond = row
        .slice(heading.length)
        .map((cell, over) => [`Column ${heading.length + over + 1}`, textOf(cell)] as const);
      return [
        {
          line: at + 2,
          kind,
          fields: { ...fields, tags: splitTags(cells.get('tags') ?? '') },
          extra: saying([...others, ...beyond]),
          left: [],
        },
      ];
    });
  });
}

function textOf(cell: unknown): string {
  return cell instanceof Date ? cell.toISOString() : plain(cell);
}
