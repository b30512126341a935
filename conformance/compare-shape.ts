import { described } from './described.ts';
import type { Difference, Sort } from './difference.ts';
import { isMatcher, type Shape, typeOf } from './shape.ts';

type Members = Readonly<Record<string, unknown>>;

/** Compares a value with what it must be, the order of members too. `at` is where it stands, such as `response.message`. */
export function compareShape(shape: Shape, value: unknown, at = ''): Difference[] {
  return gathered(compareValue(shape, value, at));
}

function compareValue(shape: Shape, value: unknown, at: string): Difference[] {
  const name = nameAt(at);
  const differs = (sort: Sort): Difference[] => [
    { sort, at: at || 'body', expected: expectedOf(shape, name), came: described(value, name) },
  ];
  if (isMatcher(shape)) {
    if (!shape.fits(value)) return differs(shape.types.includes(typeOf(value)) ? 'value' : 'type');
    const { each } = shape;
    if (each === undefined) return [];
    return (value as unknown[]).flatMap((one) => compareValue(each, one, `${at}[]`));
  }
  if (typeOf(shape) !== typeOf(value)) return differs('type');
  if (isList(shape)) {
    const values = value as unknown[];
    if (values.length !== shape.length) return differs('entries');
    return shape.flatMap((one, index) => compareValue(one, values[index], `${at}[]`));
  }
  if (typeof shape === 'object' && shape !== null) return compareMembers(shape, value as Members, at);
  if (shape === value) return [];
  return differs(messages.has(name) ? 'message' : 'value');
}

const messages = new Set(['message', 'mensagem', 'error_description']);

function compareMembers(shape: { readonly [name: string]: Shape }, value: Members, at: string): Difference[] {
  const path = (name: string) => (at === '' ? name : `${at}.${name}`);
  const wanted = Object.keys(shape);
  const came = Object.keys(value);
  const both = wanted.filter((name) => came.includes(name));
  const order = came.filter((name) => both.includes(name));
  return [
    ...wanted.filter((name) => !both.includes(name)).map((name) => absent(shape[name] as Shape, path(name), name)),
    ...both.flatMap((name) => compareValue(shape[name] as Shape, value[name], path(name))),
    ...(order.join() === both.join() ? [] : [moved(both, order, at)]),
    ...came.filter((name) => !both.includes(name)).map((name) => added(value[name], path(name), name)),
  ];
}

function absent(shape: Shape, at: string, name: string): Difference {
  return { sort: 'absent', at, expected: expectedOf(shape, name), came: 'nothing' };
}

function added(value: unknown, at: string, name: string): Difference {
  return { sort: 'added', at, expected: 'nothing', came: described(value, name) };
}

function moved(wanted: readonly string[], came: readonly string[], at: string): Difference {
  return { sort: 'order', at: at || 'body', expected: wanted.join(', '), came: came.join(', ') };
}

function expectedOf(shape: Shape, name: string): string {
  if (isMatcher(shape)) return shape.words;
  const words = described(shape, name);
  return words.startsWith('a text of ') ? 'the text that was sent' : words;
}

function isList(shape: Shape): shape is readonly Shape[] {
  return Array.isArray(shape);
}

/** The member's name at the end of a path, that of the list for its entries. */
function nameAt(at: string): string {
  return /([^.[\]]*)(\[\])*$/.exec(at)?.[1] ?? '';
}

const envelope = /^(code|message|error_description|(response|exception)\.\w+)$/;

/**
 * Entries of a list that differ alike are told once, and so is what an envelope says in more than one place: there the
 * other places differ only because the first does.
 */
function gathered(differences: readonly Difference[]): Difference[] {
  const counts = new Map<string, { first: Difference; more: number }>();
  for (const one of differences) {
    const isEntry = one.at.includes('[]');
    const isRepeated = envelope.test(one.at) && (one.sort === 'message' || one.sort === 'value');
    const key = JSON.stringify([one.sort, isRepeated ? '' : one.at, one.expected, isEntry ? '' : one.came]);
    const known = counts.get(key);
    if (known) known.more += 1;
    else counts.set(key, { first: one, more: 0 });
  }
  return [...counts.values()].map(({ first, more }) =>
    more > 0 && first.at.includes('[]') ? { ...first, came: `${first.came}, and ${more} more` } : first,
  );
}
