import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openRaw, type RawConnection } from '../raw-socket.ts';
import { engineOf, type Person, startSafe, type TestSafe } from '../start-safe.ts';
import { liveEveryLife, type WireBody } from './item-life.ts';

// The bytes are those that Authlib 1.8, requests-oauthlib 2.0 (both over requests 2.34), httpx 0.28 and urllib of
// Python 3.11 put on the wire: their headers in their order, JSON with spaces and \u escapes.

type Style = { name: string; headers: string[]; type: string };

const requestsHeaders = [
  'User-Agent: python-requests/2.34.2',
  'Accept-Encoding: gzip, deflate',
  'Accept: application/json',
  'Connection: keep-alive',
];
const form = 'application/x-www-form-urlencoded';
const requestsOauthlib: Style = { name: 'requests-oauthlib', headers: requestsHeaders, type: form };
const authlib: Style = { name: 'Authlib', headers: requestsHeaders, type: `${form};charset=UTF-8` };
const authlibOverHttpx: Style = {
  name: 'Authlib over httpx',
  headers: [
    'Accept-Encoding: gzip, deflate',
    'Connection: keep-alive',
    'User-Agent: python-httpx/0.28.1',
    'Accept: application/json',
  ],
  type: `${form};charset=UTF-8`,
};
const urllib: Style = {
  name: 'urllib',
  headers: ['Accept-Encoding: identity', 'User-Agent: Python-urllib/3.11', 'Connection: close'],
  type: form,
};

/** As json.dumps writes it. */
function dumps(value: unknown): string {
  const text = JSON.stringify(value, null, 1).replaceAll(/\n */g, ' ').replaceAll('{ ', '{').replaceAll(' }', '}');
  return text.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

for (const engine of engineOf(import.meta.filename)) {
  describe(`the bytes of Python's clients on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    before(async () => {
      safe = await startSafe(engine);
      ana = await safe.person('ana');
    });
    after(() => safe.close());

    const grant = 'grant_type=client_credentials';
    const inBody = (secret: string) => `client_id=${ana.clientId}&client_secret=${secret}`;
    const basic = (secret: string) =>
      `Authorization: Basic ${Buffer.from(`${ana.clientId}:${secret}`).toString('base64')}`;

    function requestOf(method: string, path: string, headers: readonly string[], body: string | null): string {
      const length = body === null ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
      const lines = [`${method} ${path} HTTP/1.1`, `Host: ${new URL(safe.url).host}`, ...headers, ...length];
      return `${lines.join('\r\n')}\r\n\r\n${body ?? ''}`;
    }

    async function ask(connection: RawConnection, bytes: string): Promise<{ status: number; body: WireBody }> {
      connection.send(bytes);
      const answer = await connection.answer();
      if (answer === null) throw new Error('closed without an answer');
      return { status: answer.status, body: JSON.parse(answer.body.toString()) as WireBody };
    }

    type Request = (secret: string) => string;
    const token = '/api/oauth2/token';
    const typed = ({ headers, type }: Style) => [...headers, `Content-Type: ${type}`];
    const withBasic =
      (style: Style): Request =>
      (secret) =>
        requestOf('POST', token, [...typed(style), basic(secret)], grant);
    const withForm =
      (style: Style): Request =>
      (secret) =>
        requestOf('POST', token, typed(style), `${grant}&${inBody(secret)}`);

    const ways: [name: string, style: Style, request: Request][] = [
      ['client_secret_basic', authlib, withBasic(authlib)],
      ['client_secret_post', authlib, withForm(authlib)],
      [
        'a GET with the grant in the query and the client in the body',
        authlib,
        (secret) => requestOf('GET', `${token}?${grant}`, typed(authlib), inBody(secret)),
      ],
      ['client_secret_basic', authlibOverHttpx, withBasic(authlibOverHttpx)],
      ['client_secret_post', authlibOverHttpx, withForm(authlibOverHttpx)],
      ['Basic', requestsOauthlib, withBasic(requestsOauthlib)],
      ['include_client_id', requestsOauthlib, withForm(requestsOauthlib)],
      [
        'Basic and the client id in the form',
        requestsOauthlib,
        (secret) =>
          requestOf('POST', token, [...typed(requestsOauthlib), basic(secret)], `${grant}&client_id=${ana.clientId}`),
      ],
      [
        'a GET with everything in the query and a form content type',
        requestsOauthlib,
        (secret) => requestOf('GET', `${token}?${grant}&${inBody(secret)}`, typed(requestsOauthlib), null),
      ],
      [
        'a POST with everything in the query and an empty form',
        requestsOauthlib,
        (secret) => requestOf('POST', `${token}?${grant}&${inBody(secret)}`, typed(requestsOauthlib), ''),
      ],
      ['a form', urllib, withForm(urllib)],
      [
        'a form and Basic, both',
        urllib,
        (secret) => requestOf('POST', token, [...typed(urllib), basic(secret)], `${grant}&${inBody(secret)}`),
      ],
    ];

    for (const [name, style, request] of ways) {
      const closes = style.headers.includes('Connection: close');
      it(`get a token in the manner of ${style.name} by ${name}, and live with it`, async () => {
        let connection = await openRaw(safe.url);
        const { status, body } = await ask(connection, request(ana.clientSecret));
        assert.equal(status, 200, JSON.stringify(body));
        // Both libraries take an answer with an error member for a failure, and one without for a token.
        assert.deepEqual(Object.keys(body), ['token_type', 'expires_in', 'access_token']);
        const bearer = `Authorization: Bearer ${String(body.access_token)}`;
        const accept = style.headers.map((line) => line.replace(/^Accept: .*/, 'Accept: */*'));
        await liveEveryLife(async (method, path, sent) => {
          if (closes) connection = await openRaw(safe.url);
          const text = sent === undefined ? (method === 'GET' ? null : '') : dumps(sent);
          const type = sent === undefined ? [] : ['Content-Type: application/json'];
          // urllib calls even an empty body a form.
          const own = closes && text === '' ? [`Content-Type: ${form}`] : type;
          return ask(connection, requestOf(method, path, [...accept, bearer, ...own], text));
        });
        if (closes) assert.equal(await connection.answer(), null);
        else assert.ok(connection.isOpen());
        connection.close();
      });

      it(`are told of a wrong secret in the manner of ${style.name} by ${name}`, async () => {
        const connection = await openRaw(safe.url);
        const { status, body } = await ask(connection, request('wrong'));
        connection.close();
        assert.equal(status, 401);
        // Without a text here Authlib would store the failure as if it were a token.
        assert.deepEqual([body.error, body.error_description], ['invalid_client', 'Client authentication failed']);
      });
    }

    it('write an item with letters beyond ASCII as escapes and read them whole', async () => {
      const connection = await openRaw(safe.url);
      const headers = [...requestsHeaders, `Authorization: Bearer ${ana.token}`];
      const draft = { name: 'Größe 🗝', username: 'ü', password: '密码' };
      const text = dumps(draft);
      assert.ok(text.includes('"name": "Gr\\u00f6\\u00dfe \\ud83d\\udddd"'), text);
      const made = await ask(
        connection,
        requestOf('POST', '/api/mysafe/password', [...headers, 'Content-Type: application/json'], text),
      );
      const { identifier } = made.body.password_entity as { identifier: string };
      const read = await ask(connection, requestOf('GET', `/api/mysafe/password/${identifier}`, headers, null));
      const { name, username, password } = read.body.password_entity as typeof draft;
      assert.deepEqual({ name, username, password }, draft);
      connection.close();
    });
  });
}
