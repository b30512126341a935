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
  return {
    async failed(address, client) {
      const stranger = strangerOf(address);
      // A client id is cut to the length of a real one: what a stranger types must not fill the memory.
      const counts = await Promise.all([
        byClient.penalty(`${stranger} ${client.slice(0, 41)}`),
        byAddress.penalty(stranger),
      ]);
      const budgets = [settings.failuresPerMinute, settings.failuresPerAddress];
      const over = counts.filter((count, at) => count.consumedPoints > (budgets[at] ?? 0));
      return over.length === 0 ? null : wait(Math.max(...over.map((count) => count.msBeforeNext)));
    },
    async mustWait(address) {
      const count = await byAddress.get(strangerOf(address));
      return count !== null && count.consumedPoints > settings.failuresPerAddress ? wait(count.msBeforeNext) : null;
    },
  };
}

function wait(milliseconds: number): Refusal {
  return new Refusal('too_many_requests', { retryAfterSeconds: Math.max(1, Math.ceil(milliseconds / 1000)) });
}
