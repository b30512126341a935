import type { AccessKey, ReportedAccessKey } from '@arca/sdk';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { arca } from '../api/arca.ts';
import { keyOf } from '../api/query-keys.ts';

const pageSize = 100;

type KeySearch = { owner?: string; q?: string; state?: AccessKey['state'] };
export type Finding = ReportedAccessKey['findings'][number];
type ReportSearch = { owner?: string; finding?: Finding; days?: number };

export function keysOf(search: KeySearch) {
  return infiniteQueryOptions({
    queryKey: keyOf('accessKeys', 'list', search),
    queryFn: ({ pageParam: cursor, signal }) =>
      arca.accessKeys.list({ ...search, limit: pageSize, cursor }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    placeholderData: (before) => before,
  });
}

export function reportOf(search: ReportSearch) {
  return infiniteQueryOptions({
    queryKey: keyOf('accessKeys', 'report', search),
    queryFn: ({ pageParam: cursor, signal }) =>
      arca.accessKeys.report({ ...search, limit: pageSize, cursor }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    placeholderData: (before) => before,
  });
}

export function accessKeyOf(id: number) {
  return queryOptions({
    queryKey: keyOf('accessKeys', 'read', { id }),
    queryFn: ({ signal }) => arca.accessKeys.read({ id }, { signal }),
  });
}
