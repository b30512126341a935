import { refuse } from '../domain/errors.ts';

/** Counts failures by bucket; who failed too often waits before he may try again. Times are milliseconds since 1970. */
export type Backoff = {
  /** Until when this bucket must wait; past or 0 when it need not. */
  waitsUntil(bucket: number): number;
  /** Gives what takes the failure back, and the wait that it brought. */
  failed(bucket: number, now: number): () => void;
};

export type BackoffRule = {
  /** Failures without any wait. */
  free: number;
  /** Milliseconds to wait after so many failures beyond those, from 0. */
  waitAfter(beyond: number): number;
  /** How many failures are forgotten after so many milliseconds without another one. */
  forgottenAfter(quiet: number): number;
};

type Count = { failures: number; latest: number; until: number };

/** Buckets are few and given by the caller, so memory is bounded: see throttleBucket. */
export function startBackoff({ free, waitAfter, forgottenAfter }: BackoffRule): Backoff {
  const counts = new Map<number, Count>();
  const failuresOf = ({ failures, latest }: Count, now: number) => Math.max(0, failures - forgottenAfter(now - latest));
  return {
    waitsUntil(bucket) {
      return counts.get(bucket)?.until ?? 0;
    },
    failed(bucket, now) {
      const known = counts.get(bucket);
      const failures = (known ? failuresOf(known, now) : 0) + 1;
      const until = failures < free ? 0 : now + waitAfter(failures - free);
      const count = { failures, latest: now, until };
      counts.set(bucket, count);
      return () => {
        const latest = counts.get(bucket);
        // Others that failed meanwhile stay counted; without them all is as it was.
        if (latest && latest !== count) counts.set(bucket, { ...latest, failures: latest.failures - 1, until: 0 });
        else if (known) counts.set(bucket, known);
        else counts.delete(bucket);
      };
    },
  };
}

const quarterHour = 15 * 60_000;

/** For passwords: twice as long each time, from a second up to a quarter of an hour, in which one failure is forgotten. */
export const growing = {
  waitAfter: (beyond: number) => Math.min(quarterHour, 1000 * 2 ** Math.min(beyond, 20)),
  forgottenAfter: (quiet: number) => Math.floor(quiet / quarterHour),
};

/** For short codes: a quarter of an hour, in which all are forgotten. */
export const blocking = {
  waitAfter: () => quarterHour,
  forgottenAfter: (quiet: number) => (quiet < quarterHour ? 0 : Number.POSITIVE_INFINITY),
};

/**
 * Takes a try that each of these buckets counts, before what is tried is looked at: of many at once no more get through
 * than are free. Refuses when one of them must wait. The try counts as a failure until it is forgiven.
 */
export function takeTry(counted: readonly { backoff: Backoff; bucket: number }[], now: number): { forgive(): void } {
  const until = Math.max(...counted.map(({ backoff, bucket }) => backoff.waitsUntil(bucket)));
  if (until > now) refuse('too_many_requests', { retryAfterSeconds: Math.ceil((until - now) / 1000) });
  let undo = counted.map(({ backoff, bucket }) => backoff.failed(bucket, now));
  return {
    forgive() {
      for (const one of undo) one();
      undo = [];
    },
  };
}
