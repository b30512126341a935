import type { FileFormat, ReadRecord } from '../../domain/import.ts';
import { type Kind, kinds } from '../../domain/kind.ts';
import { splitTags } from '../../domain/tags.ts';
import type { TableRow } from '../csv-table.ts';
import { saying } from '../file-text.ts';

/** A row by its columns' names, in lower case. */
type Cells = ReadonlyMap<string, string>;

type Layout = {
  format: FileFormat;
  /** Columns that no other layout has all of. */
  marks: readonly string[];
  /** Which column a field is in. */
  fields: Readonly<Record<string, string>>;
  /** Columns that are read elsewhere, or say nothing that is worth keeping. */
  known: readonly string[];
  more?(cells: Cells): Partial<Pick<ReadRecord, 'kind' | 'fields' | 'extra' | 'refused'>>;
};

const cell = (cells: Cells, name: string): string => cells.get(name) ?? '';
const isYes = (text: string): boolean => /^(1|true|yes)$/i.test(text);

/** Each has a heading in its first line; the more particular ones come first. */
const layouts: readonly Layout[] = [
  {
    format: 'arca-csv',
    marks: ['kind', 'name', 'clientid', 'identifiercode'],
    fields: {
      ...{ name: 'name', username: 'username', password: 'password', url: 'url', totp: 'totp', notes: 'notes' },
      ...{ note: 'note', clientId: 'clientid', clientSecret: 'clientsecret' },
      ...{ identifierCode: 'identifiercode', method: 'method' },
    },
    known: ['kind', 'tags'],
    more(cells) {
      const kind = kinds.find((one) => one === cell(cells, 'kind')) ?? 'password';
      return { kind, fields: { tags: splitTags(cell(cells, 'tags')) } };
    },
  },
  {
    format: 'bitwarden-csv',
    marks: ['login_uri', 'login_username', 'login_password'],
    fields: {
      ...{ name: 'name', notes: 'notes', username: 'login_username', password: 'login_password' },
      totp: 'login_totp',
    },
    known: ['folder', 'collections', 'favorite', 'type', 'fields', 'reprompt', 'login_uri'],
    more(cells) {
      const isNote = cell(cells, 'type') === 'note';
      const [url = '', ...others] = cell(cells, 'login_uri').split(/,(?=[a-z][a-z0-9+.-]*:\/\/)/i);
      return {
        kind: isNote ? 'note' : 'password',
        fields: {
          ...(isNote ? { note: cell(cells, 'notes'), notes: '' } : { url }),
          tags: [cell(cells, 'folder'), ...splitTags(cell(cells, 'collections'))],
        },
        extra: saying([
          ...others.map((other) => ['URL', other] as const),
          ...linesOf(cell(cells, 'fields')),
          ['Favorite', cell(cells, 'favorite')],
          ['Reprompt', isYes(cell(cells, 'reprompt')) ? '1' : ''],
        ]),
      };
    },
  },
  {
    format: 'firefox-csv',
    marks: ['url', 'username', 'password', 'guid'],
    fields: { url: 'url', username: 'username', password: 'password' },
    // What the browser keeps for itself changes with each use.
    known: ['guid', 'timecreated', 'timelastused', 'timepasswordchanged'],
    more: (cells) => ({
      extra: saying([
        ['HTTP realm', cell(cells, 'httprealm')],
        ['Form', cell(cells, 'formactionorigin') === cell(cells, 'url') ? '' : cell(cells, 'formactionorigin')],
      ]),
    }),
  },
  {
    format: '1password-csv',
    marks: ['title', 'username', 'password', 'otpauth'],
    fields: {
      ...{ name: 'title', url: 'url', username: 'username', password: 'password', totp: 'otpauth' },
      notes: 'notes',
    },
    known: ['tags', 'favorite', 'archived'],
    more: (cells) => ({
      fields: { tags: cell(cells, 'tags').split(/[;,]/) },
      extra: saying([
        ['Favorite', isYes(cell(cells, 'favorite')) ? '1' : ''],
        ['Archived', isYes(cell(cells, 'archived')) ? '1' : ''],
      ]),
    }),
  },
  {
    format: 'lastpass-csv',
    marks: ['url', 'username', 'password', 'extra', 'name', 'grouping'],
    fields: { name: 'name', url: 'url', username: 'username', password: 'password', totp: 'totp', notes: 'extra' },
    known: ['grouping', 'fav'],
    more(cells) {
      // LastPass marks a secure note by an address of its own.
      const isNote = cell(cells, 'url') === 'http://sn';
      const folder = cell(cells, 'grouping').replaceAll('\\', '/');
      return {
        // And a folder without items by another one.
        ...(cell(cells, 'url') === 'http://group' ? { refused: 'is a folder' } : {}),
        kind: isNote ? 'note' : 'password',
        fields: {
          ...(isNote ? { note: cell(cells, 'extra'), notes: '', url: '' } : {}),
          tags: folder === '(none)' ? [] : [folder],
        },
        extra: saying([['Favorite', isYes(cell(cells, 'fav')) ? '1' : '']]),
      };
    },
  },
  {
    format: 'chrome-csv',
    marks: ['name', 'url', 'username', 'password'],
    fields: { name: 'name', url: 'url', username: 'username', password: 'password', notes: 'note' },
    known: [],
  },
];

