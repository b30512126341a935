import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { auditLines } from '../audit-left.ts';
import { anyPassword, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { done, mustRefuse } from './problem.ts';
import type { SessionBody } from './sign-in-steps.ts';

// Decided before any store is asked: one engine shows it.

describe('where a session may be used from', () => {
  let safe: TestSafe;
  let ana: SignedIn;
  const origins = () => {
    const own = safe.url;
    return [
      { from: 'the own page', headers: { 'sec-fetch-site': 'same-origin', origin: own }, isOwn: true },
      { from: 'the own page, told by one header', headers: { 'sec-fetch-site': 'same-origin' }, isOwn: true },
      { from: 'the own page in an older browser', headers: { origin: own }, isOwn: true },
      {
        from: 'another site',
        headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
        isOwn: false,
      },
      { from: 'another site in an older browser', headers: { origin: 'https://evil.example' }, isOwn: false },
      { from: 'another host of the same site', headers: { 'sec-fetch-site': 'same-site' }, isOwn: false },
      { from: 'no page at all', headers: { 'sec-fetch-site': 'none' }, isOwn: false },
      { from: 'a sandboxed frame', headers: { origin: 'null' }, isOwn: false },
      { from: 'the own page by its name only', headers: { origin: own.replace(/^https?/, 'ftp') }, isOwn: false },
      { from: 'a name that begins alike', headers: { origin: `${own}.evil.example` }, isOwn: false },
      {
        from: 'a foreign origin that claims to be the same',
        headers: { 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' },
        isOwn: false,
      },
    ];
  };

  before(async () => {
    safe = await startSafe('sqlite');
    ana = await safe.signIn('ana', 'admin');
  });
  after(() => safe.close());

  it('is its own pages', async () => {
    for (const { from, headers, isOwn } of origins()) {
      const answer = await safe.call('PATCH', '/api/v1/profile', { name: from }, { cookie: ana.cookie, ...headers });
      if (isOwn) done(answer);
      else mustRefuse(answer, 403, 'origin_foreign', from);
      const { name } = done<{ name: string }>(await ana.call('GET', '/api/v1/profile'));
      assert.equal(name === from, isOwn, from);
    }
  });

  it('is no program that says nothing of where it comes from', async () => {
    const answer = await safe.call('DELETE', '/api/v1/session', undefined, { cookie: ana.cookie });
    mustRefuse(answer, 403, 'origin_foreign');
    done(await ana.call('GET', '/api/v1/session'));
  });

  it('holds for every operation that is no mere read', async () => {
    const foreign = { cookie: ana.cookie, 'sec-fetch-site': 'cross-site' };
    const calls = [
      ['POST', '/session'],
      ['DELETE', '/session'],
      ['POST', '/session/proof'],
      ['DELETE', '/sessions'],
      ['DELETE', '/sessions/7c0e5a52-3f0e-4f39-9a39-0b9e4a4f6d11'],
      ['PATCH', '/profile'],
      ['POST', '/profile/password'],
      ['POST', '/profile/second-factor'],
      ['POST', '/profile/second-factor/confirm'],
      ['DELETE', '/profile/second-factor'],
      ['POST', '/profile/recovery-codes'],
      ['PATCH', '/policy'],
    ] as const;
    for (const [method, path] of calls) {
      mustRefuse(await safe.call(method, `/api/v1${path}`, {}, foreign), 403, 'origin_foreign', `${method} ${path}`);
    }
  });

  it('lets no other site sign anyone in, be it with its own account', async () => {
    const body = { username: 'ana', password: anyPassword };
    for (const { from, headers, isOwn } of origins()) {
      const answer = await safe.call('POST', '/api/v1/session', body, headers);
      assert.equal(answer.headers.getSetCookie().length > 0, isOwn, from);
      if (!isOwn) mustRefuse(answer, 403, 'origin_foreign', from);
    }
    // A program has no browser that could be misled.
    done(await safe.call('POST', '/api/v1/session', body), 201);
  });

  it('is nothing that a form of another site can send', async () => {
    const headers = { cookie: ana.cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'text/plain' };
    const answer = await safe.call('PATCH', '/api/v1/profile', '{"name":"by a form"}', headers);
    mustRefuse(answer, 415, 'media_type_unknown');
  });

  it('is the public URL where there is one, whatever the Host header says', async () => {
    const port = await freePort();
    const behind = await startSafe('sqlite', {
      ARCA_PORT: String(port),
      ARCA_PUBLIC_URL: `http://localhost:${port}/`,
    });
    try {
      await behind.operator.run('user.add', { username: 'ana', password: anyPassword });
      for (const [origin, status] of [
        [`http://localhost:${port}`, 201],
        [`http://127.0.0.1:${port}`, 403],
        [`https://localhost:${port}`, 403],
      ] as const) {
        const response = await fetch(`http://127.0.0.1:${port}/api/v1/session`, {
          method: 'POST',
          headers: { origin, 'content-type': 'application/json' },
          body: JSON.stringify({ username: 'ana', password: anyPassword }),
        });
        assert.equal(response.status, status, origin);
        await response.text();
      }
    } finally {
      await behind.close();
    }
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('a session beside other credentials', () => {
  let safe: TestSafe;
  let ana: SignedIn;
  before(async () => {
    safe = await startSafe('sqlite');
    ana = await safe.signIn('ana');
  });
  after(() => safe.close());

  it('counts for nothing on the wire of the vendor', async () => {
    for (const [method, path] of [
      ['GET', '/api/mysafe/password'],
      ['POST', '/api/mysafe/note'],
      ['GET', '/iso/mysafe/note/1'],
    ] as const) {
      assert.equal((await ana.call(method, path, method === 'POST' ? {} : undefined)).status, 401, path);
    }
    assert.equal((await ana.call('POST', '/api/oauth2/token', { grant_type: 'client_credentials' })).status, 401);
  });

  it('gives way to a bearer token: whoever sends both means the token', async () => {
    const ben = await safe.person('ben');
    const authorization = `Bearer ${ben.token}`;
    const made = await ana.call('POST', '/api/v1/items/note', { name: 'by token', note: 'x' }, { authorization });
    assert.deepEqual(await auditLines(safe, made), ['item.created ben note:1']);
    // A key's token reaches no session, though the cookie would.
    const answer = await ana.call('GET', '/api/v1/session', undefined, { authorization });
    mustRefuse(answer, 403, 'access_denied');
  });

  it('does not help out a token that does not count', async () => {
    for (const authorization of ['Bearer wrong', 'Bearer a.b.c']) {
      mustRefuse(await ana.call('GET', '/api/v1/session', undefined, { authorization }), 401, 'token_invalid');
    }
    // What is no bearer token at all is none.
    for (const authorization of ['Bearer ', 'Basic YW5hOng=']) {
      const { user } = done<SessionBody>(await ana.call('GET', '/api/v1/session', undefined, { authorization }));
      assert.equal(user.username, 'ana');
    }
  });

  it('is read from a cookie of its very name only', async () => {
    const token = ana.cookie.split('=')[1] ?? '';
    const call = (cookie: string) => safe.call('GET', '/api/v1/session', undefined, { cookie });
    for (const name of ['arca_session', '__Secure-arca_session', '__host-arca_session', 'x__Host-arca_session']) {
      mustRefuse(await call(`${name}=${token}`), 401, 'token_missing', name);
    }
    for (const cookie of [`a=b; ${ana.cookie}; c=d`, `a=b;${ana.cookie}`]) done(await call(cookie));
    for (const wrong of [token.slice(1), `${token}A`, `"${token}"`, '', 'a b', token.toLowerCase()]) {
      mustRefuse(await call(`__Host-arca_session=${wrong}`), 401, 'token_invalid', wrong);
    }
  });
});
