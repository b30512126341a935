import type { AuditEntry } from '@arca/sdk';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { arca } from '../api/arca.ts';
import { keyOf } from '../api/query-keys.ts';
import type { AuditSearch } from './address.ts';

const pageSize = 100;

export function entriesOf(search: AuditSearch) {
  return infiniteQueryOptions({
    queryKey: keyOf('audit', 'list', search),
    queryFn: ({ pageParam: cursor, signal }) => arca.audit.list({ ...search, limit: pageSize, cursor }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    refetchOnWindowFocus: false,
  });
}

/** An entry in an address: when it was made, and its place. */
export function spellEntry({ at, id }: Pick<AuditEntry, 'at' | 'id'>): string {
  return `${Date.parse(at)}.${id}`;
}

/** The entry that an address names, found by the moment when it was made; null when it is not among the viewer's. */
export function entryOf(spelled: string, item: string | null) {
  return queryOptions({
    queryKey: keyOf('audit', 'list', { entry: spelled, item }),
    async queryFn({ signal }) {
      const [, at, id] = /^(\d{1,15})\.([0-9a-f]+:\d+)$/.exec(spelled) ?? [];
      if (at === undefined) return null;
      const [since = '', until = ''] = [0, 1].map((later) => new Date(Number(at) + later).toISOString());
      const asked = { since, until, limit: 200, ...(item === null ? {} : { item }) };
      const { entries } = await arca.audit.list(asked, { signal });
      return entries.find((entry) => entry.id === id) ?? null;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}
