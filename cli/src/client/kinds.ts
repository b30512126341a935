import type { Item, Kind, Revealed } from '../../../sdk/src/arca.ts';

/** The kinds whose secrets are fields; that of a file is bytes, and has commands of its own. */
export type FieldKind = Exclude<Kind, 'file'>;
export type SecretField = keyof Revealed['secrets'];

type KindOfItem = {
  one: string;
  many: string;
  /** Fields that lists show, which are read without a trace. */
  open: readonly string[];
  /** Fields by which an item is found, each whole. */
  found: readonly ('name' | 'url' | 'tag')[];
};

type KindOfFields = KindOfItem & {
  /** Fields that are revealed, which is recorded. */
  secret: readonly SecretField[];
  /** What `get` gives unless told. */
  usual: SecretField;
};

export const kinds: Readonly<Record<FieldKind, KindOfFields> & Record<'file', KindOfItem>> = {
  password: {
    one: 'password',
    many: 'passwords',
    open: ['name', 'username', 'url', 'tags', 'owner'],
    secret: ['password', 'totp', 'code', 'notes'],
    usual: 'password',
    found: ['name', 'url', 'tag'],
  },
  note: {
    one: 'note',
    many: 'notes',
    open: ['name', 'tags', 'owner'],
    secret: ['note'],
    usual: 'note',
    found: ['name', 'tag'],
  },
  'api-secret': {
    one: 'API secret',
    many: 'API secrets',
    open: ['name', 'url', 'clientId', 'identifierCode', 'method', 'tags', 'owner'],
    secret: ['clientSecret', 'notes'],
    usual: 'clientSecret',
    found: ['name', 'url', 'tag'],
  },
  file: {
    one: 'file',
    many: 'files',
    open: ['name', 'fileName', 'size', 'mediaType', 'tags', 'owner'],
    found: ['name', 'tag'],
  },
};

/** Whether a text names a kind whose secrets are fields. */
export function isFieldKind(text: string): text is FieldKind {
  return text !== 'file' && Object.hasOwn(kinds, text);
}

/** An open field as text; tags between commas. */
export function openText(item: Item, field: string): string {
  const value = (item as unknown as Record<string, unknown>)[field];
  return Array.isArray(value) ? value.join(',') : String(value ?? '');
}

/** How a command's help tells what names an item. */
export function foundBy(kind: Kind): string {
  return kinds[kind].found.includes('url') ? 'its number, whole name, URL or tag' : 'its number, whole name or tag';
}
