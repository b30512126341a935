import type { Proposal } from '@arca/sdk';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { arca } from '../api/arca.ts';
import { queries } from '../api/queries.ts';
import { keyOf } from '../api/query-keys.ts';
import { useSession } from '../session/use-session.ts';

const readAgainAfter = 60_000; // in ms
const most = 200;

/** What waits for an administrator, read again every minute; nothing for anybody else. */
export function useWaitingProposals(): Proposal[] {
  const { may } = useSession();
  const { data } = useQuery({
    queryKey: keyOf('proposals', 'list', { state: 'waiting' }),
    queryFn: ({ signal }) => arca.proposals.list({ state: 'waiting', limit: most }, { signal }),
    enabled: may.administer,
    refetchInterval: readAgainAfter,
  });
  return data?.proposals ?? none;
}

const none: Proposal[] = [];

/** Those that wait for this administrator: whoever made one cannot confirm it. */
export function useProposalCount(): number {
  const { user } = useSession();
  return useWaitingProposals().filter(({ proposedBy }) => proposedBy !== user.username).length;
}

/** All of them, the waiting ones first. */
export function useProposals() {
  return useInfiniteQuery({
    queryKey: keyOf('proposals', 'list', { state: 'all' }),
    queryFn: ({ pageParam, signal }) => arca.proposals.list({ limit: 50, cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}

/** A decision changes people, groups and numbers alike. */
export async function readAllAnew(): Promise<void> {
  const nouns = ['proposals', 'users', 'userGroups', 'statistics'] as const;
  await Promise.all(nouns.map((noun) => queries.invalidateQueries({ queryKey: keyOf(noun) })));
}
