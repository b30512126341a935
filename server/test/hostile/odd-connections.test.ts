import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openRaw, type RawAnswer, sendRaw } from '../raw-socket.ts';
import { engineOf } from '../start-safe.ts';
import { mustKeepPromises } from './answer-rules.ts';
import { mustBeUnharmed, type SeededSafe, startSeededSafe } from './seeded-safe.ts';

for (const engine of engineOf(import.meta.filename)) {
  describe(`odd connections on ${engine}`, () => {
    let seeded: SeededSafe;
    let url: string;
    before(async () => {
      seeded = await startSeededSafe(engine, { ARCA_REQUEST_TIMEOUT: '2' });
      url = seeded.safe.url;
    });
    after(() => seeded.safe.close());

    const head = (method: string, path: string, ...headers: string[]): string =>
      [
        `${method} ${path} HTTP/1.1`,
        'Host: safe',
        `Authorization: Bearer ${seeded.ana.token}`,
        ...headers,
        '',
        '',
      ].join('\r\n');
    const get = (path: string): string => head('GET', `/api/mysafe/${path}`);
    const post = (path: string, body: string, ...headers: string[]): string =>
      head('POST', `/api/mysafe/${path}`, `Content-Length: ${Buffer.byteLength(body)}`, ...headers) + body;
    const note = (name: string): string => JSON.stringify({ name, note: 'text' });

    function messageOf(answer: RawAnswer | null): string {
      assert.ok(answer !== null, 'closed without an answer');
      const text = mustKeepPromises('GET', answer);
      return `${answer.status} ${(JSON.parse(text) as { response: { message: string } }).response.message}`;
    }

    async function notesNamed(name: string): Promise<number> {
      const { json } = await seeded.ana.call('GET', `/api/mysafe/note?name=${encodeURIComponent(name)}`);
      return (json as { note_on_list: unknown[] }).note_on_list.length;
    }

    const unreadable = '400 1001: Request body is not valid JSON';

    it('get their answers in order when they send all requests at once', async () => {
      const connection = await openRaw(url);
      const requests = Array.from({ length: 40 }, (_, at) =>
        at % 4 === 3 ? post('note', note(`piped ${at}`)) : get('note/999999'),
      );
      connection.send(requests.join(''));
      for (const [at] of requests.entries()) {
        const said = messageOf(await connection.answer());
        assert.equal(
          said,
          at % 4 === 3 ? '201 Note successfully registered' : '400 1005: Note not found',
          `answer ${at}`,
        );
      }
      connection.close();
    });

    it('get the answers to whole requests before that to what follows them and is none', async () => {
      const connection = await openRaw(url);
      connection.send(`${post('note', note('followed'))}${get('note/999999')}no request at all\r\n\r\n`);
      assert.equal(messageOf(await connection.answer()), '201 Note successfully registered');
      assert.equal(messageOf(await connection.answer()), '400 1005: Note not found');
      assert.equal(messageOf(await connection.answer()), unreadable);
      assert.equal(await connection.answer(), null);
    });

    const dawdlers: Record<string, { start(): string; more(step: number): string }> = {
      'a body that never ends': {
        start: () => head('POST', '/api/mysafe/note', 'Content-Length: 1000'),
        more: () => 'x',
      },
      'chunks that never end': {
        start: () => head('POST', '/api/oauth2/token', 'Transfer-Encoding: chunked'),
        more: () => '1\r\nx\r\n',
      },
      'headers that never end': {
        start: () => 'GET /api/mysafe/note HTTP/1.1\r\nHost: safe\r\n',
        more: (step) => `X-${step}: 1\r\n`,
      },
      'half a body': { start: () => head('POST', '/api/mysafe/note', 'Content-Length: 5'), more: () => '' },
      'half a line': { start: () => 'GET /api/mysafe/note HTTP/1.1\r\nHost', more: () => '' },
      'half a word': { start: () => 'GE', more: () => '' },
      nothing: { start: () => '', more: () => '' },
    };
    it('are answered and closed in time when they send slowly, without end, or nothing', async () => {
      await Promise.all(
        Object.entries(dawdlers).map(async ([name, { start, more }]) => {
          const connection = await openRaw(url);
          connection.send(start());
          const answer = connection.answer();
          for (let step = 0; step < 45 && connection.isOpen(); step += 1) {
            connection.send(more(step));
            await sleep(100);
          }
          assert.equal(messageOf(await answer), unreadable, name);
          assert.equal(await connection.answer(), null, name);
        }),
      );
    });

    it('cannot hide a second request in the length of the first', async () => {
      const hidden = post('note', note('smuggled'));
      const framings = [
        ['Content-Length: 0', 'Transfer-Encoding: chunked', '', `0\r\n\r\n${hidden}`],
        [`Content-Length: ${hidden.length + 5}`, 'Transfer-Encoding: chunked', '', `0\r\n\r\n${hidden}`],
        ['Transfer-Encoding: chunked', `Content-Length: 5`, '', `0\r\n\r\n${hidden}`],
        ['Content-Length: 0', `Content-Length: ${hidden.length}`, '', hidden],
        [`Content-Length: +0`, '', hidden],
        [`Content-Length: 0x0`, '', hidden],
        ['Content-Length: 0, 0', '', hidden],
        ['Content-Length: -1', '', hidden],
        [`Content-Length: ${'9'.repeat(30)}`, '', hidden],
        ['Transfer-Encoding: xchunked', '', `0\r\n\r\n${hidden}`],
        ['Transfer-Encoding: chunked, identity', '', `0\r\n\r\n${hidden}`],
        ['Transfer-Encoding : chunked', '', `0\r\n\r\n${hidden}`],
        ['Transfer-Encoding:\x0bchunked', '', `0\r\n\r\n${hidden}`],
        ['Transfer-Encoding: chunked', '', `0x0\r\n\r\n${hidden}`],
        ['Transfer-Encoding: chunked', '', `-0\r\n\r\n${hidden}`],
        ['Transfer-Encoding: chunked', '', `fffffffffffffffff\r\n${hidden}`],
        ['X: a\nContent-Length: 0', '', hidden],
        ['X: a\rContent-Length: 0', '', hidden],
        [' Content-Length: 0', '', hidden],
      ];
      for (const lines of framings) {
        const start = `POST /api/mysafe/note/active/1 HTTP/1.1\r\nHost: safe\r\n`;
        const connection = await openRaw(url);
        connection.send(start + lines.join('\r\n'));
        for (let answer = await connection.answer(); answer !== null; answer = await connection.answer()) {
          assert.equal(messageOf(answer), unreadable, JSON.stringify(lines));
        }
        connection.close();
      }
      assert.equal(await notesNamed('smuggled'), 0);
    });

    it('are answered and closed when their headers are too many, too long, or none at all', async () => {
      const floods: Record<string, string> = {
        'a long header': head('GET', '/api/mysafe/note', `X: ${'x'.repeat(20_000)}`),
        'a long path': head('GET', `/api/mysafe/note/${'1'.repeat(20_000)}`),
        'many headers': head('GET', '/api/mysafe/note', ...Array.from({ length: 5000 }, (_, at) => `X-${at}: 1`)),
        'no host': 'GET /api/mysafe/note HTTP/1.1\r\n\r\n',
        'a NUL': head('GET', '/api/mysafe/note', 'X: a\0b'),
        'a long extension of a chunk': `${head('POST', '/api/mysafe/note', 'Transfer-Encoding: chunked')}1;${'x'.repeat(20_000)}\r\nx\r\n0\r\n\r\n`,
        'a newer protocol': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
        'another version': 'GET /api/mysafe/note HTTP/1.2\r\nHost: safe\r\n\r\n',
        'no HTTP': '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
        'a method that is none': head('FOO', '/api/mysafe/note'),
        'a path that is none': head('GET', '/api/mysafe/note not here'),
      };
      for (const [name, bytes] of Object.entries(floods)) {
        const connection = await openRaw(url);
        connection.send(Buffer.from(bytes, 'latin1'));
        assert.equal(messageOf(await connection.answer()), unreadable, name);
        assert.equal(await connection.answer().catch(() => 'still open'), null, name);
      }
      // A tunnel is not offered.
      const tunnel = await sendRaw(url, 'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n');
      assert.equal(messageOf(tunnel), unreadable);
    });

    it('are served in spite of an expectation that nobody can meet', async () => {
      assert.equal(
        messageOf(await sendRaw(url, post('note', note('expecting'), 'Expect: the unexpected'))),
        '201 Note successfully registered',
      );
      assert.equal(await notesNamed('expecting'), 1);
    });

    it('may cut a file short in a multipart body and harm nobody', async () => {
      const cut = '--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\nstart of a file';
      const type = 'Content-Type: multipart/form-data; boundary=b';
      assert.equal(messageOf(await sendRaw(url, post('note', cut, type))), unreadable);
      const token = `POST /api/oauth2/token HTTP/1.1\r\nHost: safe\r\n${type}\r\nContent-Length: ${cut.length}\r\n\r\n${cut}`;
      assert.equal(messageOf(await sendRaw(url, token)), unreadable);
      assert.equal((await seeded.safe.call('GET', '/healthz')).status, 200);
    });

    it('get an answer to a body without measure, on a GET for a token too', async () => {
      const part = 'x'.repeat(64 * 1024);
      for (const start of [
        head('POST', '/api/mysafe/note', 'Transfer-Encoding: chunked'),
        head('GET', '/api/oauth2/token', 'Transfer-Encoding: chunked'),
      ]) {
        const connection = await openRaw(url);
        connection.send(start);
        const answer = connection.answer();
        for (let sent = 0; sent < 64 && connection.isOpen(); sent += 1) {
          connection.send(`${part.length.toString(16)}\r\n${part}\r\n`);
          await sleep(1);
        }
        assert.match(messageOf(await answer), /^400 1001: /);
        assert.equal(await connection.answer(), null);
      }
    });

    it('may break off at any point and leave nothing half done', async () => {
      const whole = post('note', note('broken off'));
      await Promise.all(
        Array.from({ length: 60 }, async (_, at) => {
          const connection = await openRaw(url);
          connection.send(whole.slice(0, Math.ceil((whole.length * (at + 1)) / 62)));
          await sleep(at % 7);
          connection.close();
        }),
      );
      assert.equal(await notesNamed('broken off'), 0);
    });

    it('may leave before the answer to a whole request, which is done or not but never in part', async () => {
      await Promise.all(
        Array.from({ length: 60 }, async () => {
          const connection = await openRaw(url);
          connection.send(post('note', note('left early')));
          connection.close();
        }),
      );
      // How many were read before their client was gone is chance: each that was is whole.
      const { json } = await seeded.ana.call('GET', '/api/mysafe/note?name=left%20early');
      const stored = (json as { note_on_list: { identifier: string }[] }).note_on_list;
      assert.ok(stored.length <= 60);
      for (const { identifier } of stored) {
        const read = await seeded.ana.call('GET', `/api/mysafe/note/${identifier}`);
        assert.equal((read.json as { note_entity: { note: string } }).note_entity.note, 'text', read.text);
      }
    });

    it('are all served when two hundred come at once, beside two hundred that only sit there', async () => {
      const idle = await Promise.all(Array.from({ length: 200 }, () => openRaw(url)));
      const made = await Promise.all(
        Array.from({ length: 200 }, async () => messageOf(await sendRaw(url, post('note', note('crowd'))))),
      );
      assert.deepEqual([...new Set(made)], ['201 Note successfully registered']);
      for (const connection of idle) connection.close();
      assert.equal(await notesNamed('crowd'), 200);
    });

    it('leave the safe unharmed', () => mustBeUnharmed(seeded));
  });
}
