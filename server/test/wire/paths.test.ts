import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditLines } from '../audit-left.ts';
import { rawCall } from '../raw-call.ts';
import { engineOf, type Person, type TestSafe } from '../start-safe.ts';
import { startWire } from '../start-wire.ts';
import { badIdentifier, businessError, mustBe, noRoute, notAuthorized } from '../wire-envelopes.ts';

/** Below the wire's prefix: with a token 404, without one 401. */
const unknown: [string, string][] = [
  ['GET', ''],
  ['GET', '/'],
  ['GET', '/file'],
  ['GET', '/passwords'],
  ['GET', '/Password'],
  ['GET', '/api-secret'],
  ['GET', '//password'],
  ['GET', '/../mysafe/password'],
  ['GET', '/password/active/1'],
  ['GET', '/password/update/1'],
  ['GET', '/password/1/versions'],
  ['GET', '/%zz'],
  ['GET', '/password%2F1'],
  ['GET', `/${'x'.repeat(8000)}`],
  ['HEAD', '/password'],
  ['HEAD', '/password/1'],
  ['POST', '/password/1'],
  ['POST', '/password/active'],
  ['POST', '/password/inactive/1/'],
  ['POST', '/password/update/1/2'],
  ['PUT', '/password'],
  ['PUT', '/password/1'],
  ['PUT', '/password/active/1'],
  ['PUT', '/note/inactive/1'],
  ['PATCH', '/password/update/1'],
  ['DELETE', '/password/1'],
  ['DELETE', '/secretapi/1'],
  ['OPTIONS', '/password'],
  ['TRACE', '/password'],
  ['PROPFIND', '/password'],
  ['QUERY', '/password'],
];

const identifiers = [
  'abc',
  '0',
  '-1',
  '+1',
  '01',
  '1.0',
  '1e3',
  '0x1',
  '1,2',
  '1;2',
  '%201',
  '1%20',
  '1%0A',
  '1%2F2',
  '%00',
  '%EF%BC%91',
  '%zz',
  '%',
  '%ff',
  '1%ff',
  'update',
  '1000000000000000',
  '9'.repeat(1500),
  '9'.repeat(12_000),
];

for (const engine of engineOf(import.meta.filename)) {
  describe(`paths on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    let authorization: string;
    before(async () => {
      safe = await startWire(engine);
      ana = await safe.person('ana');
      authorization = `Bearer ${ana.token}`;
      const made = await ana.call('POST', '/api/mysafe/password', { name: 'n', username: 'u', password: 'p' });
      assert.equal(made.status, 201, made.text);
    });
    after(() => safe.close());

    for (const prefix of ['/api/mysafe', '/iso/mysafe']) {
      for (const [method, tail] of unknown) {
        it(`${method} ${prefix}${tail.slice(0, 60)} leads nowhere`, async () => {
          const known = await rawCall(safe, method, `${prefix}${tail}`, { authorization });
          const stranger = await rawCall(safe, method, `${prefix}${tail}`);
          assert.equal(known.status, 404);
          assert.equal(stranger.status, 401);
          assert.equal(stranger.headers.get('www-authenticate'), 'Bearer');
          if (method === 'HEAD') return;
          mustBe(known, noRoute);
          mustBe(stranger, notAuthorized);
        });
      }
    }

    it('a path that leads nowhere is nothing to record, but for who asked without a token', async () => {
      const known = await ana.call('GET', '/api/mysafe/file');
      mustBe(known, noRoute);
      assert.deepEqual(await auditLines(safe, known), []);
    });

    it('paths beside the wire lead nowhere without a token', async () => {
      const paths = [
        '/',
        '/api',
        '/api/',
        '/iso/other',
        '/api/oauth2',
        '/api/oauth2/tokens',
        '/mysafe/password',
        '/%zz',
        '/%ff',
      ];
      for (const path of paths) mustBe(await rawCall(safe, 'GET', path), noRoute, path);
      mustBe(await rawCall(safe, 'PUT', '/api/oauth2/token'), noRoute);
      mustBe(await rawCall(safe, 'DELETE', '/iso/oauth2/token'), noRoute);
    });

    for (const identifier of identifiers) {
      it(`the identifier ${identifier.slice(0, 40)} is none`, async () => {
        const tries: [string, string][] = [
          ['GET', ''],
          ['PUT', '/update'],
          ['POST', '/update'],
          ['POST', '/active'],
          ['POST', '/inactive'],
        ];
        for (const [method, verb] of tries) {
          const path = `/api/mysafe/note${verb}/${identifier}`;
          const answer = await rawCall(safe, method, path, { authorization });
          mustBe(answer, badIdentifier, method + verb);
          const [line = ''] = await auditLines(safe, answer);
          // What a caller types is kept only once it was checked.
          assert.match(line, /^item\.(reveal|update|enable|disable)\.refused ana - number_invalid$/);
          mustBe(await rawCall(safe, method, path), notAuthorized);
        }
      });
    }

    it('an identifier may be percent-encoded, and have 15 digits', async () => {
      const read = await rawCall(safe, 'GET', '/api/mysafe/password/%31', { authorization });
      assert.equal(read.status, 200, read.text);
      const far = await rawCall(safe, 'GET', '/api/mysafe/password/999999999999999', { authorization });
      mustBe(far, businessError(1005, 'Password not found'));
    });

    it('a query that nobody knows changes nothing', async () => {
      for (const query of ['?', '?x', '?x=%zz', '?=', '?&&', '?identifier=2', '?enabled[]=1', '?__proto__=1']) {
        const answer = await rawCall(safe, 'GET', `/api/mysafe/password/1${query}`, { authorization });
        assert.equal(answer.status, 200, query + answer.text);
      }
    });
  });
}
