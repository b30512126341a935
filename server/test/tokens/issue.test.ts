import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from 'jose';
import { auditEntries } from '../audit-left.ts';
import { type Answer, engineOf, type Person, type TestSafe } from '../start-safe.ts';
import { startWire } from '../start-wire.ts';
import { askToken, basic, type TokenCall } from './token-calls.ts';

type Issued = { token_type: string; expires_in: number; access_token: string };

/** Lifetimes that are asked for, and those that are given: shorter ones only. */
const lifetimes: [unknown, number][] = [
  ['60', 60],
  [60, 60],
  ['1', 1],
  ['3599', 3599],
  ['3600', 3600],
  ['3601', 3600],
  ['999999999', 3600],
  ['99999999999999999999', 3600],
  ['0', 3600],
  ['-60', 3600],
  ['60.5', 3600],
  [60.5, 3600],
  ['1e2', 3600],
  ['060', 3600],
  [' 60', 3600],
  ['x', 3600],
  ['', 3600],
  [null, 3600],
  [true, 3600],
  [{}, 3600],
];

for (const engine of engineOf(import.meta.filename)) {
  describe(`tokens that are issued, on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    let credentials: { grant_type: string; client_id: string; client_secret: string };
    before(async () => {
      safe = await startWire(engine);
      ana = await safe.person('ana');
      credentials = {
        grant_type: 'client_credentials',
        client_id: ana.clientId,
        client_secret: ana.clientSecret,
      };
    });
    after(() => safe.close());

    const issued = (answer: Answer): Issued => {
      assert.equal(answer.status, 200, answer.text);
      return answer.json as Issued;
    };
    const mustOpen = async (token: string) => {
      const read = await safe.call('GET', '/api/mysafe/note', undefined, { authorization: `Bearer ${token}` });
      assert.equal(read.status, 200, read.text);
    };

    it('come in exactly these members and headers, by both methods and paths', async () => {
      const { grant_type } = credentials;
      const calls: TokenCall[] = [
        { form: credentials },
        { json: credentials },
        { method: 'GET', query: credentials },
        { method: 'GET', query: { grant_type }, authorization: basic(ana.clientId, ana.clientSecret) },
      ];
      for (const call of calls) {
        for (const path of ['/api/oauth2/token', '/iso/oauth2/token']) {
          const answer = await askToken(safe, { ...call, path });
          const { access_token } = issued(answer);
          const expected = { token_type: 'Bearer', expires_in: 3600, access_token };
          assert.equal(answer.text, JSON.stringify(expected));
          assert.match(access_token, /^[\w-]+\.[\w-]+\.[\w-]+$/);
          assert.match(answer.headers.get('content-type') ?? '', /^application\/json(;|$)/);
          assert.equal(answer.headers.get('cache-control'), 'no-store');
          assert.equal(answer.headers.get('pragma'), 'no-cache');
          assert.equal(answer.headers.get('www-authenticate'), null);
          await mustOpen(access_token);
        }
      }
    });

    it('are JWTs in this shape and order, signed with a key that is published', async () => {
      const now = Math.floor(Date.now() / 1000);
      safe.setClock(new Date(now * 1000 + 700));
      const { access_token } = issued(await askToken(safe, { form: credentials }));
      safe.setClock(null);
      const [header = '', payload = ''] = access_token
        .split('.')
        .map((part) => Buffer.from(part, 'base64url').toString());
      const jwks = await safe.call('GET', '/.well-known/jwks.json');
      const set = jwks.json as JSONWebKeySet;
      const [key] = set.keys;
      assert.equal(header, JSON.stringify({ typ: 'JWT', alg: 'RS256', kid: key?.kid }));
      assert.deepEqual(Object.keys(key ?? {}).toSorted(), ['alg', 'e', 'kid', 'kty', 'n', 'use']);
      const { sub, jti, ...rest } = JSON.parse(payload);
      assert.equal(typeof sub, 'string');
      assert.match(jti, /^\S{16,}$/);
      assert.deepEqual(rest, { aud: ana.clientId, iat: now, nbf: now, exp: now + 3600, scopes: [] });
      assert.deepEqual(Object.keys(JSON.parse(payload)), ['aud', 'jti', 'iat', 'nbf', 'exp', 'sub', 'scopes']);
      const verified = await jwtVerify(access_token, createLocalJWKSet(set), {
        audience: ana.clientId,
        algorithms: ['RS256'],
        typ: 'JWT',
      });
      assert.equal(verified.payload.jti, jti);
    });

    it('are each of its own, and a new one ends none before it', async () => {
      const answers = [];
      for (let at = 0; at < 5; at += 1) answers.push(issued(await askToken(safe, { form: credentials })));
      const together = await Promise.all([1, 2, 3].map(() => askToken(safe, { form: credentials })));
      const tokens = [...answers, ...together.map(issued)].map((one) => one.access_token);
      assert.equal(new Set(tokens.map((token) => decodeJwt(token).jti)).size, tokens.length);
      for (const token of [ana.token, ...tokens]) await mustOpen(token);
    });

    for (const [ttl, seconds] of lifetimes) {
      it(`live ${seconds} seconds when ${JSON.stringify(ttl)} are asked for`, async () => {
        const { expires_in, access_token } = issued(await askToken(safe, { json: { ...credentials, ttl } }));
        assert.equal(expires_in, seconds);
        const { exp = 0, iat = 0 } = decodeJwt(access_token);
        assert.equal(exp - iat, seconds);
        if (typeof ttl !== 'string') return;
        const inForm = issued(await askToken(safe, { form: { ...credentials, ttl } }));
        const inQuery = issued(await askToken(safe, { form: credentials, query: { ttl } }));
        assert.deepEqual([inForm.expires_in, inQuery.expires_in], [seconds, seconds]);
      });
    }

    it('take the lifetime of the body before that of the query', async () => {
      const answer = await askToken(safe, { form: { ...credentials, ttl: '20' }, query: { ttl: '10' } });
      assert.equal(issued(answer).expires_in, 20);
    });

    it('are given with parameters that mean nothing here', async () => {
      const more = { scope: 'read write', tenant: 'acme', resource: 'x', client_assertion: 'x', __proto__x: '1' };
      issued(await askToken(safe, { form: { ...credentials, ...more } }));
      issued(await askToken(safe, { json: { ...credentials, ...more, scope: ['read'], tenant: null } }));
      issued(await askToken(safe, { method: 'GET', query: { ...credentials, ...more } }));
    });

    it('are recorded with their owner, key, address, number and life', async () => {
      const answer = await askToken(safe, { form: { ...credentials, ttl: '60' } });
      const [entry, ...others] = await auditEntries(safe, answer);
      assert.deepEqual(others, []);
      const { event, user, target, details } = entry ?? assert.fail();
      assert.deepEqual([event, user, target], ['token.issued', 'ana', null]);
      const token = decodeJwt(issued(answer).access_token).jti;
      assert.deepEqual(details, { address: '127.0.0.1', token, seconds: 60 });
    });
  });
}
