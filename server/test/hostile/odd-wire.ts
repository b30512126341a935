import { wireKinds } from '../../src/http/mysafe/shapes.ts';
import type { Operation } from '../../src/http/v1/operation.ts';
import type { Chance } from './chance.ts';
import { oddBody } from './odd-bodies.ts';
import { bendPath, frame, oddHeaders } from './odd-http.ts';
import { oddIdentifiers, oddJson, oddTexts, oddTypes } from './odd-values.ts';

/** Credentials of those whom the requests pretend to be. */
export type Callers = { tokens: readonly string[]; clients: readonly { id: string; secret: string }[] };

export type OddRequest = {
  method: string;
  /** How it went out, query and all. */
  path: string;
  bytes: Buffer;
  /** The operation of our own API that it was made for, as far as its path still leads there. */
  operation: Operation | null;
};

const kinds = wireKinds.map(({ path }) => path);
const operations = ['', '', '/{id}', '/{id}', '/update/{id}', '/update/{id}', '/active/{id}', '/inactive/{id}'];
const rightMethods: Readonly<Record<string, readonly string[]>> = {
  '': ['GET', 'POST', 'POST'],
  '/{id}': ['GET'],
  '/update/{id}': ['PUT', 'POST'],
  '/active/{id}': ['POST'],
  '/inactive/{id}': ['POST'],
};
export const oddMethods = [
  ...[
    'GET',
    'POST',
    'PUT',
    'DELETE',
    'PATCH',
    'OPTIONS',
    'HEAD',
    'TRACE',
    'PROPFIND',
    'QUERY',
    'SEARCH',
    'LOCK',
    'MKCOL',
  ],
  ...['get', 'FOO', 'M-SEARCH', 'PURGE', 'SOURCE'],
];

function oddQuery(chance: Chance): string {
  if (chance.onceIn(2)) return '';
  const names = [
    ...new Set(wireKinds.flatMap(({ filters }) => Object.keys(filters))),
    ...['enabled', 'limit', 'after', 'justification'],
    ...['grant_type', 'client_id', 'client_secret', 'ttl', '__proto__', 'constructor', 'name[]', 'name[a]', 'x'],
  ];
  const values = [
    '',
    '0',
    '1',
    'all',
    '-1',
    '1e9',
    '999999999999999',
    '%00',
    '%zz',
    '%ff',
    '%ED%A0%80',
    '+',
    'a%26b',
    'x'.repeat(2000),
  ];
  const pairs = Array.from({ length: chance.below(5) }, () => {
    const value = chance.onceIn(2)
      ? chance.pick(values)
      : encodeURIComponent(chance.pick(oddTexts).slice(0, 500).toWellFormed());
    return chance.onceIn(10) ? chance.pick(names) : `${chance.pick(names)}=${value}`;
  });
  return `?${pairs.join(chance.pick(['&', '&', '&', ';', '&&']))}`;
}

function authorization(chance: Chance, { tokens, clients }: Callers): string[] {
  const token = chance.pick(tokens);
  const { id, secret } = chance.pick(clients);
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  switch (chance.below(60)) {
    case 0:
      return [];
    case 1:
      return [
        `Authorization: ${chance.pick(['Bearer', 'Bearer ', 'Basic', 'Basic %%%', 'Digest x', 'Bearer a b', ''])}`,
      ];
    case 2:
      return [`Authorization: Bearer ${token.slice(0, chance.below(token.length))}`];
    case 3:
      return [
        `Authorization: Bearer ${token.replace(/\.[^.]+\./, `.${Buffer.from('{"aud":"x"}').toString('base64url')}.`)}`,
      ];
    case 4:
      return [
        `Authorization: Basic ${base64(chance.pick([`${id}:${secret}`, `${id}:`, ':', 'x', '\0:\0', `${id}:${secret}:`]))}`,
      ];
    case 5:
      return [`Authorization: Bearer ${token}`, `Authorization: Bearer ${chance.pick(tokens)}`];
    case 6:
      return [`authorization: ${chance.pick(['bearer', 'BEARER', 'BeArEr'])}  ${token} `];
    default:
      return [`Authorization: Bearer ${token}`];
  }
}

function tokenBody(chance: Chance, { clients }: Callers): Buffer {
  if (chance.onceIn(3)) return oddBody(chance);
  const { id, secret } = chance.pick(clients);
  const oneOf = (right: string) => (chance.onceIn(4) ? chance.pick(oddTexts) : right);
  const fields: Record<string, unknown> = {
    grant_type: oneOf('client_credentials'),
    client_id: oneOf(id),
    client_secret: oneOf(secret),
    ttl: chance.pick(['60', '-1', '1e9', 'x', '0', '99999999999']),
    scope: chance.pick(oddTexts),
  };
  if (chance.onceIn(2)) return Buffer.from(new URLSearchParams(fields as Record<string, string>).toString());
  const json = JSON.stringify(fields);
  return Buffer.from(chance.onceIn(5) ? json.replace(/"client_id":("[^"]*")/, `"client_id":${oddJson(chance)}`) : json);
}

/** One request to a route of the wire or near one, its parts right as often as odd. */
export function oddWireRequest(chance: Chance, callers: Callers): OddRequest {
  const isToken = chance.onceIn(6);
  const operation = chance.pick(operations);
  const identifier = chance.onceIn(5) ? chance.pick(oddIdentifiers) : String(1 + chance.below(20));
  const prefix = chance.onceIn(4) ? '/iso' : '/api';
  const route = isToken
    ? `${prefix}/oauth2/token`
    : `${prefix}/mysafe/${chance.pick(kinds)}${operation.replace('{id}', identifier)}`;
  const right = isToken ? ['GET', 'POST'] : (rightMethods[operation] ?? []);
  const method = chance.onceIn(20) ? chance.pick(oddMethods) : chance.pick(right);
  const path = bendPath(chance, route) + oddQuery(chance);
  const body = isToken ? tokenBody(chance, callers) : oddBody(chance);
  const hasBody = method !== 'GET' || chance.onceIn(6);
  const lines = [`${method} ${path} HTTP/1.1`];
  if (!chance.onceIn(60)) lines.push('Host: safe.example');
  lines.push(...authorization(chance, callers), ...oddHeaders(chance));
  if (chance.onceIn(3)) lines.push(`Content-Type: ${chance.pick(oddTypes)}`);
  const { framing, content } = frame(chance, hasBody ? body : Buffer.alloc(0));
  const head = Buffer.from(`${[...lines, ...framing].join('\r\n')}\r\n\r\n`, 'latin1');
  return { method, path, bytes: Buffer.concat([head, content]), operation: null };
}
