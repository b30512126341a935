import { randomBytes } from 'node:crypto';
import { tokenRefusal, unauthorized } from '../envelopes.ts';
import type { Exchange, Known, Request } from '../exchange.ts';
import { get, sendForm, withHeaders } from '../request.ts';
import { farAway } from './identifiers.ts';
import { basic, fieldsOf } from './tokens.ts';

const path = '/oauth2/token';
const failed = tokenRefusal(401, 'invalid_client', 'Client authentication failed');
const grant = { grant_type: 'client_credentials' };
const strange = (characters: number) => randomBytes(32).toString('hex').slice(0, characters);

function refused(id: string, ask: (known: Known) => Request, expected: Exchange['expected']): Exchange {
  return { id, group: 'credentials', source: null, ask: (known) => ({ ...ask(known), anonymous: true }), expected };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/**
 * What must be refused for want of the right credentials. Played last and few, one of them only with the id of the key:
 * whoever counts failures must find no reason to lock it.
 */
export const credentials: readonly Exchange[] = [
  refused('no-token', () => get('/mysafe/note'), unauthorized(false)),
  refused('no-token-and-no-route', () => get('/mysafe/nothing'), unauthorized(false)),
  refused('no-token-and-no-item', () => get(`/mysafe/password/${farAway}`), unauthorized(false)),
  refused('bad-token', () => withHeaders(get('/mysafe/note'), bearer('abc')), unauthorized(true)),
  refused('changed-token', ({ token }) => withHeaders(get('/mysafe/note'), bearer(changed(token))), unauthorized(true)),
  refused('wrong-secret', (known) => sendForm(path, { ...fieldsOf(known), client_secret: strange(32) }), {
    ...failed,
    headers: { 'www-authenticate': null },
  }),
  refused('unknown-client', () => withHeaders(sendForm(path, grant), basic(strange(41), strange(32))), {
    ...failed,
    headers: { 'www-authenticate': 'Basic realm="OAuth"' },
  }),
  refused('no-credentials', () => sendForm(path, grant), failed),
];

/** Another letter in the middle of the signature: the bits of the last one need not count. */
function changed(token: string): string {
  const at = Math.max(0, token.length - 20);
  return `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
}
