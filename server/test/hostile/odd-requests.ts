import type { Chance } from './chance.ts';
import { oddBody } from './odd-bodies.ts';
import { oddIdentifiers, oddJson, oddTexts, oddTypes } from './odd-values.ts';

/** Credentials of those whom the requests pretend to be. */
export type Callers = { tokens: readonly string[]; clients: readonly { id: string; secret: string }[] };

export type OddRequest = {
  method: string;
  path: string;
  bytes: Buffer;
  /** Its end can be told: the connection may serve another request afterwards. */
  isFramed: boolean;
};

const kinds = ['password', 'note', 'secretapi'];
const operations = ['', '', '/{id}', '/{id}', '/update/{id}', '/update/{id}', '/active/{id}', '/inactive/{id}'];
const rightMethods: Readonly<Record<string, readonly string[]>> = {
  '': ['GET', 'POST', 'POST'],
  '/{id}': ['GET'],
  '/update/{id}': ['PUT', 'POST'],
  '/active/{id}': ['POST'],
  '/inactive/{id}': ['POST'],
};
const methods = [
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
    ...['name', 'tag', 'username', 'url', 'identifier_code', 'enabled', 'limit', 'after', 'justification'],
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

function bendPath(chance: Chance, path: string): string {
  switch (chance.below(80)) {
    case 0:
      return `/${path}`;
    case 1:
      return `${path}/`;
    case 2:
      return path.toUpperCase();
    case 3:
      return path.replace('password', '%70assword');
    case 4:
      return path.replaceAll('/', chance.pick(['//', '/./', '/../', '%2F', '\\']));
    case 5:
      return `${path}${chance.pick(['%', '%00', '#x', ';a=b', '?', '??', '.json', '%2e%2e/x'])}`;
    case 6:
      return `http://other.example${path}`;
    case 7:
      return path.replace('/api/', chance.pick(['/API/', '/api/../api/', '/iso/iso/', '/']));
    default:
      return path;
  }
}

function oddHeaders(chance: Chance): string[] {
  const odd = (text: string) => text.replaceAll(/[\r\n\0]/g, ' ').slice(0, 2000);
  const lines: string[] = [];
  const some = [
    () => `X-Justification: ${odd(chance.pick(oddTexts))}`,
    () => `X-Forwarded-For: ${chance.pick(['1.2.3.4', '::1', 'x', '1.2.3.4, 5.6.7.8', '999.1.1.1'])}`,
    () => `Referer: ${chance.pick(['http://a', '//', 'javascript:1', odd(chance.pick(oddTexts))])}`,
    () => `Accept: ${chance.pick(['*/*', 'application/xml', 'text/html;q=0', ''])}`,
    () => `Accept-Version: ${chance.pick(['1.0.0', '*', 'x'])}`,
    () => `Content-Encoding: ${chance.pick(['gzip', 'br', 'identity', 'x'])}`,
    () => `Expect: ${chance.pick(['100-continue', '200-ok', ''])}`,
    () => `Connection: ${chance.pick(['keep-alive', 'upgrade', 'x', 'keep-alive, upgrade'])}`,
    () => `Upgrade: ${chance.pick(['websocket', 'h2c', 'x'])}`,
    () => `Client-Cert: ${chance.pick([':AAAA:', '%zz', 'a'.repeat(64)])}`,
    () => `X-HTTP-Method-Override: DELETE`,
    () => `Cookie: ${'a=b; '.repeat(chance.below(100))}`,
    () => `If-None-Match: *`,
    () => `Range: bytes=0-1`,
    () => `X-Request-Id: ${odd(chance.pick(oddTexts))}`,
    () =>
      `X-Odd: ${chance
        .bytes(50)
        .toString('latin1')
        .replaceAll(/[\r\n\0]/g, ' ')}`,
    () => `X-Long: ${'y'.repeat(chance.pick([1000, 8000, 20_000]))}`,
  ];
  while (chance.onceIn(4)) lines.push(chance.pick(some)());
  if (chance.onceIn(60)) lines.push(...Array.from({ length: 2500 }, (_, at) => `X-${at}: 1`));
  return lines;
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
export function oddRequest(chance: Chance, callers: Callers): OddRequest {
  const isToken = chance.onceIn(6);
  const operation = chance.pick(operations);
  const identifier = chance.onceIn(5) ? chance.pick(oddIdentifiers) : String(1 + chance.below(20));
  const prefix = chance.onceIn(4) ? '/iso' : '/api';
  const route = isToken
    ? `${prefix}/oauth2/token`
    : `${prefix}/mysafe/${chance.pick(kinds)}${operation.replace('{id}', identifier)}`;
  const right = isToken ? ['GET', 'POST'] : (rightMethods[operation] ?? []);
  const method = chance.onceIn(20) ? chance.pick(methods) : chance.pick(right);
  const path = bendPath(chance, route) + oddQuery(chance);
  const body = isToken ? tokenBody(chance, callers) : oddBody(chance);
  const hasBody = method !== 'GET' || chance.onceIn(6);
  const lines = [`${method} ${path} HTTP/1.1`];
  if (!chance.onceIn(60)) lines.push('Host: safe.example');
  lines.push(...authorization(chance, callers), ...oddHeaders(chance));
  if (chance.onceIn(3)) lines.push(`Content-Type: ${chance.pick(oddTypes)}`);
  const { framing, content } = frame(chance, hasBody ? body : Buffer.alloc(0));
  const head = Buffer.from(`${[...lines, ...framing].join('\r\n')}\r\n\r\n`, 'latin1');
  return { method, path, bytes: Buffer.concat([head, content]), isFramed: true };
}

function frame(chance: Chance, body: Buffer): { framing: string[]; content: Buffer } {
  if (!chance.onceIn(5)) return { framing: [`Content-Length: ${body.length}`], content: body };
  const chunks: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    const length = 1 + chance.below(chance.pick([3, 1000, 100_000]));
    const chunk = body.subarray(at, at + length);
    chunks.push(
      Buffer.from(`${chunk.length.toString(16)}${chance.onceIn(5) ? ';ext=1' : ''}\r\n`),
      chunk,
      Buffer.from('\r\n'),
    );
    at += length;
    // Thousands of chunks of a byte each say no more than some.
    if (chunks.length > 3000) {
      const rest = body.subarray(at);
      if (rest.length > 0) chunks.push(Buffer.from(`${rest.length.toString(16)}\r\n`), rest, Buffer.from('\r\n'));
      break;
    }
  }
  chunks.push(Buffer.from(chance.onceIn(5) ? '0\r\nX-Trailer: 1\r\n\r\n' : '0\r\n\r\n'));
  return { framing: ['Transfer-Encoding: chunked'], content: Buffer.concat(chunks) };
}
