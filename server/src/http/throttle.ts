import { createHmac, randomBytes } from 'node:crypto';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { strangerOf } from '../domain/address.ts';
import { Refusal } from '../domain/errors.ts';
import type { Settings } from '../settings.ts';

/**
 * Counts failures only: who comes with the right credential is never slowed by what others got wrong, whatever address
 * they share. Kept in memory, a minute a window, by address (IPv6 by /64) and by address with client.
 */
export type Throttle = {
  /** Counts a failure; gives the refusal to answer with in its place when there were too many. */
  failed(address: string, client: string): Promise<Refusal | null>;
  /** A refusal when this address failed too often: for credentials that cannot be right. */
  mustWait(address: string): Promise<Refusal | null>;
};

const windowSeconds = 60;

export function startThrottle(settings: Settings): Throttle {
  const byClient = new RateLimiterMemory({ points: settings.failuresPerMinute, duration: windowSeconds });
  const byAddress = new RateLimiterMemory({ points: settings.failuresPerAddress, duration: windowSeconds });
  const secret = randomBytes(16);
  const bucketOf = (stranger: string, client = '') => throttleBucket(secret, stranger, client);
  return {
    async failed(address, client) {
      const stranger = strangerOf(address);
      const counts = await Promise.all([
        byClient.penalty(bucketOf(stranger, client)),
        byAddress.penalty(bucketOf(stranger)),
      ]);
      const budgets = [settings.failuresPerMinute, settings.failuresPerAddress];
      const over = counts.filter((count, at) => count.consumedPoints > (budgets[at] ?? 0));
      return over.length === 0 ? null : wait(Math.max(...over.map((count) => count.msBeforeNext)));
    },
    async mustWait(address) {
      const count = await byAddress.get(bucketOf(strangerOf(address)));
      return count !== null && count.consumedPoints > settings.failuresPerAddress ? wait(count.msBeforeNext) : null;
    },
  };
}

/**
 * Strangers choose what is counted, so it is counted in 65,536 buckets at the most: a flood of addresses or client ids
 * fills no memory. That two share one is rare, cannot be sought without the secret, and costs a wrong credential its 401.
 */
export function throttleBucket(secret: Uint8Array, stranger: string, client: string): number {
  return createHmac('sha256', secret).update(`${stranger} ${client}`).digest().readUInt16BE(0);
}

function wait(milliseconds: number): Refusal {
  return new Refusal('too_many_requests', { retryAfterSeconds: Math.max(1, Math.ceil(milliseconds / 1000)) });
}
