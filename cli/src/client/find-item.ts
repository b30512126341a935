import type { Arca, Item, Kind } from '../../../sdk/src/arca.ts';
import { Problem } from '../problem.ts';
import { plain } from '../terminal.ts';
import { kinds, openText } from './kinds.ts';

const mostTold = 20;

export function isNumber(typed: string): boolean {
  return /^[1-9]\d{0,14}$/.test(typed);
}

/**
 * The item that was typed: a number, else a whole name, else a whole URL, else a tag, the first of them that anything
 * has. Of several that fit only those in the state wished for count; if there are still several, they are told.
 */
export async function findItem(arca: Arca, kind: Kind, typed: string, wished: 'enabled' | 'disabled'): Promise<Item> {
  if (isNumber(typed)) return arca.items.read({ kind, number: Number(typed) });
  for (const by of kinds[kind].found) {
    const all = await first(
      arca.items.list.all({ kind, [by]: typed, state: 'all', sort: 'number', limit: mostTold + 1 }),
    );
    const fitting = all.filter(({ enabled }) => enabled === (wished === 'enabled'));
    const [one, ...others] = fitting.length > 0 ? fitting : all;
    if (one === undefined) continue;
    if (others.length === 0) return one;
    throw new Problem('refused', ambiguous(kind, by, [one, ...others]));
  }
  // What was typed is not told again: it may be a secret that was pasted.
  const words = kinds[kind].found.map((by) => (by === 'url' ? 'URL' : by));
  const told = `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
  throw new Problem(
    'refused',
    `There is no ${kinds[kind].one} of that ${told} (each is compared whole); \`arca ${kind} list\` shows them.`,
  );
}

function ambiguous(kind: Kind, by: string, items: readonly Item[]): string {
  const told = items.slice(0, mostTold).map((item) => {
    const open = kinds[kind].open.slice(1).map((field) => plain(openText(item, field)));
    return `  ${item.number}  ${plain(item.name)}  (${[...open, item.enabled ? '' : 'disabled'].filter(Boolean).join(', ')})`;
  });
  const more = items.length > mostTold ? ['  and more'] : [];
  const head = `Several ${kinds[kind].many} have that ${by === 'url' ? 'URL' : by}; name one by its number:`;
  return [head, ...told, ...more].join('\n');
}

/** As many as are told, and one more to know that there are more. */
async function first(all: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of all) if (items.push(item) > mostTold) break;
  return items;
}
