import { type Expected, invalid, success } from '../envelopes.ts';
import type { Entry, Exchange, Known } from '../exchange.ts';
import { entryShape, payloadKey, type WireKind } from '../kinds.ts';
import { get, json, withHeaders } from '../request.ts';
import { listOf } from '../shape.ts';
import { checkAscending, checkFiltered, checkSame, entriesOf } from './entries.ts';
import { farAway } from './identifiers.ts';
import { dashed, exchangeOf } from './of-kind.ts';

/** Lists of a kind, on whatever items are there. */
export function lists(kind: WireKind): Exchange[] {
  const group = kind.path;
  const items = `/mysafe/${group}`;
  const listKey = payloadKey(`${group}-list`);
  const [filter = ''] = kind.filters;
  const entries: Expected = success(200, '', { [listKey]: listOf(entryShape(kind)) });
  const none: Expected = success(200, '', { [listKey]: [] });
  const exchange = exchangeOf(kind);
  const addition = exchangeOf(kind, { needs: 'additions' });

  const nothing = ({ mark }: Known) => get(items, { [filter]: `${mark}-nothing` });
  const ofNothing = (one: string) =>
    exchange(`list-by-${dashed(one)}-of-nothing`, ({ mark }) => get(items, { [one]: `${mark}-nothing` }), none);
  const ofFirst = (one: string) => {
    const field = listedField(kind, one);
    if (field === null) return [];
    const valueIn = ({ lists: known }: Known) =>
      known
        .get(group)
        ?.map((entry) => firstValue(entry, field))
        .find(Boolean);
    const ask = (known: Known) => {
      const value = valueIn(known);
      return value === undefined ? { skip: 'no listed item has a value for it' } : get(items, { [one]: value });
    };
    const check: Exchange['check'] = (answer, known) =>
      checkFiltered(listKey, entriesOf(answer, listKey), field, valueIn(known) ?? '');
    return [exchange(`list-by-${dashed(one)}-of-first`, ask, entries, { check, after: `${group}-list` })];
  };

  return [
    exchange('list', () => get(items), entries, {
      check: (answer) => checkAscending(listKey, entriesOf(answer, listKey)),
      learn: (answer, known) => {
        const found = (answer.json as Entry | null)?.[listKey];
        if (Array.isArray(found)) known.lists.set(group, found);
      },
    }),
    exchange('list-by-empty-filter', () => get(items, { [filter]: '' }), entries, {
      after: `${group}-list`,
      check: (answer, known) => checkSame(listKey, entriesOf(answer, listKey), known.lists.get(group)),
    }),
    exchange(
      'list-with-body',
      (known) => withHeaders({ ...nothing(known), body: '{}' }, { 'content-type': json }),
      none,
    ),
    exchange(
      'list-with-bearer-in-lower-case',
      (known) => withHeaders(nothing(known), { authorization: `bearer ${known.token}` }),
      none,
    ),
    ...kind.filters.map(ofNothing),
    ...kind.filters.flatMap(ofFirst),
    addition('list-limited', () => get(items, { limit: '1' }), entries, {
      after: `${group}-list`,
      check: (answer, known) => checkSame(listKey, entriesOf(answer, listKey), known.lists.get(group)?.slice(0, 1)),
    }),
    addition('list-after-the-last', () => get(items, { after: farAway }), none),
    addition('list-limited-to-x', () => get(items, { limit: 'x' }), invalid('limit')),
    addition('list-enabled-x', () => get(items, { enabled: 'x' }), invalid('enabled')),
  ];
}

/** The member of a listed entry that a filter looks at, or null where lists do not show it. */
function listedField(kind: WireKind, filter: string): string | null {
  const field = filter === 'tag' ? 'tags' : filter;
  return Object.keys(entryShape(kind) as object).includes(field) ? field : null;
}

function firstValue(entry: Entry, field: string): string {
  const value = String(entry[field] ?? '');
  return field === 'tags' ? (value.split(', ')[0] ?? '') : value;
}
