import type { ExportedItem } from './formats/arca-items.ts';

export type WishedFile =
  | { file: 'template' }
  | { file: 'csv'; items: readonly ExportedItem[] }
  | { file: 'json'; items: readonly ExportedItem[]; passphrase: string | null }
  | { file: 'kdbx'; items: readonly ExportedItem[]; passphrase: string };

export async function writeFile(wished: WishedFile): Promise<Uint8Array> {
  switch (wished.file) {
    case 'template':
      return (await import('./formats/arca-xlsx.ts')).writeTemplate();
    case 'csv':
      return (await import('./formats/arca-csv.ts')).writeArcaCsv(wished.items);
    case 'json':
      return (await import('./formats/arca-json.ts')).writeArcaJson(wished.items, wished.passphrase);
    case 'kdbx':
      return (await import('./formats/keepass-file.ts')).writeKdbx(wished.items, wished.passphrase);
  }
}
