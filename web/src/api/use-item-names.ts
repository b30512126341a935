import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { arca } from './arca.ts';
import { type ItemName, spellItem } from './item-name.ts';
import { keyOf } from './query-keys.ts';

const mostPages = 10;

/**
 * The names of items that this person may see, by `password:12`: those used last, and on from there until all that are
 * wanted are known. They are looked up in his list: to ask for one that he may not see would be recorded as an attempt.
 */
export function useItemNames(wanted: readonly ItemName[]): ReadonlyMap<string, string> {
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = useInfiniteQuery({
    queryKey: [...keyOf('items', 'list'), 'names'],
    queryFn: ({ pageParam, signal }) =>
      arca.items.list({ state: 'all', sort: '-lastUsedAt', limit: 200, cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    enabled: wanted.length > 0,
  });
  const names = useMemo(
    () => new Map(data?.pages.flatMap(({ items }) => items.map((item) => [spellItem(item), item.name] as const))),
    [data],
  );
  const isMissing = wanted.some((item) => !names.has(spellItem(item)));
  const goesOn = isMissing && hasNextPage && !isFetching && !isError && (data?.pages.length ?? 0) < mostPages;
  useEffect(() => {
    if (goesOn) void fetchNextPage();
  }, [goesOn, fetchNextPage]);
  return names;
}
