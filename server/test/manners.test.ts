import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { type Answer, engines, type Person, startSafe, type TestSafe } from './start-safe.ts';
import { openByHand } from './store-by-hand.ts';

const note = '/api/mysafe/note';
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

for (const engine of engines) {
  describe(`the manners of the server on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    const answers: Answer[] = [];
    before(async () => {
      safe = await startSafe(engine);
      ana = await safe.person('ana');
      await ana.call('POST', note, { name: 'n', note: 't' });
      const grant = { grant_type: 'client_credentials', client_id: ana.clientId, client_secret: ana.clientSecret };
      const store = await openByHand(safe.settings);
      for (const call of [
        () => ana.call('GET', `${note}/1?justification=some-reason`),
        () => ana.call('GET', note),
        () => ana.call('GET', `${note}/2`),
        () => ana.call('GET', '/api/mysafe/nowhere/at/all?a=some-query'),
        () => safe.call('GET', note),
        () => safe.call('GET', '/some-path?b=some-query'),
        () => safe.call('GET', '/%zz?c=some-query'),
        () => safe.call('PATCH', note),
        () => safe.call('POST', '/api/oauth2/token', grant),
        () => safe.call('GET', `/iso/oauth2/token?${new URLSearchParams(grant)}`),
        () => safe.call('POST', '/api/oauth2/token', { ...grant, client_secret: 'some-secret' }),
        () => ana.call('POST', note, 'x'.repeat(1024 * 1024 + 1), { 'content-type': 'application/json' }),
        () => safe.call('GET', '/healthz'),
        () => safe.call('GET', '/readyz'),
        () => safe.call('GET', '/.well-known/jwks.json'),
        async () => {
          await store.run('alter table item_versions rename to away');
          const answer = await ana.call('GET', `${note}/1`);
          await store.run('alter table away rename to item_versions');
          return answer;
        },
      ]) {
        answers.push(await call());
      }
      await store.close();
    });
    after(() => safe.close());

    it('were seen in answers of every sort', () => {
      const statuses = [...new Set(answers.map(({ status }) => status))].sort();
      assert.deepEqual(statuses, [200, 400, 401, 404, 500]);
    });

    it('are security headers on each answer', () => {
      for (const { headers, text } of answers) {
        const named = (name: string) => headers.get(name);
        assert.equal(named('cache-control'), 'no-store', text);
        assert.equal(
          named('content-security-policy'),
          "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        );
        assert.equal(named('referrer-policy'), 'no-referrer');
        assert.equal(named('x-content-type-options'), 'nosniff');
        assert.match(named('content-type') ?? '', /^application\/json\b/);
        // Over plain HTTP there is no promise of TLS; nor does anything tell what serves, or sets a cookie.
        for (const absent of [
          'strict-transport-security',
          'server',
          'x-powered-by',
          'set-cookie',
          'access-control-allow-origin',
        ]) {
          assert.equal(named(absent), null, absent);
        }
      }
    });

    it('are a request id of our own on each answer, which names it in log and audit', async () => {
      const ids = answers.map(({ headers }) => headers.get('x-request-id') ?? '');
      for (const id of ids) assert.match(id, uuid);
      assert.equal(new Set(ids).size, ids.length);
      const lines = safe
        .log()
        .split('\n')
        .filter((line) => line.includes('"msg":"request"'))
        .map((line) => JSON.parse(line));
      for (const [at, id] of ids.entries()) {
        const line = lines.find(({ requestId }) => requestId === id);
        assert.equal(line?.status, answers[at]?.status, id);
      }
      const failed = answers.find(({ status }) => status === 500)?.headers.get('x-request-id');
      assert.match(
        safe.log(),
        new RegExp(`"level":"error"[^\\n]*"requestId":"${failed}"[^\\n]*"msg":"the store failed"`),
      );
      const [reveal] = await safe.operator.run('audit.list', { event: 'item.revealed', limit: 1 });
      assert.equal(reveal?.requestId, ids[0]);
      const sent = 'c0ffee00-0000-4000-8000-000000000000';
      const { headers } = await safe.call('GET', '/healthz', undefined, { 'x-request-id': sent });
      assert.notEqual(headers.get('x-request-id'), sent);
    });

    it('are log lines that hold what is allowed and nothing else', () => {
      const lines = safe
        .log()
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      const requests = lines.filter(({ msg }) => msg === 'request');
      assert.ok(requests.length >= answers.length);
      const patterns = new Set<string | null>();
      for (const { route, ...line } of requests) {
        patterns.add(route);
        assert.deepEqual(Object.keys(line), ['level', 'time', 'requestId', 'method', 'status', 'ms', 'address', 'msg']);
        assert.ok(route === null || /^\/[a-z0-9/:.*-]*$/i.test(route), route);
        assert.equal(line.address, '127.0.0.1');
      }
      assert.ok(patterns.has('/api/mysafe/note/:identifier') && patterns.has('/iso/oauth2/token'));
      for (const typed of ['some-', ana.clientSecret, ana.token]) assert.ok(!safe.log().includes(typed), typed);
    });

    it('are an open door for who asks whether it lives and is ready', async () => {
      const health = await safe.call('GET', '/healthz');
      assert.deepEqual([health.status, health.json], [200, { status: 'ok' }]);
      const ready = await safe.call('GET', '/readyz');
      assert.deepEqual([ready.status, ready.json], [200, { ready: true, reasons: [] }]);
    });

    it('are public keys that prove a token, and nothing private beside them', async () => {
      const { json } = await safe.call('GET', '/.well-known/jwks.json');
      const { keys } = json as JSONWebKeySet;
      assert.equal(keys.length, 1);
      const { kid } = decodeProtectedHeader(ana.token);
      const [{ n, ...rest }] = keys as [Record<string, string>];
      assert.deepEqual(rest, { kty: 'RSA', e: 'AQAB', alg: 'RS256', use: 'sig', kid });
      assert.ok((n?.length ?? 0) > 300);
      const { payload, protectedHeader } = await jwtVerify(ana.token, createLocalJWKSet(json as JSONWebKeySet));
      assert.equal(payload.aud, ana.clientId);
      assert.deepEqual(Object.keys(protectedHeader), ['typ', 'alg', 'kid']);
    });
  });
}

if (engines.includes('postgres')) {
  describe("a clock that is off its store's", () => {
    it('is told on /readyz, and only while it is', async (test) => {
      const safe = await startSafe('postgres');
      test.after(() => safe.close());
      for (const seconds of [-5, 5]) {
        safe.setClock(new Date(Date.now() + seconds * 1000));
        const { status, json } = await safe.call('GET', '/readyz');
        assert.equal(status, 503);
        const { ready, reasons } = json as { ready: boolean; reasons: string[] };
        assert.equal(ready, false);
        assert.match(reasons.join(), /^the clock of this host is \d{4} ms off the store's$/);
      }
      safe.setClock(null);
      assert.equal((await safe.call('GET', '/readyz')).status, 200);
    });
  });
}
