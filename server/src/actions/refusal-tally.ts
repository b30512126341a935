import type { ErrorCode } from '../domain/errors.ts';

/** Refusals of one stranger for one reason in one minute, beyond the first. */
export type CountedRefusals = { address: string; account: string; reason: ErrorCode; count: number };

/**
 * Keeps a flood of strangers from filling the audit: the first refusal of an address, account and reason in a minute is
 * an entry of its own, the others are counted and told in one entry when the minute is over.
 */
export type RefusalTally = {
  /** True when this one deserves an entry of its own. */
  isFirst(address: string, account: string, reason: ErrorCode, now: Date): boolean;
  /** The counts of minutes that are over; of all when `everything`. */
  take(now: Date, everything: boolean): CountedRefusals[];
  /** Counts again what was taken and could not be written. */
  giveBack(counted: readonly CountedRefusals[]): void;
};

type Bucket = CountedRefusals & { since: number };
const minute = 60_000;
const mostBuckets = 10_000;
const others = '*';

export function startRefusalTally(): RefusalTally {
  const buckets = new Map<string, Bucket>();
  return {
    isFirst(address, account, reason, now) {
      // Past the bound all newcomers share one bucket: memory stays bounded and nothing goes uncounted.
      const full = buckets.size >= mostBuckets;
      const named = { address, account, reason };
      const key = JSON.stringify(Object.values(named));
      const bucket = buckets.get(key) ?? (full ? buckets.get(others) : undefined);
      if (bucket && now.getTime() - bucket.since < minute) {
        bucket.count += 1;
        return false;
      }
      if (bucket && bucket.count > 0) {
        // Its minute is over but was not taken yet: it goes on, so that its count is told.
        bucket.count += 1;
        return false;
      }
      if (full && !bucket) {
        buckets.set(others, { address: others, account: others, reason, count: 0, since: now.getTime() });
      } else {
        buckets.set(key, { ...named, count: 0, since: now.getTime() });
      }
      return true;
    },
    take(now, everything) {
      const over: CountedRefusals[] = [];
      for (const [key, { since, ...counted }] of buckets) {
        if (!everything && now.getTime() - since < minute) continue;
        buckets.delete(key);
        if (counted.count > 0) over.push(counted);
      }
      return over;
    },
    giveBack(counted) {
      for (const one of counted) {
        const { address, account, reason, count } = one;
        const named = JSON.stringify([address, account, reason]);
        const full = buckets.size >= mostBuckets && !buckets.has(named);
        const key = full || address === others ? others : named;
        const bucket = buckets.get(key);
        if (bucket) bucket.count += count;
        // Its minute is over: the next taking tells of it.
        else if (full) buckets.set(key, { address: others, account: others, reason, count, since: 0 });
        else buckets.set(key, { ...one, since: 0 });
      }
    },
  };
}
