import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sendRaw } from '../raw-socket.ts';
import { type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { done, mustBeInvalid } from './problem.ts';

// What is refused before any store is asked: one engine shows it.

describe('requests that are nearly right', () => {
  let safe: TestSafe;
  let ana: SignedIn;
  before(async () => {
    safe = await startSafe('sqlite', { ARCA_TRUSTED_PROXIES: '127.0.0.1' });
    ana = await safe.signIn('ana');
    done(await ana.call('POST', '/api/v1/items/note', { name: 'first', note: 'text' }), 201);
  });
  after(() => safe.close());

  it('are not read as another whole number than they say', async () => {
    done(await ana.call('GET', '/api/v1/items/note/1'));
    for (const text of ['1.5', '1.0', '1e0', '0x1', '+1', '01', '%201', '1_0', 'true', '%EF%BC%91', '1,5', '']) {
      if (text !== '') {
        const { errors } = mustBeInvalid(await ana.call('GET', `/api/v1/items/note/${text}`), ['number'], text);
        assert.equal(errors?.[0]?.why, 'must be integer', text);
      }
      mustBeInvalid(await ana.call('GET', `/api/v1/items?limit=${text}`), ['limit'], text);
    }
    mustBeInvalid(await ana.call('GET', '/api/v1/items?limit=1&limit=2'), ['limit']);
    mustBeInvalid(await ana.call('GET', `/api/v1/items/note/1/versions?before=${'9'.repeat(30)}`), ['before']);
  });

  it('hear which members are unknown, however many they are', async () => {
    for (const count of [1, 8, 9, 12, 5000]) {
      const unknown = Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}/~`, at]));
      const { json } = await ana.call('POST', '/api/v1/items/note', { name: 'n', note: 't', ...unknown });
      const { errors = [] } = json as { errors?: { field: string; why: string }[] };
      assert.ok(errors.length >= Math.min(count, 8), `${errors.length} of ${count}`);
      assert.deepEqual(errors[0], { field: 'k0/~', why: 'is not known here' });
    }
    const { json } = await ana.call('POST', '/api/v1/items/note', { name: 'n', note: 't', ['x'.repeat(100_000)]: 1 });
    assert.equal((json as { errors: { field: string }[] }).errors[0]?.field.length, 100);
  });

  it('hear that TLS is to stay, when a proxy that is trusted says that they came by it', async () => {
    const heard = async (headers: Record<string, string>) =>
      (await safe.call('GET', '/healthz', undefined, headers)).headers.get('strict-transport-security');
    assert.equal(await heard({ 'x-forwarded-proto': 'https' }), 'max-age=31536000; includeSubDomains');
    assert.equal(await heard({}), null);
  });

  it('are answered though they ask for an upgrade or a tunnel', async () => {
    const upgrade = 'GET /healthz HTTP/1.1\r\nHost: safe\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n';
    const answer = await sendRaw(safe.url, `${upgrade}no request at all\r\n\r\n`);
    assert.deepEqual([answer?.status, answer?.headers.get('connection')], [200, 'close']);
    // With a body that is let pass, too: else the next request on this connection would find it closed without a word.
    const refused = await sendRaw(
      safe.url,
      'PUT /api/v1/uploads/none/parts/1 HTTP/1.1\r\nHost: safe\r\nUpgrade: h2c\r\nContent-Length: 0\r\n\r\n',
    );
    assert.deepEqual([refused?.status, refused?.headers.get('connection')], [401, 'close']);
    const tunnel = await sendRaw(safe.url, 'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n');
    assert.deepEqual([tunnel?.status, tunnel?.headers.get('connection')], [400, 'close']);
    assert.equal(tunnel?.headers.get('x-content-type-options'), 'nosniff');
  });
});
