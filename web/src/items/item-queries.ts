import type { Item, ItemPage } from '@arca/sdk';
import { type InfiniteData, infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { arca } from '../api/arca.ts';
import { queries } from '../api/queries.ts';
import { keyOf } from '../api/query-keys.ts';
import { type ItemName, idOf, isSame, type Kind } from './kinds.ts';
import type { ListAddress } from './list/address.ts';

type ListInput = Partial<ListAddress> & { kind?: Kind; limit?: number };

const pageSize = 200;
const fewPages = 5;
const judgedWithin = 5_000; // in ms

/** Items as the safe finds them, page after page. */
export function listOf({ kind, q, state, owner, tag, health, sort, limit = pageSize }: ListInput) {
  const input = {
    kind,
    q: q?.trim() || undefined,
    state,
    owner: owner ?? undefined,
    tag: tag ?? undefined,
    health: health ?? undefined,
    sort,
    limit,
  };
  return infiniteQueryOptions({
    queryKey: keyOf('items', 'list', input),
    queryFn: ({ pageParam, signal }) => arca.items.list({ ...input, cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: ItemPage) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    // The safe judges new passwords a little later.
    refetchInterval: ({ state: { data } }) =>
      data?.pages.length === 1 && data.pages[0]?.items.some(({ strength }) => strength === 'pending')
        ? judgedWithin
        : false,
    // Reading thousands of rows anew each time that somebody comes back to the window would not be quick.
    refetchOnWindowFocus: ({ state: { data } }) => (data?.pages.length ?? 0) <= fewPages,
  });
}

export function itemOf({ kind, number }: ItemName) {
  return queryOptions({
    queryKey: keyOf('items', 'read', { kind, number }),
    queryFn: ({ signal }) => arca.items.read({ kind, number }, { signal }),
    refetchInterval: ({ state: { data } }) => (data?.strength === 'pending' ? judgedWithin : false),
  });
}

/** The item as a list knows it, which is all that can be known of it but its secrets. */
export function findListed(name: ItemName): Item | undefined {
  for (const [, data] of queries.getQueriesData<InfiniteData<ItemPage>>({ queryKey: keyOf('items', 'list') })) {
    for (const { items } of data?.pages ?? []) {
      const found = items.find((item) => isSame(item, name));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Puts a change into every list and page that shows the item, before or after the safe has said so. */
export function showChange(name: ItemName, change: (item: Item) => Item): void {
  queries.setQueryData<Item>(itemOf(name).queryKey, (item) => item && change(item));
  queries.setQueriesData<InfiniteData<ItemPage>>({ queryKey: keyOf('items', 'list') }, (data) => {
    if (!data?.pages.some(({ items }) => items.some((item) => isSame(item, name)))) return data;
    const pages = data.pages.map((page) => ({
      ...page,
      items: page.items.map((item) => (isSame(item, name) ? change(item) : item)),
    }));
    return { ...data, pages };
  });
}

/** Reads anew what may look different after a change of these items; long lists only when one was `added`. */
export async function refresh(names: readonly ItemName[], isAdded = false): Promise<void> {
  const changed = new Set(names.map(idOf));
  await queries.invalidateQueries({
    predicate: ({ queryKey: [noun, verb, input], state: { data } }) => {
      if (noun !== 'items') return false;
      if (verb === 'list')
        return isAdded || ((data as InfiniteData<ItemPage> | undefined)?.pages.length ?? 0) <= fewPages;
      return changed.has(idOf(input as ItemName));
    },
  });
}
