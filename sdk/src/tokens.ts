import { ArcaError } from './errors.ts';
import { exchange, type Line, orAborted, type Received, type Signals } from './exchange.ts';
import type { ProblemCode } from './generated/problems.ts';
import { persist } from './persist.ts';
import type { Problem } from './problem.ts';
import { objectOf, unreadable } from './read-answer.ts';

export type Tokens = {
  /** A token that should count. Whoever asks while one is being fetched waits for the same. */
  current(signals: Signals): Promise<string>;
  /** Says that a token does not count; the next call fetches another. */
  drop(token: string): void;
};

type Token = { value: string; renewAt: number };

const name = 'token';
// A token is renewed in the last tenth of its life, and at the most a minute before its end.
const tenth = 100;
const longestMargin = 60_000;

/** Tokens by OAuth 2.0 client credentials (RFC 6749, section 4.4). */
export function tokensOf(line: Line, clientId: string, clientSecret: string): Tokens {
  let held: Token | null = null;
  let coming: Promise<Token> | null = null;
  const fresh = async (): Promise<Token> => {
    try {
      held = await fetchToken(line, clientId, clientSecret);
      return held;
    } finally {
      coming = null;
    }
  };
  return {
    async current(signals) {
      if (held !== null && Date.now() < held.renewAt) return held.value;
      coming ??= fresh();
      return (await orAborted(name, coming, signals)).value;
    },
    drop(token) {
      if (held?.value === token) held = null;
    },
  };
}

async function fetchToken(line: Line, clientId: string, clientSecret: string): Promise<Token> {
  const credentials = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
  const signals = [line.signal];
  const received = await persist(name, line, 'always', signals, () => {
    const headers = new Headers({ accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' });
    const body = String(new URLSearchParams(credentials));
    return exchange(name, line, { method: 'POST', path: '/api/oauth2/token', headers, body }, signals);
  });
  if (received.status >= 400) throw refusalOf(received);
  const answer = objectOf(received.bytes);
  const seconds = Number(answer?.expires_in);
  if (received.status !== 200 || typeof answer?.access_token !== 'string' || !(seconds > 0)) {
    throw unreadable(name, received);
  }
  const lifetime = seconds * 1000;
  return {
    value: answer.access_token,
    renewAt: Date.now() + lifetime - Math.min(seconds * tenth, longestMargin),
  };
}

const oauthCodes: Readonly<Record<string, ProblemCode>> = {
  invalid_client: 'client_unknown',
  unsupported_grant_type: 'grant_type_unsupported',
  invalid_request: 'body_unreadable',
};
const statusCodes: Readonly<Record<number, ProblemCode>> = {
  429: 'too_many_requests',
  502: 'store_unreachable',
  504: 'store_timeout',
};

/** The token route speaks OAuth's language: this puts its refusals into that of every other. */
function refusalOf(received: Received): ArcaError {
  const { status, headers, bytes } = received;
  const told = objectOf(bytes);
  if (typeof told?.error !== 'string' || typeof told.error_description !== 'string') return unreadable(name, received);
  const code = oauthCodes[told.error] ?? statusCodes[status] ?? 'unexpected';
  const requestId = headers.get('x-request-id') ?? '';
  const detail = told.error_description;
  const seconds = Number(headers.get('retry-after') ?? 0);
  const more = code === 'too_many_requests' ? { retryAfterSeconds: seconds } : {};
  const problem = { type: `/docs#${code}`, title: detail, status, detail, code, requestId, ...more } as Problem;
  return new ArcaError(name, code, detail, problem, { status, requestId });
}
