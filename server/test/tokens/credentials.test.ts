import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { decodeJwt } from 'jose';
import { engineOf, type TestSafe } from '../start-safe.ts';
import { startWire } from '../start-wire.ts';
import { askToken, basic, fullyEncoded, type TokenCall } from './token-calls.ts';

type Pair = { id: string; secret: string };
const grant_type = 'client_credentials';
const grant = { grant_type };
const of = ({ id, secret }: Pair) => ({ client_id: id, client_secret: secret });
const whole = (pair: Pair) => ({ ...grant, ...of(pair) });
const stale = 'Bearer eyJhbGciOiJSUzI1NiJ9.e30.x';
const urlencoded = 'application/x-www-form-urlencoded';
const formText = (pair: Pair) => new URLSearchParams(whole(pair)).toString();

/** What is sent when `a` and `b` are two keys, and whose token comes back; null for a refusal. */
const rows: [string, (a: Pair, b: Pair) => TokenCall, 'a' | null][] = [
  ['a form', (a) => ({ form: whole(a) }), 'a'],
  ['a form with charset', (a) => ({ form: whole(a), type: `${urlencoded}; charset=UTF-8` }), 'a'],
  ['a form without content type', (a) => ({ form: whole(a), type: null }), 'a'],
  ['a form as JSON', (a) => ({ form: whole(a), type: 'application/json' }), 'a'],
  ['JSON', (a) => ({ json: whole(a) }), 'a'],
  ['JSON as a form', (a) => ({ json: whole(a), type: urlencoded }), 'a'],
  ['JSON without content type', (a) => ({ json: whole(a), type: null }), 'a'],
  ['multipart', (a) => ({ parts: whole(a) }), 'a'],
  ['the query of a POST', (a) => ({ query: whole(a) }), 'a'],
  ['the query of a POST with an empty JSON body', (a) => ({ query: whole(a), type: 'application/json' }), 'a'],
  ['the query of a GET', (a) => ({ method: 'GET', query: whole(a) }), 'a'],
  ['a form of a GET', (a) => ({ method: 'GET', form: whole(a) }), 'a'],
  ['JSON of a GET', (a) => ({ method: 'GET', json: whole(a) }), 'a'],
  ['a body of a GET without content type', (a) => ({ method: 'GET', bytes: formText(a) }), 'a'],
  ['Basic', (a) => ({ form: grant, authorization: basic(a.id, a.secret) }), 'a'],
  [
    'Basic in lower case',
    (a) => ({ form: grant, authorization: basic(a.id, a.secret).replace('Basic', 'basic') }),
    'a',
  ],
  [
    'Basic, form-encoded',
    (a) => ({ form: grant, authorization: basic(fullyEncoded(a.id), fullyEncoded(a.secret)) }),
    'a',
  ],
  ['Basic of a GET', (a) => ({ method: 'GET', query: grant, authorization: basic(a.id, a.secret) }), 'a'],
  ['Basic and the grant in JSON', (a) => ({ json: grant, authorization: basic(a.id, a.secret) }), 'a'],
  ['Basic and the grant in the query of a POST', (a) => ({ query: grant, authorization: basic(a.id, a.secret) }), 'a'],
  ['a form before the query', (a, b) => ({ form: whole(a), query: whole(b) }), 'a'],
  ['a form before Basic', (a, b) => ({ form: whole(a), authorization: basic(b.id, b.secret) }), 'a'],
  ['JSON before Basic', (a, b) => ({ json: whole(a), authorization: basic(b.id, b.secret) }), 'a'],
  ['the query before Basic', (a, b) => ({ query: whole(a), authorization: basic(b.id, b.secret) }), 'a'],
  ['a body of a GET before its query', (a, b) => ({ method: 'GET', form: whole(a), query: whole(b) }), 'a'],
  ['a form before a stale token', (a) => ({ form: whole(a), authorization: stale }), 'a'],
  ['the query before a stale token', (a) => ({ method: 'GET', query: whole(a), authorization: stale }), 'a'],
  [
    'Basic beside its id in a form',
    (a) => ({ form: { ...grant, client_id: a.id }, authorization: basic(a.id, a.secret) }),
    'a',
  ],
  [
    'the id in a form, the secret in the query',
    (a) => ({ form: { ...grant, client_id: a.id }, query: { client_secret: a.secret } }),
    'a',
  ],
  [
    'the secret in a form, the id in the query',
    (a) => ({ form: { ...grant, client_secret: a.secret }, query: { client_id: a.id } }),
    'a',
  ],
  [
    'the id in a form, the secret in Basic',
    (a, b) => ({ form: { ...grant, client_id: a.id }, authorization: basic(b.id, a.secret) }),
    'a',
  ],
  [
    'the secret in the query, the id in Basic',
    (a, b) => ({ query: { ...grant, client_secret: a.secret }, authorization: basic(a.id, b.secret) }),
    'a',
  ],
  [
    'empty ones in a form count as absent',
    (a) => ({ form: { ...grant, client_id: '', client_secret: '' }, query: of(a) }),
    'a',
  ],
  [
    'nulls in JSON count as absent',
    (a) => ({ json: { ...grant, client_id: null, client_secret: null }, authorization: basic(a.id, a.secret) }),
    'a',
  ],
  [
    'the grant in the body before that in the query',
    (a) => ({ form: whole(a), query: { grant_type: 'password' } }),
    'a',
  ],
  [
    'a wrong secret in a form is not healed by Basic',
    (a) => ({ form: { ...whole(a), client_secret: 'x' }, authorization: basic(a.id, a.secret) }),
    null,
  ],
  [
    'a wrong secret in a form is not healed by the query',
    (a) => ({ form: { ...whole(a), client_secret: 'x' }, query: of(a) }),
    null,
  ],
  [
    'a wrong secret in the query is not healed by Basic',
    (a, b) => ({ query: { ...grant, client_secret: b.secret }, authorization: basic(a.id, a.secret) }),
    null,
  ],
  ['one\u2019s id and another\u2019s secret', (a, b) => ({ form: { ...whole(a), client_secret: b.secret } }), null],
  ['a good token and no credentials', () => ({ form: grant, authorization: 'TOKEN' }), null],
];

