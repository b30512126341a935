import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { arca } from '../api/arca.ts';
import { queries } from '../api/queries.ts';
import { keyOf } from '../api/query-keys.ts';

export type UserSearch = { q?: string; state: 'enabled' | 'disabled' | 'all'; role?: 'admin' | 'member' };

const limit = 200;

export function useUsers(search: UserSearch) {
  return useInfiniteQuery({
    queryKey: keyOf('users', 'list', { pages: true, ...search }),
    queryFn: ({ pageParam, signal }) => arca.users.list({ ...search, limit, cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function useUser(username: string) {
  return useQuery({
    queryKey: keyOf('users', 'read', { username }),
    queryFn: ({ signal }) => arca.users.read({ username }, { signal }),
  });
}

/** Whether some acts need a second administrator: there is an enabled one beside the caller. */
export function useHasSecondAdmin(me: string): boolean {
  const search = { role: 'admin' as const, limit: 2 };
  const { data } = useQuery({
    queryKey: keyOf('users', 'list', search),
    queryFn: ({ signal }) => arca.users.list(search, { signal }),
  });
  return data?.users.some(({ username }) => username !== me) ?? false;
}

/** After a change: lists, users, and what waits for a second administrator are read anew. */
export async function readUsersAnew(): Promise<void> {
  const nouns = ['users', 'proposals', 'statistics'] as const;
  await Promise.all(nouns.map((noun) => queries.invalidateQueries({ queryKey: keyOf(noun) })));
}
