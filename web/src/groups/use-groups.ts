import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { queries } from '../api/queries.ts';
import { keyOf } from '../api/query-keys.ts';
import type { GroupSearch, GroupSort } from './group-sort.ts';

export function useGroups(sort: GroupSort, search: GroupSearch) {
  return useInfiniteQuery({
    queryKey: keyOf(sort.noun, 'list', search),
    queryFn: ({ pageParam, signal }) => sort.list(search, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function useGroup(sort: GroupSort, id: number) {
  return useQuery({
    queryKey: keyOf(sort.noun, 'read', { id }),
    queryFn: ({ signal }) => sort.read(id, signal),
  });
}

/** After a change: lists, groups and what waits for a second administrator are read anew. */
export async function readGroupsAnew(sort: GroupSort): Promise<void> {
  const nouns = sort.isPrivate ? ([sort.noun] as const) : ([sort.noun, 'proposals', 'statistics'] as const);
  await Promise.all(nouns.map((noun) => queries.invalidateQueries({ queryKey: keyOf(noun) })));
}