for (const engine of engineOf(import.meta.filename)) {
  describe(`where client credentials are read from, on ${engine}`, () => {
    let safe: TestSafe;
    let a: Pair;
    let b: Pair;
    let token: string;
    before(async () => {
      safe = await startWire(engine);
      const [ana, bia] = await Promise.all([safe.person('ana'), safe.person('bia')]);
      a = { id: ana.clientId, secret: ana.clientSecret };
      b = { id: bia.clientId, secret: bia.clientSecret };
      token = ana.token;
    });
    after(() => safe.close());

    for (const [about, make, expected] of rows) {
      it(about, async () => {
        const call = make(a, b);
        const authorization = call.authorization === 'TOKEN' ? `Bearer ${token}` : call.authorization;
        const answer = await askToken(safe, { ...call, ...(authorization === undefined ? {} : { authorization }) });
        assert.equal(answer.status, expected ? 200 : 401, answer.text);
        if (!expected) return;
        assert.equal(decodeJwt((answer.json as { access_token: string }).access_token).aud, a.id);
      });
    }

    it('nothing of all this is in the log', async () => {
      const read = await safe.call('GET', '/api/mysafe/note?justification=hush', undefined, {
        authorization: `Bearer ${token}`,
      });
      assert.equal(read.status, 200, read.text);
      const log = safe.log();
      assert.equal(log.match(/"route":"\/api\/oauth2\/token"/g)?.length, rows.length + 2);
      for (const secret of [a.secret, b.secret, token, token.split('.')[2] ?? '', 'client_secret', 'hush']) {
        assert.ok(!log.includes(secret), secret);
        assert.ok(!log.includes(Buffer.from(secret).toString('base64').slice(0, 20)), secret);
      }
      assert.ok(!log.includes(basic(a.id, a.secret).slice(6, 60)));
    });

    it('the ids have 41 hex characters and the secrets 32', () => {
      for (const { id, secret } of [a, b]) {
        assert.match(id, /^[0-9a-f]{41}$/);
        assert.match(secret, /^[0-9a-f]{32}$/);
      }
    });
  });
}
