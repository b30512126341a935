import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { json as jsonOf } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Person, startSafe, type TestSafe } from '../start-safe.ts';

const file = (name: string) => fileURLToPath(new URL(`../fixtures/test-only-${name}.pem`, import.meta.url));
const pemOf = (name: string) =>
  /-----BEGIN CERT.*?-----END CERTIFICATE-----\n/s.exec(readFileSync(file(name), 'utf8'))?.[0] ?? '';
const certificateOf = (name: string) => new X509Certificate(pemOf(name));
const anas = certificateOf('ana').fingerprint256;
const path = '/api/mysafe/note';

// Which certificate a call came with is a matter of the connection and the headers: one engine shows it.

describe("a client certificate over the safe's own TLS", () => {
  let safe: TestSafe;
  let clientId: string;
  let clientSecret: string;
  before(async () => {
    safe = await startSafe('sqlite', { ARCA_TLS_CERT: file('server'), ARCA_TLS_KEY: file('server') });
    await safe.operator.run('user.add', { username: 'ana', password: 'nine wooden boats 41' });
    ({ clientId, clientSecret } = await safe.operator.run('access-key.add', {
      owner: 'ana',
      name: 'k',
      fingerprint: anas,
    }));
  });
  after(() => safe.close());

  type Answer = { status: number; headers: Record<string, unknown>; json: Record<string, unknown> };
  /** Calls with the certificate of that name, or none. */
  async function call(
    who: string | null,
    method: string,
    to: string,
    body: object | null,
    headers = {},
  ): Promise<Answer> {
    const identity = who === null ? {} : { cert: readFileSync(file(who)), key: readFileSync(file(who)) };
    const sent = request(new URL(to, safe.url), {
      method,
      ca: pemOf('server'),
      servername: 'localhost',
      agent: false,
      ...identity,
      headers: { 'content-type': 'application/json', ...headers },
    });
    sent.end(body && JSON.stringify(body));
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    sent.on('error', reject).on('response', (response) => {
      jsonOf(response).then((json) => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, json: json as Record<string, unknown> });
      }, reject);
    });
    return promise;
  }
  const token = (who: string | null, headers = {}) =>
    call(
      who,
      'POST',
      '/api/oauth2/token',
      { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret },
      headers,
    );

  it('opens what its fingerprint is asked for, and no other does', async () => {
    const { status, json, headers } = await token('ana');
    assert.equal(status, 200);
    assert.match(String(headers['strict-transport-security']), /^max-age=\d{7,}/);
    const authorization = `Bearer ${json.access_token}`;
    assert.equal((await call('ana', 'GET', path, null, { authorization })).status, 200);
    for (const who of ['ben', null]) {
      assert.equal((await token(who)).status, 401);
      assert.equal((await call(who, 'GET', path, null, { authorization })).status, 403);
      assert.equal((await call(who, 'POST', path, { name: 'n', note: 't' }, { authorization })).status, 403);
    }
  });

  it('cannot be had by a header', async () => {
    for (const passed of [anas, encodeURIComponent(pemOf('ana')), `:${certificateOf('ana').raw.toString('base64')}:`]) {
      for (const who of ['ben', null]) assert.equal((await token(who, { 'client-cert': passed })).status, 401);
    }
  });

  it('is asked of nobody whose key asks for none', async () => {
    await safe.operator.run('access-key.change', { clientId, fingerprint: null });
    for (const who of ['ana', 'ben', null]) assert.equal((await token(who)).status, 200);
    for (const fingerprint of [anas.toLowerCase(), anas.replaceAll(':', ''), ` ${anas} `]) {
      await safe.operator.run('access-key.change', { clientId, fingerprint });
      assert.equal((await token('ana')).status, 200);
      assert.equal((await token('ben')).status, 401);
    }
  });

  it('leaves no plain HTTP on that port', async () => {
    await assert.rejects(fetch(`http://127.0.0.1:${new URL(safe.url).port}/healthz`));
  });
});

describe("a client certificate in a proxy's header", () => {
  const forms: readonly [string, (name: string) => string][] = [
    ['RFC 9440', (name) => `:${certificateOf(name).raw.toString('base64')}:`],
    ['URL-encoded PEM', (name) => encodeURIComponent(pemOf(name))],
    ['PEM in one line', (name) => pemOf(name).replaceAll('\n', ' ').trim()],
    ['hex with colons', (name) => certificateOf(name).fingerprint256],
    ['hex', (name) => certificateOf(name).fingerprint256.replaceAll(':', '').toLowerCase()],
  ];

  /** A safe that believes these peers, and a person whose key asks for ana's certificate. */
  async function start(environment: Record<string, string>): Promise<{ safe: TestSafe; ana: Person }> {
    const safe = await startSafe('sqlite', environment);
    const ana = await safe.person('ana');
    await ana.call('POST', path, { name: 'n', note: 't' });
    await safe.operator.run('access-key.change', { clientId: ana.clientId, fingerprint: anas });
    return { safe, ana };
  }

  for (const [name, write] of forms) {
    it(`is read from a proxy that is believed: ${name}`, async (test) => {
      const { safe, ana } = await start({ ARCA_CERT_HEADER_PROXIES: '127.0.0.0/8', ARCA_CERT_HEADER: 'X-SSL-Cert' });
      test.after(() => safe.close());
      const read = async (headers: Record<string, string>) =>
        (await ana.call('GET', `${path}/1`, undefined, headers)).status;
      assert.equal(await read({ 'x-ssl-cert': write('ana') }), 200);
      assert.equal(await read({ 'x-ssl-cert': write('ben') }), 403);
      assert.equal(await read({ 'client-cert': write('ana') }), 403);
      assert.equal(await read({}), 403);
    });
  }

  it("is nobody's word from anyone else, nor from a proxy that is believed for addresses alone", async (test) => {
    for (const environment of [
      {},
      { ARCA_TRUSTED_PROXIES: '127.0.0.1' },
      { ARCA_CERT_HEADER_PROXIES: '10.0.0.1,::1' },
    ]) {
      const { safe, ana } = await start(environment as Record<string, string>);
      test.after(() => safe.close());
      for (const [name, write] of forms) {
        const forged = { 'client-cert': write('ana'), 'x-forwarded-for': '10.0.0.1' };
        assert.equal((await ana.call('GET', `${path}/1`, undefined, forged)).status, 403, name);
      }
    }
  });

  it('is none when it cannot be read', async (test) => {
    const { safe, ana } = await start({ ARCA_CERT_HEADER_PROXIES: '127.0.0.1' });
    test.after(() => safe.close());
    const [whole, raw] = [encodeURIComponent(pemOf('ana')), certificateOf('ana').raw.toString('base64')];
    for (const passed of [
      ...[
        '',
        'x',
        '::',
        ':x:',
        '%',
        '%zz',
        '(null)',
        'NONE',
        whole.slice(0, -40),
        `:${raw.slice(0, -8)}:`,
        `:${raw}`,
        raw,
      ],
      ...[anas.slice(0, -2), `${anas}00`, `${anas}, ${anas}`, `:${raw}:, :${raw}:`, 'CN=test-only-ana'],
    ]) {
      assert.equal((await ana.call('GET', `${path}/1`, undefined, { 'client-cert': passed })).status, 403, passed);
    }
    assert.doesNotMatch(safe.log(), /"level":"error"/);
  });
});
