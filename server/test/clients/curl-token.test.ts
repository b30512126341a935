import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { engineOf, type Person, startSafe, type TestSafe } from '../start-safe.ts';
import { type CurlAnswer, curl, jsonOptions } from './curl.ts';

type Token = { token_type: string; expires_in: number; access_token: string };
type TokenFailure = { error: string; error_description: string; code: number; response: { status: number } };

const form = 'Content-Type: application/x-www-form-urlencoded';
const json = 'Content-Type: application/json';

for (const engine of engineOf(import.meta.filename)) {
  describe(`a token by curl on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    let url: string;
    before(async () => {
      safe = await startSafe(engine);
      ana = await safe.person('ana');
      url = `${safe.url}/api/oauth2/token`;
    });
    after(() => safe.close());

    const grant = 'grant_type=client_credentials';
    const pair = () => `${ana.clientId}:${ana.clientSecret}`;
    const fields = () => [grant, `client_id=${ana.clientId}`, `client_secret=${ana.clientSecret}`];
    const inJson = () =>
      JSON.stringify({
        grant_type: 'client_credentials',
        client_id: ana.clientId,
        client_secret: ana.clientSecret,
      });
    const each = (option: string, values: readonly string[]) => values.flatMap((value) => [option, value]);

    async function mustBeToken(answer: CurlAnswer): Promise<void> {
      assert.equal(answer.status, 200, answer.text);
      const { token_type, expires_in, access_token } = answer.json as Token;
      assert.equal(token_type, 'Bearer');
      assert.equal(expires_in, 3600);
      const used = await curl('-H', `Authorization: Bearer ${access_token}`, `${safe.url}/api/mysafe/note`);
      assert.equal(used.status, 200, used.text);
    }

    const ways: Record<string, () => string[] | Promise<string[]>> = {
      '-u with the grant by -d': () => ['-u', pair(), '-d', grant],
      '-u with the grant by --data-urlencode': () => ['-u', pair(), '--data-urlencode', grant],
      '-u with an empty scope beside the grant': () => ['-u', pair(), '-d', grant, '-d', 'scope='],
      '-u with the client id in the form again': () => ['-u', pair(), '-d', grant, '-d', `client_id=${ana.clientId}`],
      '-u of another client, outdone by the form': () => ['-u', `${'0'.repeat(41)}:wrong`, ...each('-d', fields())],
      '-d': () => each('-d', fields()),
      '-d as one text': () => ['-d', fields().join('&')],
      '-d under a JSON content type': () => ['-H', json, '-d', fields().join('&')],
      '-d without a content type': () => ['-H', 'Content-Type:', '-d', fields().join('&')],
      '-d with a charset': () => ['-H', `${form}; charset=UTF-8`, '-d', fields().join('&')],
      '-d under a content type that is none': () => ['-H', 'Content-Type: form', '-d', fields().join('&')],
      '-d beside a stale bearer token': () => ['-H', 'Authorization: Bearer stale', ...each('-d', fields())],
      '--json': () => jsonOptions(inJson()),
      '--json under a form content type': () => ['-H', form, '-d', inJson()],
      '--json without a content type': () => ['-H', 'Content-Type:', '-d', inJson()],
      '-F': () => each('-F', fields()),
      '-G by -d': () => ['-G', ...each('-d', fields())],
      '-G by --data-urlencode': () => ['-G', ...each('--data-urlencode', fields())],
      '-G with -u': () => ['-G', '-u', pair(), '-d', grant],
      '-X GET with a form in its body': () => ['-X', 'GET', ...each('-d', fields())],
      '-X GET with JSON in its body': async () => ['-X', 'GET', ...(await jsonOptions(inJson()))],
      '-X GET with multipart in its body': () => ['-X', 'GET', ...each('-F', fields())],
      'HTTP/1.0': () => ['-0', ...each('-d', fields())],
      'an upgrade to HTTP/2 that is not taken': () => [
        ...each('-H', [
          'Connection: Upgrade, HTTP2-Settings',
          'Upgrade: h2c',
          'HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA',
        ]),
        ...each('-d', fields()),
      ],
      'chunks without a length': () => ['-H', 'Transfer-Encoding: chunked', ...each('-d', fields())],
      '--compressed': () => ['--compressed', ...each('-d', fields())],
    };
    for (const [name, options] of Object.entries(ways)) {
      it(`is given for ${name}`, async () => mustBeToken(await curl(...(await options()), url)));
    }

    it('is given at the path of older clients', async () => {
      await mustBeToken(await curl(...each('-d', fields()), `${safe.url}/iso/oauth2/token`));
    });

    const wrong: Record<string, () => string[] | Promise<string[]>> = {
      '-u': () => ['-u', `${ana.clientId}:wrong`, '-d', grant],
      '-d': () => ['-d', grant, '-d', `client_id=${ana.clientId}`, '-d', 'client_secret=wrong'],
      '--json': () => jsonOptions(inJson().replace(ana.clientSecret, 'wrong')),
      '-G': () => ['-G', '-d', grant, '-d', `client_id=${ana.clientId}`, '-d', 'client_secret=wrong'],
    };
    for (const [name, options] of Object.entries(wrong)) {
      it(`is refused for a wrong secret by ${name}`, async () => {
        const answer = await curl(...(await options()), url);
        assert.equal(answer.status, 401);
        const failure = answer.json as TokenFailure;
        assert.equal(failure.error, 'invalid_client');
        assert.equal(failure.error_description, 'Client authentication failed');
        assert.deepEqual([failure.code, failure.response.status], [401, 401]);
      });
    }

    it('is refused for another grant, and for none', async () => {
      for (const options of [
        ['-d', 'grant_type=password'],
        ['-d', 'x=1'],
        ['-X', 'POST'],
      ]) {
        const answer = await curl('-u', pair(), ...options, url);
        assert.equal(answer.status, 400);
        assert.equal((answer.json as TokenFailure).error, 'unsupported_grant_type');
      }
    });

    it('is refused for JSON cut short', async () => {
      const answer = await curl('-u', pair(), ...(await jsonOptions('{"grant_type":')), url);
      assert.equal(answer.status, 400);
      assert.equal((answer.json as TokenFailure).error, 'invalid_request');
    });

    it('never leaves a secret in the log, not even one that came in the query', () => {
      assert.ok(safe.log().includes('/api/oauth2/token'));
      assert.equal(safe.log().includes(ana.clientSecret), false);
    });
  });
}
