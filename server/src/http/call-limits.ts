import type { Credential } from '../actions/safe.ts';
import { strangerOf } from '../domain/address.ts';
import { Refusal } from '../domain/errors.ts';

/** Counts calls, right or wrong, by minutes; gives the refusal to answer with when there were more than may be. */
export type CallLimits = (address: string, credential: Credential, now: number) => Refusal | null;

const minute = 60_000;
/** A flood of addresses fills no memory: who comes after so many within a minute is not counted, and not refused. */
const mostCounted = 100_000;

/**
 * A key's calls are counted by the key that their token is signed for, so that nobody else can use them up; calls of an
 * address (IPv6 by /64) all together. 0 is no limit, and costs nothing.
 */
export function startCallLimits(perKey: number, perAddress: number): CallLimits {
  if (perKey === 0 && perAddress === 0) return () => null;
  let ends = 0;
  const counts = new Map<string, number>();
  const isOver = (who: string, limit: number): boolean => {
    if (limit === 0) return false;
    const count = (counts.get(who) ?? 0) + 1;
    if (count > 1 || counts.size < mostCounted) counts.set(who, count);
    return count > limit;
  };
  return (address, credential, now) => {
    // A clock that was set back must not keep anybody waiting for longer than a minute.
    if (now >= ends || now < ends - minute) {
      counts.clear();
      ends = now + minute;
    }
    // What its address may not do any more is not held against a key.
    const isLate =
      isOver(`address ${strangerOf(address)}`, perAddress) ||
      (credential.kind === 'token' && isOver(`key ${credential.clientId}`, perKey));
    if (!isLate) return null;
    return new Refusal('too_many_requests', { retryAfterSeconds: Math.max(1, Math.ceil((ends - now) / 1000)) });
  };
}
