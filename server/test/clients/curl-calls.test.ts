import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { engineOf, type Person, startSafe, type TestSafe } from '../start-safe.ts';
import { type CurlAnswer, curl, curlEach, jsonOptions } from './curl.ts';
import { liveEveryLife, type WireBody } from './item-life.ts';

const json = 'Content-Type: application/json';

for (const engine of engineOf(import.meta.filename)) {
  describe(`calls by curl on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    let bearer: string[];
    before(async () => {
      safe = await startSafe(engine);
      ana = await safe.person('ana');
      await safe.person('bea');
      bearer = ['-H', `Authorization: Bearer ${ana.token}`];
    });
    after(() => safe.close());

    const to = (path: string) => `${safe.url}/api/mysafe/${path}`;
    const call = (path: string, ...options: string[]) => curl(...bearer, ...options, to(path));
    const messageOf = ({ json: body }: CurlAnswer) => (body as WireBody).response.message;
    const payloadOf = <T>({ json: body }: CurlAnswer, key: string) => (body as WireBody)[key] as T;

    async function made(...options: string[]): Promise<string> {
      const answer = await call('password', ...options);
      assert.equal(answer.status, 201, answer.text);
      return payloadOf<{ identifier: string }>(answer, 'password_entity').identifier;
    }

    type Read = {
      name: string;
      password: string;
      notes: string;
      tags: string;
      users_allowed: { username: string; can_edit: boolean }[];
    };

    async function read(identifier: string): Promise<Read> {
      const answer = await call(`password/${identifier}`);
      assert.equal(answer.status, 200, answer.text);
      return payloadOf<Read>(answer, 'password_entity');
    }

    it('take every kind of item through its life with --json', async () => {
      await liveEveryLife(async (method, path, body) => {
        const data = body === undefined ? [] : await jsonOptions(JSON.stringify(body));
        const answer = await curl(...bearer, '-X', method, ...data, `${safe.url}${path}`);
        return { status: answer.status, body: answer.json as WireBody };
      });
    });

    const fields = ['name=Böse & gut', 'username=root', 'password=a+b=c&d%20e', 'tags=x, y'];
    const asMade = { name: 'Böse & gut', password: 'a+b=c&d%20e', tags: 'x, y' };
    const shared = [{ username: 'bea', can_edit: true }];
    const each = (option: string, values: readonly string[]) => values.flatMap((value) => [option, value]);
    const ways: Record<string, string[]> = {
      '--data-urlencode, sharing cell by cell': each('--data-urlencode', [
        ...fields,
        'users_allowed[0][username]=bea',
        'users_allowed[0][can_edit]=1',
      ]),
      '--data-urlencode, sharing as one JSON text': each('--data-urlencode', [
        ...fields,
        `users_allowed=${JSON.stringify(shared)}`,
      ]),
      '--data-urlencode under a JSON content type': [
        ...each('--data-urlencode', [...fields, `users_allowed=${JSON.stringify(shared)}`]),
        ...['-H', json],
      ],
      '-F': each('-F', [...fields, `users_allowed=${JSON.stringify(shared)}`]),
      '-F, sharing cell by cell': each('-F', [
        ...fields,
        'users_allowed[0][username]=bea',
        'users_allowed[0][can_edit]=true',
      ]),
      '-d with JSON and no content type': [
        ...['-H', 'Content-Type:', '-d'],
        JSON.stringify({ ...asMade, username: 'root', users_allowed: shared }),
      ],
    };
    for (const [name, options] of Object.entries(ways)) {
      it(`create a password by ${name}`, async () => {
        const { name: called, password, tags, users_allowed } = await read(await made(...options));
        assert.deepEqual({ name: called, password, tags, users_allowed }, { ...asMade, users_allowed: shared });
      });
    }

    it('pass over a file in a multipart body', async () => {
      const file = join(safe.settings.dataDir, 'notes.txt');
      await writeFile(file, 'from a file');
      const identifier = await made(...each('-F', ['name=f', 'username=u', 'password=p', `notes=@${file}`]));
      assert.equal((await read(identifier)).notes, '');
      const inline = await made(...each('-F', ['name=f', 'username=u', 'password=p', `notes=<${file}`]));
      assert.equal((await read(inline)).notes, 'from a file');
    });

    it('filter a list by -G --data-urlencode', async () => {
      await made(...(await jsonOptions('{"name":"Ärger + Co","username":"u","password":"p","tags":"a&b"}')));
      for (const filter of [['name=ärger + co'], ['tag=A&B'], ['name=Ärger + Co', 'tag=a&b', 'username=U']]) {
        const answer = await call('password', '-G', ...each('--data-urlencode', filter));
        assert.equal(payloadOf<unknown[]>(answer, 'password_on_list').length, 1, answer.text);
      }
    });

    it('disable and enable with every sort of empty or useless body', async () => {
      const identifier = await made('-d', 'name=e&username=u&password=p');
      const bodies = [
        ['-X', 'POST'],
        ['-X', 'POST', '-H', json],
        ['-X', 'POST', '-H', 'Content-Length: 0'],
        ['-d', ''],
        ['-d', '', '-H', json],
        ['-d', 'not json', '-H', json],
        ['-X', 'POST', '-H', 'Content-Type: none'],
        ['-X', 'POST', '-H', 'Transfer-Encoding: chunked', '-d', ''],
        ['-F', 'x=y'],
        ['-d', '', '-0'],
      ];
      for (const options of bodies) {
        assert.equal(
          messageOf(await call(`password/inactive/${identifier}`, ...options)),
          'Password successfully deactivated',
        );
        assert.equal(
          messageOf(await call(`password/active/${identifier}`, ...options)),
          'Password successfully activated',
        );
      }
    });

    it('read by a GET that carries a body', async () => {
      const identifier = await made('-d', 'name=g&username=u&password=p');
      for (const options of [['-d', 'x=y'], await jsonOptions('{"x":1}'), ['-d', '{', '-H', json], ['-F', 'x=y']]) {
        const [first, second] = await curlEach(
          ...[...bearer, '-X', 'GET', ...options, to(`password/${identifier}`), to('password')],
        );
        // The body that nobody read does not stand in the way of the next request on the same connection.
        assert.deepEqual([first?.status, second?.status, second?.connects], [200, 200, 0]);
      }
    });

    it('share one connection, whatever is answered on it', async () => {
      const paths = ['password', 'password/999', 'password/abc', 'card', 'note', 'secretapi'];
      const answers = await curlEach(...bearer, ...paths.map(to));
      assert.deepEqual(
        answers.map(({ status }) => status),
        [200, 400, 400, 404, 200, 200],
      );
      assert.deepEqual(
        answers.map(({ connects }) => connects),
        [1, 0, 0, 0, 0, 0],
      );
    });

    it('are answered in HTTP/1.0, and with --compressed', async () => {
      for (const options of [['-0'], ['-0', '-H', 'Connection: keep-alive'], ['--compressed']]) {
        const answer = await call('note', ...options);
        assert.deepEqual([answer.status, messageOf(answer)], [200, ''], answer.text);
      }
    });

    it('send a body of nearly 1 MiB that waits for 100 Continue', async () => {
      const file = join(safe.settings.dataDir, 'large.json');
      const draft = { name: 'large', username: 'u', password: 'p', unknown: 'x'.repeat(1024 * 1024 - 100) };
      await writeFile(file, JSON.stringify(draft));
      const identifier = await made('-H', json, '-H', 'Expect: 100-continue', '--data-binary', `@${file}`);
      assert.equal((await read(identifier)).name, 'large');
    });

    it('get an answer for a body over 1 MiB, however it is sent', async () => {
      const file = join(safe.settings.dataDir, 'too-large.json');
      const draft = { name: 'large', username: 'u', password: 'p', unknown: 'x'.repeat(8 * 1024 * 1024) };
      await writeFile(file, JSON.stringify(draft));
      const sent = ['-H', json, '--data-binary', `@${file}`];
      for (const options of [
        ['-H', 'Expect: 100-continue'],
        ['-H', 'Expect:'],
        ['-H', 'Expect:', '-H', 'Transfer-Encoding: chunked'],
        ['-0', '-H', 'Expect:'],
      ]) {
        const answer = await call('password', ...sent, ...options);
        assert.deepEqual([answer.status, messageOf(answer)], [400, "1001: Parameter 'body' is invalid!"], answer.text);
      }
    });

    it('are told 404 for a method or a path that leads nowhere', async () => {
      for (const options of [
        ['-X', 'DELETE'],
        ['-X', 'PATCH'],
        ['-X', 'OPTIONS'],
        ['-X', 'QUERY', '-d', 'x'],
        ['-X', 'QUERY'],
      ]) {
        const answer = await call('password', ...options);
        assert.deepEqual(
          [answer.status, messageOf(answer)],
          [404, 'No route matched with those values'],
          options.join(' '),
        );
      }
      const head = await call('password', '-I', '-o', '/dev/null');
      assert.deepEqual([head.status, head.text], [404, '']);
    });
  });
}
