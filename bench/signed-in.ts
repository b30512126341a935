import { password } from './filled-safe.ts';
import type { Request } from './load.ts';

/** Calls our own API as the safe's pages do, in a session of a person of the filled safe. Throws what is no success. */
export type SignedIn = {
  call<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** The same as a request that a load can send. */
  request(path: string): Request;
};

export async function signIn(url: string, username: string): Promise<SignedIn> {
  const response = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  if (response.status !== 201) throw new Error(`${username} could not sign in: ${response.status}`);
  const headers = {
    cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '',
    'sec-fetch-site': 'same-origin',
  };
  return {
    async call<T>(method: string, path: string, body?: unknown): Promise<T> {
      const isBytes = body instanceof Uint8Array;
      const type = isBytes ? 'application/octet-stream' : 'application/json';
      const sent = body === undefined ? {} : { body: isBytes ? new Uint8Array(body) : JSON.stringify(body) };
      const answer = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: { ...headers, ...(body === undefined ? {} : { 'content-type': type }) },
        ...sent,
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${text.slice(0, 300)}`);
      return (text === '' ? undefined : JSON.parse(text)) as T;
    },
    request: (path) => ({ method: 'GET', path: `/api/v1${path}`, headers }),
  };
}
