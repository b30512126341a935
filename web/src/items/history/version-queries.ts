import type { VersionPage } from '@arca/sdk';
import { infiniteQueryOptions } from '@tanstack/react-query';
import { arca } from '../../api/arca.ts';
import { keyOf } from '../../api/query-keys.ts';
import type { ItemName } from '../kinds.ts';

export function versionsOf({ kind, number }: ItemName) {
  return infiniteQueryOptions({
    queryKey: keyOf('items', 'listVersions', { kind, number }),
    queryFn: ({ pageParam, signal }) => arca.items.listVersions({ kind, number, before: pageParam }, { signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page: VersionPage) => page.next ?? undefined,
  });
}
