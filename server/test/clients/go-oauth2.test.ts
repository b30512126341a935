import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openRaw, type RawAnswer, type RawConnection } from '../raw-socket.ts';
import { engineOf, type Person, startSafe, type TestSafe } from '../start-safe.ts';
import { liveEveryLife, type WireBody } from './item-life.ts';

// The bytes are those that golang.org/x/oauth2 0.3 (clientcredentials) with Go 1.19 put on the wire: Go's own order of
// headers, its form encoding sorted by name, one kept connection, and no content type on a POST without a body.

type Token = { access_token: string; expires_in: number; error?: string };

for (const engine of engineOf(import.meta.filename)) {
  describe(`the bytes of Go's x/oauth2 on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    before(async () => {
      safe = await startSafe(engine);
      ana = await safe.person('ana');
    });
    after(() => safe.close());

    /** As net/http writes a request: its own headers, the length, then the others by name, compression last. */
    function requestOf(method: string, path: string, headers: Record<string, string>, body: string | null): string {
      const { host } = new URL(safe.url);
      const length = body === null ? '' : `Content-Length: ${Buffer.byteLength(body)}\r\n`;
      const own = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      const top = `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: Go-http-client/1.1\r\n`;
      return `${top}${length}${own.join('')}Accept-Encoding: gzip\r\n\r\n${body ?? ''}`;
    }

    async function ask(connection: RawConnection, bytes: string): Promise<RawAnswer> {
      connection.send(bytes);
      const answer = await connection.answer();
      if (answer === null) throw new Error('closed without an answer');
      return answer;
    }

    const form = 'application/x-www-form-urlencoded';
    const queryEscape = (text: string) => encodeURIComponent(text).replaceAll('%20', '+');
    const grant = 'grant_type=client_credentials&scope=a+b';

    function inHeader(secret: string): string {
      const basic = Buffer.from(`${queryEscape(ana.clientId)}:${queryEscape(secret)}`).toString('base64');
      return requestOf('POST', '/api/oauth2/token', { Authorization: `Basic ${basic}`, 'Content-Type': form }, grant);
    }

    function inParams(secret: string): string {
      const body = `client_id=${queryEscape(ana.clientId)}&client_secret=${queryEscape(secret)}&${grant}`;
      return requestOf('POST', '/api/oauth2/token', { 'Content-Type': form }, body);
    }

    /** What the library makes of an answer: a token, or its RetrieveError. */
    function tokenOf({ status, headers, body }: RawAnswer): Token {
      // Any other content type is parsed as a form, and a token without JSON type would be lost.
      assert.match(headers.get('content-type') ?? '', /^application\/json(;|$)/);
      const token = JSON.parse(body.toString()) as Token;
      if (status < 200 || status > 299 || token.error) throw new Error(`oauth2: "${token.error}" ${status}`);
      if (!token.access_token) throw new Error('oauth2: server response missing access_token');
      return token;
    }

    for (const [style, request] of [
      ['AuthStyleInHeader', inHeader],
      ['AuthStyleInParams', inParams],
    ] as const) {
      it(`get a token by ${style} and take every kind of item through its life on the same connection`, async () => {
        const connection = await openRaw(safe.url);
        const { access_token, expires_in } = tokenOf(await ask(connection, request(ana.clientSecret)));
        assert.equal(expires_in, 3600);
        await liveEveryLife(async (method, path, body) => {
          const headers: Record<string, string> = { Authorization: `Bearer ${access_token}` };
          if (body !== undefined) headers['Content-Type'] = 'application/json';
          const text = body === undefined ? (method === 'GET' ? null : '') : JSON.stringify(body);
          const answer = await ask(connection, requestOf(method, path, headers, text));
          return { status: answer.status, body: JSON.parse(answer.body.toString()) as WireBody };
        });
        assert.ok(connection.isOpen());
        connection.close();
      });
    }

    it('try the form after the header for one failed login, and hear the same from both', async () => {
      const connection = await openRaw(safe.url);
      const failures = [];
      for (const request of [inHeader, inParams]) {
        const answer = await ask(connection, request('wrong secret'));
        assert.throws(() => tokenOf(answer), { message: 'oauth2: "invalid_client" 401' });
        failures.push(answer.body.toString());
      }
      assert.equal(failures[0], failures[1]);
      connection.close();
    });

    it('are slowed after fifteen failed logins of two requests each, but never with the right secret', async () => {
      const strict = await startSafe(engine, { ARCA_FAILURES_PER_MINUTE: '30' });
      try {
        const bea = await strict.person('bea');
        const call = (headers: Record<string, string>, fields: object) =>
          strict.call('POST', '/api/oauth2/token', { grant_type: 'client_credentials', ...fields }, headers);
        const basic = (secret: string) => Buffer.from(`${bea.clientId}:${secret}`).toString('base64');
        for (let login = 1; login <= 17; login += 1) {
          const header = await call({ authorization: `Basic ${basic('no')}` }, {});
          const body = await call({}, { client_id: bea.clientId, client_secret: 'no' });
          const status = login <= 15 ? 401 : 429;
          assert.deepEqual([header.status, body.status], [status, status], `login ${login}`);
        }
        const right = await call({ authorization: `Basic ${basic(bea.clientSecret)}` }, {});
        assert.equal(right.status, 200, right.text);
      } finally {
        await strict.close();
      }
    });
  });
}
