import { stringify } from 'csv-stringify/sync';
import { joinTags } from '../../domain/tags.ts';
import { type ExportedItem, totpText } from './arca-items.ts';

const columns = [
  ...['kind', 'name', 'username', 'password', 'url', 'totp', 'notes', 'tags', 'note'],
  ...['clientId', 'clientSecret', 'identifierCode', 'method'],
];

/**
 * Every field of each item as a table. Cells are exact, so that nothing is changed on its way back: a spreadsheet may take
 * one that begins with = for a formula, and whoever exports is told so.
 */
export function writeArcaCsv(items: readonly ExportedItem[]): Uint8Array {
  const rows = items.map(({ kind, content }) => ({
    ...{ ...content, kind, totp: totpText(content) },
    tags: joinTags((content.tags ?? []) as readonly string[]),
  }));
  return Buffer.from(stringify(rows, { columns, header: true, record_delimiter: 'windows', bom: true }));
}
