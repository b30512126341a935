import type { Answer } from '../call.ts';
import { compareShape } from '../compare-shape.ts';
import type { Difference } from '../difference.ts';
import { type Expected, tokenRefusal } from '../envelopes.ts';
import type { Exchange, Known, Request } from '../exchange.ts';
import { form, get, json, sendForm, sendJson, sendMultipart, withHeaders, withoutType } from '../request.ts';
import { listOf, type Shape, text, typeOf, wholeNumber } from '../shape.ts';

const path = '/oauth2/token';
const grant = { grant_type: 'client_credentials' };

export function fieldsOf({ clientId, clientSecret }: Known): Record<string, string> {
  return { ...grant, client_id: clientId, client_secret: clientSecret };
}

export function basic(clientId: string, clientSecret: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` };
}

function tokenExpected(most?: number): Expected {
  return {
    status: 200,
    body: { token_type: 'Bearer', expires_in: wholeNumber(most), access_token: text },
    headers: { 'cache-control': /no-store/, pragma: 'no-cache' },
    isToken: true,
  };
}

function asking(id: string, ask: (known: Known) => Request, more: Partial<Exchange> = {}): Exchange {
  const anonymous = (known: Known): Request => ({ ...ask(known), anonymous: true });
  return { id, group: 'tokens', source: null, ask: anonymous, expected: tokenExpected(), ...more };
}

const own = ({ clientId, clientSecret }: Known) => basic(clientId, clientSecret);
const inGet = (type: string, body: string): Request => withHeaders({ ...get(path), body }, { 'content-type': type });
const formText = (known: Known) => new URLSearchParams(fieldsOf(known)).toString();

const badGrant = tokenRefusal(
  400,
  'unsupported_grant_type',
  'The authorization grant type is not supported by the authorization server.',
);

export const tokens: readonly Exchange[] = [
  asking('token-by-form', (known) => sendForm(path, fieldsOf(known))),
  asking('token-by-json', (known) => sendJson('POST', path, fieldsOf(known))),
  asking('token-by-basic', (known) => withHeaders(sendForm(path, grant), own(known))),
  asking('token-by-query', (known) => get(path, fieldsOf(known)), { needs: 'query-credentials' }),
  asking('token-by-get-with-basic', (known) => withHeaders(get(path, grant), own(known))),
  asking('token-by-get-with-form', (known) => inGet(form, formText(known))),
  asking('token-by-get-with-json', (known) => inGet(json, JSON.stringify(fieldsOf(known)))),
  asking('token-by-multipart', (known) => sendMultipart(path, fieldsOf(known))),
  asking('token-by-form-called-json', (known) =>
    withHeaders(sendForm(path, fieldsOf(known)), { 'content-type': json }),
  ),
  asking('token-by-form-without-type', (known) => withoutType(sendForm(path, fieldsOf(known)))),
  asking('token-body-before-basic', (known) =>
    withHeaders(sendForm(path, fieldsOf(known)), basic('0'.repeat(41), '0'.repeat(32))),
  ),
  asking('token-beside-old-token', (known) =>
    withHeaders(sendForm(path, fieldsOf(known)), { authorization: 'Bearer old' }),
  ),
  asking('token-with-scope', (known) => sendForm(path, { ...fieldsOf(known), scope: '', audience: 'x' })),
  asking('token-with-shorter-life', (known) => sendForm(path, { ...fieldsOf(known), ttl: '60' }), {
    expected: tokenExpected(60),
  }),
  asking('token-with-odd-life', (known) => sendForm(path, { ...fieldsOf(known), ttl: 'soon' })),
  asking('token-claims', (known) => sendForm(path, fieldsOf(known)), { check: checkClaims }),
  asking(
    'token-without-grant-type',
    (known) => sendForm(path, { client_id: known.clientId, client_secret: known.clientSecret }),
    { expected: badGrant },
  ),
  asking('token-by-another-grant', (known) => sendForm(path, { ...fieldsOf(known), grant_type: 'password' }), {
    expected: badGrant,
  }),
  asking('token-by-unreadable-body', () => ({ ...sendJson('POST', path, null), body: '{"grant_type":' }), {
    expected: tokenRefusal(400, 'invalid_request', '1001: Request body is not valid JSON', 1001),
  }),
  asking('token-keys', () => ({ ...get('/.well-known/jwks.json'), below: 'none' }), {
    needs: 'additions',
    expected: {
      status: 200,
      body: { keys: listOf({ kty: 'RSA', n: text, e: text, alg: 'RS256', use: 'sig', kid: text }) },
    },
  }),
];

const header: Shape = { typ: 'JWT', alg: 'RS256', kid: text };

function checkClaims({ json: body }: Answer, { clientId }: Known): Difference[] {
  const token = (body as { access_token: string }).access_token;
  const [first = '', second = ''] = token.split('.');
  const time = wholeNumber();
  const payload: Shape = { aud: clientId, jti: text, iat: time, nbf: time, exp: time, sub: text, scopes: [] };
  return [
    ...compareShape(header, decoded(first), 'access_token.header'),
    ...compareShape(payload, decoded(second), 'access_token.payload'),
  ];
}

/** A part of a token; undefined when it is no JSON object. */
function decoded(part: string): unknown {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeOf(value) === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
}