/** A custom field is a line of its own; one without a colon belongs to the value before it. */
function linesOf(text: string): [string, string][] {
  const pairs: [string, string][] = [];
  for (const line of text === '' ? [] : text.split(/\r?\n/)) {
    const at = line.indexOf(': ');
    const last = pairs.at(-1);
    if (at > 0) pairs.push([line.slice(0, at), line.slice(at + 2)]);
    else if (last) last[1] += `\n${line}`;
    else pairs.push(['Field', line]);
  }
  return pairs;
}

function headingOf([first]: readonly TableRow[]): string[] {
  return (first?.cells ?? []).map((name) => name.trim().toLowerCase());
}

/** The format whose columns a table has; null for none of them. */
export function detectColumns(rows: readonly TableRow[]): FileFormat | null {
  const heading = headingOf(rows);
  return layouts.find(({ marks }) => marks.every((mark) => heading.includes(mark)))?.format ?? null;
}

/** Null when the table does not have the columns of that format. */
export function readColumns(format: FileFormat, rows: readonly TableRow[]): ReadRecord[] | null {
  const heading = headingOf(rows);
  const layout = layouts.find((one) => one.format === format);
  if (!layout?.marks.every((mark) => heading.includes(mark))) return null;
  return rows.slice(1).map((row) => recordOf(layout, heading, row));
}

function recordOf(layout: Layout, heading: readonly string[], { line, cells }: TableRow): ReadRecord {
  const byName = new Map(heading.map((name, at) => [name, cells[at] ?? '']));
  const fields: Record<string, string | readonly string[]> = {};
  for (const [field, column] of Object.entries(layout.fields)) fields[field] = cell(byName, column);
  const more = layout.more?.(byName) ?? {};
  const taken = new Set([...Object.values(layout.fields), ...layout.known]);
  // Form columns are told by `more`, under names of their own.
  const named = layout.format === 'firefox-csv' ? ['httprealm', 'formactionorigin'] : [];
  const others = heading.flatMap((name, at) =>
    taken.has(name) || named.includes(name) ? [] : [[name, cells[at]] as const],
  );
  const beyond = cells.slice(heading.length).map((text, at) => [`Column ${heading.length + at + 1}`, text] as const);
  const kind: Kind = more.kind ?? 'password';
  return {
    line,
    kind,
    fields: { ...fields, ...more.fields },
    extra: [...(more.extra ?? []), ...saying([...others, ...beyond])],
    left: [],
    ...(more.refused === undefined ? {} : { refused: more.refused }),
  };
}
