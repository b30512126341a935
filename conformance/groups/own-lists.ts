import { success } from '../envelopes.ts';
import type { Exchange, Known } from '../exchange.ts';
import { entryShape, ownEntry, payloadKey, type WireKind } from '../kinds.ts';
import { get } from '../request.ts';
import { listOf } from '../shape.ts';
import { created } from './content.ts';
import { checkFiltered, entriesOf } from './entries.ts';
import { dashed, exchangeOf } from './of-kind.ts';

/** Lists that must hold the item just made. */
export function ownLists(kind: WireKind): Exchange[] {
  const items = `/mysafe/${kind.path}`;
  const listKey = payloadKey(`${kind.path}-list`);
  const [own = '', ...others] = kind.filters;
  const exchange = exchangeOf(kind, { needs: 'write', after: `${kind.path}-create` });
  const sentFor = (known: Known, filter: string): string => {
    const content = created(kind, known);
    return filter === 'tag' ? (content.tags?.split(', ')[0] ?? '') : (content[filter] ?? '');
  };
  const asking = (...filters: string[]): Exchange['ask'] => {
    return (known) => get(items, Object.fromEntries(filters.map((one) => [one, sentFor(known, one)])));
  };
  const itAlone: Exchange['expected'] = (known, identifier) =>
    success(200, '', { [listKey]: [ownEntry(kind, created(kind, known), identifier)] });
  const holding = (filter: string): Exchange =>
    exchange(`list-by-${dashed(filter)}`, asking(filter), success(200, '', { [listKey]: listOf(entryShape(kind)) }), {
      check: (answer, known, identifier) => {
        const field = filter === 'tag' ? 'tags' : filter;
        return checkFiltered(listKey, entriesOf(answer, listKey), field, sentFor(known, filter), identifier);
      },
    });
  return [
    exchange(`list-by-${dashed(own)}`, asking(own), itAlone),
    exchange('list-in-another-case', (known) => get(items, { [own]: sentFor(known, own).toUpperCase() }), itAlone),
    ...others.map(holding),
    exchange('list-by-two', asking(own, 'tag'), itAlone),
    exchange(
      'list-by-two-one-failing',
      (known) => get(items, { [own]: sentFor(known, own), tag: `${known.mark}-nothing` }),
      success(200, '', { [listKey]: [] }),
    ),
  ];
}
