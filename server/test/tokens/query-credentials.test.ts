import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { engineOf, type Person, type TestSafe } from '../start-safe.ts';
import { startWire } from '../start-wire.ts';
import { mustBe, tokenError } from '../wire-envelopes.ts';
import { askToken, basic, type Fields } from './token-calls.ts';

const grant_type = 'client_credentials';
const invalidClient = tokenError(401, 'invalid_client', 'Client authentication failed');

for (const engine of engineOf(import.meta.filename)) {
  describe(`a safe that refuses credentials in a query, on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    let whole: Fields;
    before(async () => {
      safe = await startWire(engine, { ARCA_REFUSE_QUERY_CREDENTIALS: 'on' });
      ana = await safe.person('ana');
      whole = { grant_type, client_id: ana.clientId, client_secret: ana.clientSecret };
    });
    after(() => safe.close());

    it('does not read them there, by any method', async () => {
      for (const method of ['GET', 'POST'] as const) {
        for (const path of ['/api/oauth2/token', '/iso/oauth2/token']) {
          mustBe(await askToken(safe, { method, path, query: whole }), invalidClient);
        }
      }
      const { grant_type: _, ...credentials } = whole;
      mustBe(await askToken(safe, { form: { grant_type }, query: credentials }), invalidClient);
      const half = { form: { grant_type, client_id: ana.clientId }, query: { client_secret: ana.clientSecret } };
      mustBe(await askToken(safe, half), invalidClient);
    });

    it('reads them everywhere else, and the rest of the query', async () => {
      const authorization = basic(ana.clientId, ana.clientSecret);
      const wrong = { client_id: 'x', client_secret: 'x' };
      for (const call of [
        { form: whole },
        { json: whole },
        { method: 'GET', form: whole },
        { method: 'GET', query: { grant_type, ttl: '60' }, authorization },
        // What the query has is not read at all, so it wins over nothing.
        { method: 'GET', query: { grant_type, ttl: '60', ...wrong }, authorization },
      ] as const) {
        const answer = await askToken(safe, call);
        assert.equal(answer.status, 200, answer.text);
        const { expires_in } = answer.json as { expires_in: number };
        assert.equal(expires_in, 'query' in call ? 60 : 3600);
      }
    });
  });
}
