import { makeLinkToken, sameText } from '../crypto/credentials.ts';

const lifeMilliseconds = 30 * 60_000;

/** The link by which a browser makes the first administrator: one at a time, in memory alone. */
export type SetUpLink = {
  /** A new token, good for 30 minutes or until the safe has its first user. */
  make(now: Date): string;
  holds(token: string, now: Date): boolean;
};

export function startSetUpLink(): SetUpLink {
  let known: { token: string; endsAt: number } | null = null;
  return {
    make(now) {
      known = { token: makeLinkToken(), endsAt: +now + lifeMilliseconds };
      return known.token;
    },
    holds: (token, now) => known !== null && +now < known.endsAt && sameText(token, known.token),
  };
}
