import type { Entry } from './exchange.ts';
import { published } from './published.ts';
import { asSent, code, digits, flag, listOf, type Shape, text, textOrNull, zeroOrOne } from './shape.ts';

/** A field that can be sent; `most` is in code points. */
type Field = { name: string; most: number; required?: true };

/** A kind of item as the wire spells it. Keys and their order come from the published exchanges. */
export type WireKind = {
  path: 'password' | 'note' | 'secretapi';
  /** Filters of its list; the first finds one item alone when its value is unique. */
  filters: readonly string[];
  /** Text fields in checking order, seeds, tags and sharing aside. */
  fields: readonly Field[];
  /** All that is checked, in order. */
  order: readonly string[];
  /** The exchange that updates. */
  update: string;
};

const name: Field = { name: 'name', most: 255, required: true };
const notes: Field = { name: 'notes', most: 10_000 };
const sharing = ['users_allowed', 'groups_allowed'];

export const kinds: readonly WireKind[] = [
  {
    path: 'password',
    filters: ['name', 'tag', 'username', 'url'],
    fields: [
      name,
      { name: 'username', most: 255, required: true },
      { name: 'password', most: 4096, required: true },
      { name: 'url', most: 2048 },
      notes,
    ],
    order: ['name', 'username', 'password', 'url', 'secret_key', 'notes', 'tags', ...sharing],
    update: 'password-update',
  },
  {
    path: 'note',
    filters: ['name', 'tag'],
    fields: [name, { name: 'note', most: 900, required: true }],
    order: ['name', 'note', 'tags', ...sharing],
    update: 'note-update-sharing-only',
  },
  {
    path: 'secretapi',
    filters: ['identifier_code', 'tag'],
    fields: [
      name,
      { name: 'url', most: 2048, required: true },
      { name: 'client_id', most: 4096, required: true },
      { name: 'client_secret', most: 4096 },
      { name: 'identifier_code', most: 255 },
      notes,
      { name: 'method', most: 255 },
    ],
    order: ['name', 'url', 'client_id', 'client_secret', 'identifier_code', 'tags', 'notes', 'method', ...sharing],
    update: 'secretapi-update',
  },
];

/** The fields of an item as they were sent last; an absent or null one is empty. */
export type Content = Readonly<Record<string, string | null>>;

/** The message of a published answer. */
export function messageOf(id: string): string {
  return (published(id).response.response as { message: string }).message;
}

/** The member of a published answer that holds what was asked for. */
export function payloadKey(id: string): string {
  return Object.keys(published(id).response)[2] ?? '';
}

function payloadOf(id: string): unknown {
  return published(id).response[payloadKey(id)];
}

/** What each entry of a kind's list must look like, whatever it holds. */
export function entryShape({ path }: WireKind): Shape {
  const [entry = {}] = payloadOf(`${path}-list`) as Entry[];
  return Object.fromEntries(Object.keys(entry).map((key) => [key, loose(key, 'username')]));
}

/** What the answer to a read must look like, whatever it holds. */
export function readShape({ path }: WireKind): Shape {
  const keys = Object.keys(payloadOf(`${path}-read`) as Entry);
  return Object.fromEntries(keys.map((key) => [key, loose(key, path === 'password' ? 'username' : 'name')]));
}

function loose(key: string, userKey: string): Shape {
  if (key === 'identifier') return digits;
  if (key === 'secret_key' || key === 'token') return textOrNull;
  if (key === 'users_allowed') return listOf({ [userKey]: text, can_edit: flag });
  if (key === 'groups_allowed') return listOf({ name: text, can_edit: flag });
  if (key.startsWith('need_')) return zeroOrOne;
  return key.startsWith('can_') ? flag : text;
}

/** The entry of an item of our own in the list. */
export function ownEntry({ path }: WireKind, content: Content, identifier: string): Shape {
  const [entry = {}] = payloadOf(`${path}-list`) as Entry[];
  const flags: Record<string, Shape> = { need_justify: '0', need_approval: '0', can_view: true, can_write: true };
  const known: Record<string, Shape> = { ...content, ...flags, identifier };
  return Object.fromEntries(Object.keys(entry).map((key) => [key, known[key] ?? '']));
}

/** What reading an item of our own must answer. */
export function ownRead({ path }: WireKind, content: Content, identifier: string): Shape {
  return ownEntity(payloadOf(`${path}-read`) as Entry, content, identifier, []);
}

/** What creating or updating an item of our own must answer; the identifier is null when it is new. */
export function ownWritten(kind: WireKind, content: Content, identifier: string | null, problems: Shape[] = []): Shape {
  const entity = payloadOf(`${kind.path}-create`) as Entry;
  // A password answers its notes as `note` when it is written.
  const renamed = kind.path === 'password' ? { ...content, note: content.notes ?? null } : content;
  return ownEntity(entity, renamed, identifier ?? digits, problems);
}

const sensitive = new Set(['password', 'note', 'notes', 'client_secret']);

function ownEntity(like: Entry, content: Content, identifier: Shape, problems: Shape[]): Shape {
  const memberOf = (key: string): Shape => {
    const sent = content[key] ?? '';
    const seed = content.secret_key ?? null;
    if (key === 'identifier') return identifier;
    if (key === 'users_allowed' || key === 'groups_allowed') return [];
    if (key === 'shared_error') return problems;
    if (key === 'secret_key') return seed === null ? null : asSent(seed);
    if (key === 'token') return seed === null ? null : code;
    return sensitive.has(key) ? asSent(sent) : sent;
  };
  return Object.fromEntries(Object.keys(like).map((key) => [key, memberOf(key)]));
}
