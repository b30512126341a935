import { factorParameters } from '../../src/actions/sessions/second-step.ts';
import { totpCode } from '../../src/crypto/totp.ts';
import { type Answer, anyPassword, inSession, type SignedIn, type TestSafe } from '../start-safe.ts';

export const fromPage = { 'sec-fetch-site': 'same-origin' };

/** The body of `GET /session`. */
export type SessionBody = {
  id: string;
  user: { username: string; name: string; role: string; locale: string | null };
  createdAt: string;
  endsAt: string;
  idleEndsAt: string;
  provenUntil: string | null;
  secondFactor: boolean;
  mustEnrol: boolean;
  mustChangePassword: boolean;
  may: { makeKeys: boolean; administer: boolean };
};

/** Signs in as a page of the safe would, with the usual password unless told. */
export function signIn(
  safe: TestSafe,
  username: string,
  more: { password?: string; code?: string; recoveryCode?: string } = {},
  headers: Record<string, string> = {},
): Promise<Answer> {
  return safe.call(
    'POST',
    '/api/v1/session',
    { username, password: anyPassword, ...more },
    { ...fromPage, ...headers },
  );
}

/** The cookies of an answer as a browser sends them back, by name. */
export function cookiesOf({ headers }: Answer): Record<string, string> {
  const pairs = headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair]));
}

/** Whoever has just signed in, as a caller. */
export function signedInBy(safe: TestSafe, username: string, answer: Answer): SignedIn {
  return inSession(safe, username, cookiesOf(answer)['__Host-arca_session'] ?? '');
}

/** A clock that only moves when it is told to: codes of one half minute count once. */
export function holdClock(safe: TestSafe): { now(): Date; pass(seconds: number): void } {
  let now = Math.ceil(Date.now() / 30_000) * 30_000;
  const set = () => safe.setClock(new Date(now));
  set();
  return {
    now: () => new Date(now),
    pass(seconds) {
      now += seconds * 1000;
      set();
    },
  };
}

/** The code that an authenticator shows. */
export function codeAt(seed: string, at: Date): string {
  return totpCode({ ...factorParameters, secret: seed }, at).code;
}

/** Enrols a second factor as its owner would; the code of `now` is then used up. */
export async function enrol(person: SignedIn, now: Date): Promise<{ seed: string; recoveryCodes: string[] }> {
  const begun = await person.call('POST', '/api/v1/profile/second-factor');
  if (begun.status !== 201) throw new Error(begun.text);
  const { seed } = begun.json as { seed: string };
  const confirmed = await person.call('POST', '/api/v1/profile/second-factor/confirm', { code: codeAt(seed, now) });
  if (confirmed.status !== 200) throw new Error(confirmed.text);
  return { seed, recoveryCodes: (confirmed.json as { recoveryCodes: string[] }).recoveryCodes };
}

/** Six digits that are none of the codes around that moment. */
export function wrongCode(seed: string, now: Date): string {
  const near = [-30, 0, 30].map((seconds) => codeAt(seed, new Date(+now + seconds * 1000)));
  return ['111111', '222222', '333333', '444444'].find((code) => !near.includes(code)) ?? '';
}
