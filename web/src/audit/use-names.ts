import type { AuditEntry } from '@arca/sdk';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { arca } from '../api/arca.ts';
import { type ItemName, readItem, spellItem } from '../api/item-name.ts';
import { keyOf } from '../api/query-keys.ts';
import { useItemNames } from '../api/use-item-names.ts';
import { useSession } from '../session/use-session.ts';

/** Entries name things by kind and number; these are the names that the viewer may know them by. */
export type Names = {
  item: (item: ItemName) => string | undefined;
  /** Of a user, a group or an access key. */
  other: (sort: string, id: string) => string | undefined;
};

/** The names of what the entries point at, looked up in lists: a question for each would be a refused attempt for some. */
export function useNames(entries: readonly AuditEntry[]): Names {
  const targets = useMemo(() => [...new Set(entries.flatMap(targetsOf))], [entries]);
  const wanted = useMemo(() => targets.map(readItem).filter((item) => item !== null), [targets]);
  const items = useItemNames(wanted);
  const keys = useKeyNames(targets);
  const groups = useGroupNames(targets);
  const users = useUserNames(entries, targets);
  return useMemo(() => {
    const others: Record<string, ReadonlyMap<string, string>> = { 'access-key': keys, group: groups, user: users };
    return { item: (item) => items.get(spellItem(item)), other: (sort, id) => others[sort]?.get(id) };
  }, [items, keys, groups, users]);
}

/** What an entry points at: its target, its access key, and what its details name. */
function targetsOf({ target, accessKey, details }: AuditEntry): string[] {
  const named = Object.values(details).filter((value) => typeof value === 'string' && /^[a-z-]+:\d+$/.test(value));
  return [
    ...(target === null ? [] : [target]),
    ...(accessKey === null ? [] : [`access-key:${accessKey.id}`]),
    ...(named as string[]),
  ];
}

const mostPages = 10;

/** His own keys; an administrator's view of everybody's. */
function useKeyNames(targets: readonly string[]): ReadonlyMap<string, string> {
  const { may } = useSession();
  const wanted = targets.filter((target) => target.startsWith('access-key:')).map(numberOf);
  const owner = may.administer ? { owner: 'all' } : {};
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = useInfiniteQuery({
    queryKey: [...keyOf('accessKeys', 'list', owner), 'names'],
    queryFn: ({ pageParam: cursor, signal }) => arca.accessKeys.list({ ...owner, limit: 200, cursor }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    enabled: wanted.length > 0,
  });
  const names = useMemo(
    () =>
      new Map(data?.pages.flatMap(({ accessKeys }) => accessKeys.map(({ id, name }) => [String(id), name] as const))),
    [data],
  );
  const isMissing = wanted.some((id) => !names.has(id));
  const goesOn = isMissing && hasNextPage && !isFetching && !isError && (data?.pages.length ?? 0) < mostPages;
  useEffect(() => {
    if (goesOn) void fetchNextPage();
  }, [goesOn, fetchNextPage]);
  return names;
}

function useGroupNames(targets: readonly string[]): ReadonlyMap<string, string> {
  const { data } = useQuery({
    queryKey: [...keyOf('userGroups', 'list'), 'names'],
    queryFn: async ({ signal }) => {
      const [ofTeams, ofPeople] = await Promise.all([
        arca.userGroups.list({ limit: 200 }, { signal }),
        arca.privateGroups.list({ limit: 200 }, { signal }),
      ]);
      return [...ofTeams.groups, ...ofPeople.groups];
    },
    enabled: targets.some((target) => target.startsWith('group:')),
  });
  return useMemo(() => new Map(data?.map(({ id, name }) => [String(id), name])), [data]);
}

/**
 * Usernames by number, which no list of users tells: from entries that name both, such as his own sign-in or how he was
 * added.
 */
function useUserNames(entries: readonly AuditEntry[], targets: readonly string[]): ReadonlyMap<string, string> {
  const { may } = useSession();
  const seen = useMemo(() => namesIn(entries), [entries]);
  const isMissing = targets.some((target) => target.startsWith('user:') && !seen.has(numberOf(target)));
  const { data } = useQuery({
    queryKey: [...keyOf('audit', 'list'), 'users'],
    queryFn: async ({ signal }) => {
      const found: AuditEntry[] = [];
      for (const event of ['safe.set-up', 'user.added']) {
        found.push(...(await arca.audit.list({ event, limit: 200 }, { signal })).entries);
      }
      return found;
    },
    enabled: isMissing && may.administer,
  });
  return useMemo(() => new Map([...namesIn(data ?? []), ...seen]), [data, seen]);
}

function namesIn(entries: readonly AuditEntry[]): Map<string, string> {
  return new Map(
    entries.flatMap(({ event, target, user, details }): [string, string][] => {
      if (target === null || !target.startsWith('user:')) return [];
      if (typeof details.username === 'string') return [[numberOf(target), details.username]];
      const isOwn = /^(session|profile|device-sign-in)\.[a-z-]+$/.test(event);
      return isOwn && user !== null ? [[numberOf(target), user]] : [];
    }),
  );
}

function numberOf(target: string): string {
  return target.slice(target.indexOf(':') + 1);
}
