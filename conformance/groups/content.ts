import type { Known } from '../exchange.ts';
import type { Content, WireKind } from '../kinds.ts';
import { published } from '../published.ts';

/** The published item under a name of our own, shared with nobody: here nobody knows the people of the examples. */
export function created({ path }: WireKind, { mark }: Known): Content {
  return named(published(`${path}-create`).request as Content, mark, '');
}

/** The published update of it. That of a note is of its sharing alone. */
export function updated(kind: WireKind, known: Known): Content {
  const note = { name: 'Changed note', note: 'My changed note', tags: 'changed' };
  const { request } = published(kind.update);
  const changes = kind.path === 'note' ? note : (request as Content);
  return { ...created(kind, known), ...named(changes, known.mark, ' changed') };
}

/** The least that makes an item, with a letter that takes two bytes. */
export function least(kind: WireKind, known: Known): Content {
  const content = created(kind, known);
  return { ...cleared(kind, content), name: `${known.mark} café` };
}

/** What empties every optional field, in both ways that do it. */
export function emptying(kind: WireKind): Content {
  const optional = kind.order.filter((name) => !requiredOf(kind).includes(name) && !name.endsWith('_allowed'));
  return Object.fromEntries(optional.map((name, at) => [name, at % 2 === 0 ? '' : null]));
}

export function cleared(kind: WireKind, content: Content): Content {
  return Object.fromEntries(Object.entries(content).filter(([name]) => requiredOf(kind).includes(name)));
}

export function requiredOf({ fields }: WireKind): string[] {
  return fields.filter(({ required }) => required).map(({ name }) => name);
}

function named({ users_allowed: _users, groups_allowed: _groups, ...content }: Content, mark: string, word: string) {
  const code = content.identifier_code === undefined ? {} : { identifier_code: `${mark}${word.replace(' ', '-')}` };
  return { ...content, ...code, name: `${mark} ${content.name}` };
}
