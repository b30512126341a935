import type { ErrorCode } from '../domain/errors.ts';

/** Refusals of one stranger for one reason in one minute, beyond the first. */
type CountedRefusals = { address: string; account: string; reason: ErrorCode; count: number };

/**
 * Keeps a flood of strangers from filling the audit: the first refusal of an address, account and reason in a minute is
 * an entry of its own, the others are counted and told in one entry when the minute is over.
 */
export type RefusalTally = {
  /** True when this one deserves an entry of its own. */
  isFirst(address: string, account: string, reason: ErrorCode, now: Date): boolean;
  /** While the disk has no more room than its reserve no refusal has an entry: all are counted, and told later. */
  spare(isOn: boolean): void;
  readonly spared: boolean;
  /** The counts of minutes that are over, none while they are spared; of all when `everything`. */
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
  let spared = false;
  return {
    spare(isOn) {
      spared = isOn;
    },
    get spared() {
      return spared;
    },
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
      if (bucket && (bucket.count > 0 || spared)) {
        // Its minute is over but was not taken yet: it goes on, so that its count is told.
        bucket.count += 1;
        return false;
      }
      const count = spared ? 1 : 0;
      if (full && !bucket) {
        buckets.set(others, { address: others, account: others, reason, count, since: now.getTime() });
      } else {
        buckets.set(key, { ...named, count, since: now.getTime() });
      }
      return !spared;
    },
    take(now, everything) {
      const over: CountedRefusals[] = [];
      for (const [key, { since, ...counted }] of buckets) {
        if (!everything && (spared || now.getTime() - since < minute)) continue;
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
