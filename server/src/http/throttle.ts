import { createHmac, randomBytes } from 'node:crypto';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { UserCodeTries } from '../actions/device-sign-ins/find.ts';
import type { Tries } from '../actions/sessions/check-password.ts';
import { strangerOf } from '../domain/address.ts';
import { Refusal } from '../domain/errors.ts';
import type { Settings } from '../settings.ts';
import { blocking, growing, startBackoff, takeTry } from './backoff.ts';
import { type CallLimits, startCallLimits } from './call-limits.ts';

/**
 * Counts failures only: who comes with the right credential is never slowed by what others got wrong, whatever address
 * they share. Kept in memory, a minute a window, by address (IPv6 by /64) and by address with client.
 */
export type Throttle = {
  /** Counts a failure; gives the refusal to answer with in its place when there were too many. */
  failed(address: string, client: string): Promise<Refusal | null>;
  /** A refusal when this address failed too often: for credentials that cannot be right. */
  mustWait(address: string): Promise<Refusal | null>;
  /** A refusal when this address or key has called more often than the operator lets it. */
  calls: CallLimits;
  /** What people sign in with is counted before it is looked at: it is shorter than a key's secret, and slow to check. */
  tries: Tries;
  /** Refuses a device that asks to be let in from an address from which too many asked: each is stored for a while. */
  deviceSignIns(address: string, now: Date): void;
  /** Guesses at the codes that people type for devices. */
  userCodes: UserCodeTries;
};

const windowSeconds = 60;
const codesFree = 5;
const userCodesFree = 5;
const deviceSignInsFree = 30;

export function startThrottle(settings: Settings): Throttle {
  // A balancer spreads failures over the nodes: all together let through what one alone would, and a few at the most.
  const part = (budget: number) => Math.ceil(budget / settings.nodes);
  const ofClient = part(settings.failuresPerMinute);
  const ofAddress = part(settings.failuresPerAddress);
  const byClient = new RateLimiterMemory({ points: ofClient, duration: windowSeconds });
  const byAddress = new RateLimiterMemory({ points: ofAddress, duration: windowSeconds });
  const secret = randomBytes(16);
  const begun = startBackoff({ ...blocking, free: part(deviceSignInsFree) });
  const codesByAccount = startBackoff({ ...growing, free: part(userCodesFree) });
  const codesByAddress = startBackoff({ ...growing, free: part(userCodesFree) * addressShare });
  const bucketOf = (stranger: string, client = '') => throttleBucket(secret, stranger, client);
  return {
    async failed(address, client) {
      const stranger = strangerOf(address);
      const counts = await Promise.all([
        byClient.penalty(bucketOf(stranger, client)),
        byAddress.penalty(bucketOf(stranger)),
      ]);
      const budgets = [ofClient, ofAddress];
      const over = counts.filter((count, at) => count.consumedPoints > (budgets[at] ?? 0));
      return over.length === 0 ? null : wait(Math.max(...over.map((count) => count.msBeforeNext)));
    },
    async mustWait(address) {
      const count = await byAddress.get(bucketOf(strangerOf(address)));
      return count !== null && count.consumedPoints > ofAddress ? wait(count.msBeforeNext) : null;
    },
    calls: startCallLimits(part(settings.callsPerKey), part(settings.callsPerAddress)),
    tries: startTries(part(settings.signInFailures), part(codesFree), secret),
    deviceSignIns(address, now) {
      takeTry([{ backoff: begun, bucket: bucketOf(strangerOf(address), 'device') }], now.getTime());
    },
    userCodes({ account, address }, now) {
      const ofAddress = throttleBucket(secret, 'address', strangerOf(address));
      const counted = [
        { backoff: codesByAccount, bucket: throttleBucket(secret, 'account', account) },
        { backoff: codesByAddress, bucket: ofAddress },
      ];
      return takeTry(counted, now.getTime());
    },
  };
}

const addressShare = 10;

/**
 * Passwords are guessed against one account from everywhere, or against many from one address: both are counted. A
 * device or session that is known to belong to the account is counted by itself instead, so that strangers cannot keep its owner
 * out. What is counted is what was typed, whether there is such a user or not.
 */
function startTries(free: number, codesFree: number, secret: Uint8Array): Tries {
  const byAccount = startBackoff({ ...growing, free });
  const byKnown = startBackoff({ ...growing, free });
  const byAddress = startBackoff({ ...growing, free: free * addressShare });
  const byCodes = startBackoff({ ...blocking, free: codesFree });
  return {
    password({ account, address, known }, now) {
      const strangers = [
        { backoff: byAccount, bucket: throttleBucket(secret, 'account', account) },
        { backoff: byAddress, bucket: throttleBucket(secret, 'address', strangerOf(address)) },
      ];
      const own = [{ backoff: byKnown, bucket: throttleBucket(secret, 'known', known ?? '') }];
      return takeTry(known === null ? strangers : own, now.getTime());
    },
    code(account, now) {
      return takeTry([{ backoff: byCodes, bucket: throttleBucket(secret, 'codes', account) }], now.getTime());
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
