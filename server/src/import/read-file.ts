import type { FileFormat, ReadRecord } from '../domain/import.ts';
import { tableOf } from './csv-table.ts';
import { FileProblem, mustNotBeMore } from './file-problem.ts';
import { jsonOf, recordOf, textOf } from './file-text.ts';
import { isAge, itemsFormat } from './formats/arca-items.ts';
import { detectColumns, readColumns } from './formats/csv-columns.ts';

export type SentFile = { bytes: Uint8Array; format: FileFormat | null; passphrase: string };
export type ReadFile = { format: FileFormat; records: ReadRecord[] };

/** Reads a file as the format that it is said to have, or as the one that it seems to have. Throws FileProblem. */
export async function readFile({ bytes, format: said, passphrase }: SentFile): Promise<ReadFile> {
  if (bytes.length === 0) throw new FileProblem('is empty');
  const format = said ?? (await detect(bytes));
  const records = await recordsOf(format, bytes, passphrase);
  mustNotBeMore(records.length);
  return { format, records };
}

// Each parser is loaded when it is needed: a thread reads one file, and starts the faster for it.
async function recordsOf(format: FileFormat, bytes: Uint8Array, passphrase: string): Promise<ReadRecord[]> {
  switch (format) {
    case 'arca-json':
      return (await import('./formats/arca-json.ts')).readArcaJson(bytes, passphrase);
    case 'arca-xlsx':
      return (await import('./formats/arca-xlsx.ts')).readXlsx(bytes);
    case 'bitwarden-json':
      return (await import('./formats/bitwarden-json.ts')).readBitwardenJson(bytes);
    case 'keeper-json':
      return (await import('./formats/keeper.ts')).readKeeperJson(bytes);
    case '1password-1pux':
      return (await import('./formats/onepassword.ts')).readOnePux(bytes);
    case 'keepass-kdbx':
      return (await import('./formats/keepass.ts')).readKdbx(bytes, passphrase);
    case 'keepass-xml':
      return (await import('./formats/keepass.ts')).readKeePassXml(bytes);
    case 'keeper-csv':
      return (await import('./formats/keeper.ts')).readKeeperCsv(tableOf(bytes));
    default: {
      const records = readColumns(format, tableOf(bytes));
      if (records === null) throw new FileProblem(`does not have the columns of ${format}`);
      return records;
    }
  }
}

/** The format that a file shows by its first bytes, its members or its columns. Keeper's CSV shows none: it must be said. */
async function detect(bytes: Uint8Array): Promise<FileFormat> {
  const starts = (...head: number[]) => head.every((byte, at) => bytes[at] === byte);
  if (isAge(bytes)) return 'arca-json';
  if (starts(0x03, 0xd9, 0xa2, 0x9a)) return 'keepass-kdbx';
  if (starts(0x50, 0x4b)) {
    const names: string[] = [];
    const { unzip } = await import('./unzip.ts');
    await unzip(bytes, (name) => names.push(name) < 0);
    if (names.includes('export.data')) return '1password-1pux';
    if (names.includes('xl/workbook.xml')) return 'arca-xlsx';
    throw new FileProblem('is a zip that is neither 1PUX nor XLSX');
  }
  const text = textOf(bytes).trimStart();
  if (/^<(\?xml|KeePassFile)/.test(text)) return 'keepass-xml';
  if (text.startsWith('{')) return detectJson(bytes);
  const found = detectColumns(tableOf(bytes));
  if (found === null) throw new FileProblem('does not show what it is: choose its format');
  return found;
}

function detectJson(bytes: Uint8Array): FileFormat {
  const { format, records, items, encrypted } = recordOf(jsonOf(bytes));
  if (format === itemsFormat) return 'arca-json';
  if (Array.isArray(records)) return 'keeper-json';
  if (Array.isArray(items) || encrypted === true) return 'bitwarden-json';
  throw new FileProblem('is JSON of no kind that is known here');
}
