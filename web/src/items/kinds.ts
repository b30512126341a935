import type { Item } from '@arca/sdk';
import { Code, KeyRound, type LucideIcon, Paperclip, StickyNote } from 'lucide-react';

export type Kind = Item['kind'];
export type ItemName = { kind: Kind; number: number };

export const kinds: readonly Kind[] = ['password', 'note', 'api-secret', 'file'];

export const kindIcons: Record<Kind, LucideIcon> = {
  password: KeyRound,
  note: StickyNote,
  'api-secret': Code,
  file: Paperclip,
};

/** The first part of the paths of each kind's screens. */
export const places: Record<Kind, string> = {
  password: '/passwords',
  note: '/notes',
  'api-secret': '/api-secrets',
  file: '/files',
};

/** `/passwords/12`. */
export function hrefOf({ kind, number }: ItemName): string {
  return `${places[kind]}/${number}`;
}

/** Unique among all kinds: `password/12`. */
export function idOf({ kind, number }: ItemName): string {
  return `${kind}/${number}`;
}

export function isSame(one: ItemName, other: ItemName): boolean {
  return one.kind === other.kind && one.number === other.number;
}

/**
 * The address of an item, or of what is done with it (`/edit`), with the list beside it as it is filtered now where it
 * is of the same kind. `view` is the part of the page to show.
 */
export function besideList(item: ItemName, rest = '', view?: string): string {
  const isOfKind = location.pathname === places[item.kind] || location.pathname.startsWith(`${places[item.kind]}/`);
  const query = new URLSearchParams(isOfKind ? location.search : '');
  query.delete('view');
  if (view !== undefined) query.set('view', view);
  const text = query.toString();
  return hrefOf(item) + rest + (text === '' ? '' : `?${text}`);
}

/** What a path of a kind's screens shows; an address that is none of them is an item without a name. */
export type Place = { is: 'list' | 'new' | 'item' | 'edit'; name?: ItemName };

export function placeOf(path: string, kind: Kind): Place {
  const rest = path.slice(places[kind].length).replace(/\/$/, '');
  if (rest === '') return { is: 'list' };
  if (rest === '/new') return { is: 'new' };
  const [, digits, edit] = /^\/([1-9]\d{0,14})(\/edit)?$/.exec(rest) ?? [];
  if (digits === undefined) return { is: 'item' };
  return { is: edit === undefined ? 'item' : 'edit', name: { kind, number: Number(digits) } };
}
