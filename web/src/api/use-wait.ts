import { isProblem } from '@arca/sdk';
import { useMemo } from 'react';
import { useSecondsUntil } from '../ui/use-seconds.ts';

/** Seconds until an act that the safe refused as one of too many may be tried again, counted down; 0 when it may. */
export function useWait(error: unknown): number {
  const until = useMemo(
    () => (isProblem(error, 'too_many_requests') ? Date.now() + error.problem.retryAfterSeconds * 1000 : undefined),
    [error],
  );
  return useSecondsUntil(until);
}
