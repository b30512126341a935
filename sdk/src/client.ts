import type { Opener } from './decrypt.ts';
import { ArcaError, isProblem } from './errors.ts';
import { exchange, type Line, type Received, type Signals } from './exchange.ts';
import type { Answer } from './method.ts';
import type { Operation } from './operation.ts';
import type { Settings } from './options.ts';
import { type Persistence, persist } from './persist.ts';
import { type Input, prepare } from './prepare.ts';
import { readAnswer, refusesToken } from './read-answer.ts';
import { type Tokens, tokensOf } from './tokens.ts';

export type Options = {
  signal?: AbortSignal | undefined;
  ifMatch?: number | string | undefined;
  ifNoneMatch?: string | null | undefined;
  idempotencyKey?: string | undefined;
};

/** Calls the operation of that name. */
export type Call = (id: string, one: Operation, input: Input, options: Options) => Promise<Answer<unknown>>;
type Send<T> = (token: string | null) => Promise<T>;
/** What a client's connection is made of, for calls that are none of an operation of the table. */
export type Connection = { call: Call; line: Line; tokens: Tokens | null };

/** A connection to one safe. Its credentials stay in here, where no printing of the client finds them. */
export function connect({ line, accessKey, privateKey }: Settings): Connection {
  const tokens = accessKey === null ? null : tokensOf(line, accessKey.clientId, accessKey.clientSecret);
  let open: Opener | undefined;
  const call: Call = async (id, one, input, options) => {
    const { path, body } = prepare(id, one, input);
    const headers = headersOf(one, options, body !== null);
    const signals = [options.signal, line.signal];
    const send: Send<Received> = (token) => {
      if (token !== null) headers.set('authorization', `Bearer ${token}`);
      const sent = { method: one.method, path, headers, body };
      return persist(id, line, persistenceOf(one, options), signals, () => exchange(id, line, sent, signals));
    };
    const received = tokens === null || one.anyone ? await send(null) : await sendWithToken(tokens, signals, send);
    const answer = readAnswer(id, one, received);
    if (privateKey !== null && one.reveals) {
      // Pages have no such key: what opens secrets is no part of their first load.
      const { openerOf, openSecrets } = await import('./decrypt.ts');
      open ??= openerOf(privateKey);
      await openSecrets(answer.data, open).catch(() => {
        const detail = 'A secret does not open: it was not encrypted to this privateKey.';
        throw new ArcaError(id, 'answer_unreadable', detail, null, answer);
      });
    }
    return answer;
  };
  return { call, line, tokens };
}

/** A refused token is replaced once: that of a revoked key would be refused again and again. */
export async function sendWithToken(tokens: Tokens, signals: Signals, send: Send<Received>) {
  const token = await tokens.current(signals);
  const received = await send(token);
  if (!refusesToken(received)) return received;
  tokens.drop(token);
  const next = await tokens.current(signals).catch((cause: unknown) => {
    if (!isProblem(cause, 'client_unknown')) throw cause;
    return null;
  });
  return next === null ? received : await send(next);
}

function headersOf(one: Operation, { ifMatch, ifNoneMatch, idempotencyKey }: Options, hasBody: boolean): Headers {
  const headers = new Headers({
    accept: one.media === undefined ? 'application/json, application/problem+json' : '*/*',
  });
  if (hasBody) headers.set('content-type', 'application/json');
  if (ifMatch !== undefined) headers.set('if-match', typeof ifMatch === 'number' ? `"${ifMatch}"` : ifMatch);
  if (typeof ifNoneMatch === 'string') headers.set('if-none-match', ifNoneMatch);
  // An empty one would count for none, and the operation would be done again with each retry.
  if (one.repeatable) headers.set('idempotency-key', idempotencyKey || randomKey());
  return headers;
}

/** 128 bits; randomUUID would want a page that came by TLS. */
function randomKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function persistenceOf({ method, repeatable }: Operation, { ifMatch }: Options): Persistence {
  if (method === 'GET' || repeatable) return 'always';
  if (method !== 'PUT' && method !== 'DELETE') return 'never';
  // If the first attempt was done and only its answer lost, a second would find its own change and take it for another's.
  return ifMatch === undefined ? 'always' : 'when not done';
}
