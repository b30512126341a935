import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ClientCredentials, type ModuleOptions } from 'simple-oauth2';
import { engineOf, type Person, startSafe, type TestSafe } from '../start-safe.ts';
import { liveEveryLife, type WireBody } from './item-life.ts';

type Way = { name: string; options: NonNullable<ModuleOptions['options']> };

const ways: readonly Way[] = [
  { name: 'the header, as it does by itself', options: {} },
  { name: 'the header in its loose encoding', options: { credentialsEncodingMode: 'loose' } },
  { name: 'the header beside a JSON body', options: { authorizationMethod: 'header', bodyFormat: 'json' } },
  { name: 'a form', options: { authorizationMethod: 'body', bodyFormat: 'form' } },
  { name: 'a JSON body', options: { authorizationMethod: 'body', bodyFormat: 'json' } },
];

/** What it throws: a Boom error of its HTTP client with the answer in it. */
type Thrown = {
  output: { statusCode: number };
  data: { headers: Record<string, string>; payload: { error: string; error_description: string } & WireBody };
};

for (const engine of engineOf(import.meta.filename)) {
  describe(`simple-oauth2 on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    before(async () => {
      safe = await startSafe(engine);
      ana = await safe.person('ana');
    });
    after(() => safe.close());

    const clientOf = ({ options }: Way, secret = ana.clientSecret) =>
      new ClientCredentials({
        client: { id: ana.clientId, secret },
        auth: { tokenHost: safe.url, tokenPath: '/api/oauth2/token' },
        options,
      });

    for (const way of ways) {
      it(`gets a token by ${way.name} and takes every kind of item through its life`, async () => {
        const access = await clientOf(way).getToken({ scope: ['read', 'write'] });
        assert.equal(access.token.token_type, 'Bearer');
        assert.equal(access.token.expires_in, 3600);
        assert.equal(access.expired(3500), false);
        await liveEveryLife(async (method, path, body) => {
          const authorization = `Bearer ${access.token.access_token}`;
          const answer = await safe.call(method, path, body, { authorization });
          return { status: answer.status, body: answer.json as WireBody };
        });
      });

      it(`is told of a wrong secret sent by ${way.name}`, async () => {
        await assert.rejects(clientOf(way, 'f'.repeat(32)).getToken({}), (thrown: Thrown) => {
          assert.equal(thrown.output.statusCode, 401);
          const { headers, payload } = thrown.data;
          assert.equal(payload.error, 'invalid_client');
          assert.equal(payload.error_description, 'Client authentication failed');
          assert.equal(payload.response.error, true);
          const sendsHeader = way.options.authorizationMethod !== 'body';
          assert.equal(headers['www-authenticate'], sendsHeader ? 'Basic realm="OAuth"' : undefined);
          return true;
        });
      });
    }
  });
}
