import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { buildApp } from '../src/http/app.ts';
import { type Answer, type Person, startSafe, type TestSafe } from './start-safe.ts';

const budget = 3;
const ofAddress = 12;

// Counted in memory before any store is asked: one engine shows it.

describe('wrong credentials', () => {
  let safe: TestSafe;
  let ana: Person;
  let ben: Person;
  before(async () => {
    safe = await startSafe('sqlite', {
      ARCA_FAILURES_PER_MINUTE: String(budget),
      ARCA_FAILURES_PER_ADDRESS: String(ofAddress),
      ARCA_TRUSTED_PROXIES: '127.0.0.1',
    });
    ana = await safe.person('ana');
    ben = await safe.person('ben');
  });
  after(() => safe.close());

  const from = (address: string) => ({ 'x-forwarded-for': address });
  const ask = (clientId: string, secret: string, address: string) =>
    safe.call(
      'POST',
      '/api/oauth2/token',
      { grant_type: 'client_credentials', client_id: clientId, client_secret: secret },
      from(address),
    );
  const times = async (count: number, call: () => Promise<Answer>) => {
    const statuses = [];
    for (let done = 0; done < count; done += 1) statuses.push((await call()).status);
    return statuses;
  };

  it("are 401 within their budget, then 429 with Retry-After in OAuth's and the wire's words", async () => {
    const wrong = () => ask(ana.clientId, 'wrong', '203.0.113.1');
    assert.deepEqual(await times(budget, wrong), [401, 401, 401]);
    const { status, headers, text } = await wrong();
    assert.equal(status, 429);
    const seconds = Number(headers.get('retry-after'));
    assert.ok(Number.isInteger(seconds) && seconds >= 1 && seconds <= 60, String(headers.get('retry-after')));
    assert.match(headers.get('content-type') ?? '', /^application\/json\b/);
    assert.equal(
      text,
      '{"error":"temporarily_unavailable","error_description":"Too many requests","code":429,' +
        '"response":{"status":429,"message":"Too many requests","error":true,"error_code":1,"detail":"","mensagem":"Too many requests","erro":true,"cod_erro":1},' +
        '"exception":{"code":429,"message":"Too many requests","detail":null},"message":"Too many requests"}',
    );
  });

  it('slow neither the right secret from the same address, nor other clients, nor other addresses', async () => {
    assert.equal((await ask(ana.clientId, 'wrong', '203.0.113.1')).status, 429);
    assert.equal((await ask(ana.clientId, ana.clientSecret, '203.0.113.1')).status, 200);
    assert.equal((await ask(ana.clientId, 'wrong', '203.0.113.1')).status, 429);
    assert.equal((await ask(ben.clientId, 'wrong', '203.0.113.1')).status, 401);
    assert.equal((await ask(ana.clientId, 'wrong', '203.0.113.2')).status, 401);
  });

  it('are 429 for any client once their address has spent its own budget', async () => {
    const address = '203.0.113.3';
    const ids = Array.from({ length: ofAddress }, (_, at) => String(at).padStart(41, 'a'));
    for (const id of ids) assert.equal((await ask(id, 'wrong', address)).status, 401);
    assert.equal((await ask('b'.repeat(41), 'wrong', address)).status, 429);
    assert.equal((await ask('no client id at all', 'wrong', address)).status, 429);
    // Nor may tokens be guessed from there; what is right goes on.
    for (const authorization of ['Bearer x.y.z', '']) {
      const { status, headers, json } = await safe.call('GET', '/api/mysafe/note', undefined, {
        ...from(address),
        ...(authorization ? { authorization } : {}),
      });
      assert.equal(status, 429);
      assert.match(headers.get('retry-after') ?? '', /^[1-9]\d?$/);
      assert.equal((json as { message: string }).message, 'Too many requests');
    }
    assert.equal((await ask(ana.clientId, ana.clientSecret, address)).status, 200);
    assert.equal((await ana.call('GET', '/api/mysafe/note', undefined, from(address))).status, 200);
    assert.equal((await ask(ana.clientId, 'wrong', '203.0.113.4')).status, 401);
  });

  it('are counted for an IPv6 network of 64 bits together', async () => {
    const wrong = (end: string) => ask(ana.clientId, 'wrong', `2001:db8:7:7::${end}`);
    for (const end of ['1', '2', 'dead:beef']) assert.equal((await wrong(end)).status, 401);
    assert.equal((await wrong('ffff:ffff:ffff')).status, 429);
    assert.equal((await ask(ana.clientId, 'wrong', '2001:db8:7:8::1')).status, 401);
  });

  it('are one thing, and calls with a key or from an address that come too often another', async () => {
    const settings = { ...safe.settings, callsPerKey: 2, callsPerAddress: 4 };
    const app = buildApp(safe.serving.safe, settings);
    const call = (url: string, token: string, address: string) =>
      app.inject({ url, headers: { authorization: `Bearer ${token}`, ...from(address) } });
    const wire = '/api/mysafe/note';
    const statuses = [];
    for (const url of [wire, '/api/v1/items', wire])
      statuses.push((await call(url, ana.token, '203.0.113.40')).statusCode);
    assert.deepEqual(statuses, [200, 200, 429]);
    const refused = await call('/api/v1/items', ana.token, '203.0.113.41');
    assert.equal(refused.statusCode, 429);
    assert.match(String(refused.headers['retry-after']), /^[1-9]\d?$/);
    assert.equal(refused.json().code, 'too_many_requests');
    // Nobody else pays for it, until the address has none left.
    assert.equal((await call(wire, ben.token, '203.0.113.40')).statusCode, 200);
    assert.equal((await call(wire, ben.token, '203.0.113.40')).statusCode, 429);
    const token = await app.inject({ method: 'POST', url: '/api/oauth2/token', headers: from('203.0.113.40') });
    assert.deepEqual([token.statusCode, token.json().error], [429, 'temporarily_unavailable']);
    assert.equal((await call(wire, ben.token, '203.0.113.42')).statusCode, 200);
    await app.close();
  });

  it('are bad tokens too', async () => {
    const call = () =>
      safe.call('GET', '/api/mysafe/note', undefined, { authorization: 'Bearer x', ...from('203.0.113.9') });
    assert.deepEqual(await times(budget + 1, call), [401, 401, 401, 429]);
  });

  it('do not slow who asks for sixty tokens at once with the right secret', async () => {
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => ask(ana.clientId, ana.clientSecret, '203.0.113.1')),
    );
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
    const tokens = answers.map(({ json }) => (json as { access_token: string }).access_token);
    assert.equal(new Set(tokens).size, 60);
  });
});
