import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { socketPath } from '../src/admin/socket-path.ts';
import { backupBytes } from './canary/backup-bytes.ts';
import { failOnce } from './canary/fail-once.ts';
import { bringDevice, bringFiles } from './canary/files-and-devices.ts';
import { type Find, findTexts, spellingsOf } from './canary/spellings.ts';
import { storeBytes } from './canary/store-bytes.ts';
import { finish } from './import/plan-steps.ts';
import { type Answer, engines, type Person, startSafe, type TestSafe } from './start-safe.ts';
import { openByHand } from './store-by-hand.ts';
import { done } from './v1/problem.ts';

// Two marks: one that every encoding leaves readable, and one that every encoding changes in its own way.
const plain = 'CanaryQx7Vn2Kp9RtW';
const rich = 'Zß "ñ/\\& 7-%canary';
const both = (where: string): string => `${plain} ${rich} ${where}`;
const seed = 'CANARYSEEDQ7X2VN4KPRTW';
const limitAddress = '198.51.100.213';
const fingerprint = 'c0ffee00'.repeat(8);
const wrongId = 'ba5eba11deadbea7'.repeat(3).slice(0, 41);
const wrongSecret = 'feedfacecafed00d'.repeat(2);

for (const engine of engines) {
  describe(`what was put into the safe, on ${engine}`, () => {
    let safe: TestSafe;
    const answers: Answer[] = [];
    const texts = new Map([
      ['the plain mark', plain],
      ['the rich mark', rich],
      ['the seed', seed],
      ['an allowed address', limitAddress],
      ['a fingerprint', fingerprint],
      ['a wrong client id', wrongId],
      ['a wrong client secret', wrongSecret],
    ]);

    // A place of its own for temporary files: whatever this process leaves there is the safe's.
    const shared = process.env.TMPDIR;
    const scratch = mkdtempSync(join(tmpdir(), 'arca-canary-'));
    before(async () => {
      process.env.TMPDIR = scratch;
      safe = await startSafe(engine, { ARCA_LOG_LEVEL: 'trace' });
      await fillSafe(safe, texts, answers);
    });
    after(async () => {
      await safe.close();
      if (shared === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = shared;
      rmSync(scratch, { recursive: true });
    });

    it('was really put there and met failures of every sort', () => {
      const statuses = new Set(answers.map(({ status }) => status));
      for (const status of [200, 201, 400, 401, 403, 404, 500]) assert.ok(statuses.has(status), `no answer ${status}`);
      assert.ok(answers.some(({ status, text }) => status < 300 && text.includes(plain)));
    });

    it('is not found in the store, its WAL or any file beside it', async () => {
      if (engine === 'sqlite') assert.ok(statSync(join(safe.settings.dataDir, 'safe.db-wal')).size > 0);
      const places = await storeBytes(safe);
      // A file, its earlier version, and what has come of an upload that nobody goes on with.
      assert.ok(
        [...places.keys()].filter((place) => place.startsWith('files/')).length >= 3,
        [...places.keys()].join(),
      );
      assertNone(findTexts(places, texts));
    });

    it('is not found in temporary files: there are none beside the data folder and the root key', () => {
      const files = readdirSync(scratch, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .filter((path) => !path.startsWith(safe.settings.dataDir));
      assert.deepEqual(
        files.map((path) => relative(scratch, path).replace(/^[^/]+/, '')),
        ['/test-root.key'],
      );
      assertNone(findTexts(new Map(files.map((path) => [path, readFileSync(path)])), texts));
    });

    it('is not found in the log', () => {
      assert.ok(safe.log().includes('"level":"error"'));
      assert.ok(safe.log().includes('"route":"/api/oauth2/token"'));
      assertNone(findTexts(new Map([['the log', Buffer.from(safe.log())]]), texts));
    });

    it('is not found in the answer to a failure', () => {
      const failed = answers.filter(({ status }) => status >= 400);
      const places = failed.map((one, at) => {
        const headers = [...one.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
        return [`answer ${at}, ${one.status}`, Buffer.from(`${headers}\n\n${one.text}`)] as const;
      });
      assertNone(findTexts(new Map(places), texts));
    });

    it('is not found in a backup, closed or opened, or in the files of its proof', async () => {
      const places = await backupBytes(safe);
      for (const name of ['the file of the backup', 'the bytes in the backup', 'safe.db of the proof'])
        assert.ok((places.get(name)?.length ?? 0) > 0, `${name} is empty, of ${[...places.keys()]}`);
      assertNone(findTexts(places, texts));
    });

    it('is not found in a crash report that was asked for, nor is the environment', () => {
      const { report } = process;
      // Nothing asks for one by itself.
      assert.deepEqual([report.reportOnFatalError, report.reportOnUncaughtException], [false, false]);
      process.env.ARCA_TEST_CANARY = rich;
      const written = JSON.stringify(report.getReport(new Error('a crash')));
      delete process.env.ARCA_TEST_CANARY;
      assert.ok(written.includes('a crash'));
      assert.ok(!written.includes('environmentVariables'));
      assertNone(findTexts(new Map([['the crash report', Buffer.from(written)]]), texts));
    });

    it('is not found after a restart either, nor in the anchors', async () => {
      await safe.restart();
      const places = await storeBytes(safe);
      assert.ok((places.get('anchors/anchors.jsonl')?.length ?? 0) > 0, [...places.keys()].join());
      assertNone(findTexts(places, texts));
    });

    it('would be found if it were there, in each spelling', async () => {
      const store = await openByHand(safe.settings);
      await store.run(`create table planted (cell ${engine === 'sqlite' ? 'blob' : 'bytea'} not null)`);
      for (const { name, bytes } of spellingsOf(rich)) {
        await store.run('delete from planted');
        await store.run('insert into planted values (?)', Buffer.concat([Buffer.from('\u0001abc'), bytes]));
        const finds = findTexts(await storeBytes(safe), new Map([['planted', rich]]));
        assert.ok(
          finds.some((find) => find.spelling === name),
          `${name} was not found`,
        );
      }
      await store.run('drop table planted');
      await store.close();
    });
  });
}

function assertNone(finds: readonly Find[]): void {
  assert.deepEqual(
    finds.map(({ place, what, spelling, around }) => `${what} in ${place} (${spelling}): ${around}`),
    [],
  );
}

/** Puts marks wherever the safe takes a text, with successes and every sort of failure. Adds what it learns to `texts`. */
async function fillSafe(safe: TestSafe, texts: Map<string, string>, answers: Answer[]): Promise<void> {
  const keep = (answer: Answer): Answer => {
    answers.push(answer);
    return answer;
  };
  const { operator } = safe;
  const ana = await safe.person('ana');
  const cell = `"${both('imported').replaceAll('"', '""')}"`;
  const csv = `name,url,username,password,note\n${cell},${cell},${cell},${cell},${cell}\n${cell},,${cell},${cell},\n`;
  const importer = await safe.signIn('ivo');
  const plan = { file: both('file'), content: Buffer.from(csv).toString('base64') };
  const planned = keep(await importer.call('POST', '/api/v1/imports', plan));
  await finish(importer, done<{ id: number }>(planned, 201).id, 'apply');
  for (const unreadable of [`{"${plain}": "${rich}`, `name,${plain}\n"${rich}`, `<KeePassFile>${plain}`]) {
    const content = Buffer.from(unreadable).toString('base64');
    keep(await importer.call('POST', '/api/v1/imports', { file: both('file'), content }));
  }
  const ben = await safe.person('ben', {
    description: both('description'),
    tags: [both('tag')],
    name: both('key'),
    addresses: ['127.0.0.0/8', limitAddress],
    encryption: 'rsa-oaep',
  });
  const referers = [`https://${plain}.example/${plain}`];
  await operator.run('access-key.change', { clientId: ben.clientId, referers });
  const eve = await safe.person('eve');
  await operator.run('access-key.change', { clientId: eve.clientId, fingerprint, addresses: [limitAddress] });
  const { pem } = await operator.run('access-key.view-private-key', { clientId: ben.clientId });
  texts.set('a private key', pem.split('\n')[20] ?? '');
  for (const { username, clientSecret, token } of [ana, ben, eve]) {
    texts.set(`the client secret of ${username}`, clientSecret);
    if (token) texts.set(`the token of ${username}`, token.split('.')[2] ?? '');
  }

  await operator.run('user.add', {
    username: 'cora',
    password: both('password'),
    name: both('person'),
    email: `${plain}@example.com`,
  });
  await operator.run('user.set-password', { username: 'cora', password: both('another password') });
  await operator.run('group.add', { name: 'crew', description: both('group'), members: ['ana', 'cora'] });
  const refused: (() => Promise<unknown>)[] = [
    () => operator.run('user.add', { username: both('username'), password: both('password') }),
    () => operator.run('user.add', { username: 'dora', password: both('password'), email: both('no address') }),
    () => operator.run('user.set-password', { username: `${plain}-nobody`, password: both('password') }),
    () => operator.run('group.add', { name: 'lost', members: [`${plain}-nobody`] }),
    () => operator.run('access-key.add', { owner: `${plain}-nobody`, name: both('key') }),
    () => operator.run('access-key.revoke', { clientId: both('id') }),
  ];
  for (const refusal of refused) await assert.rejects(refusal);

  const fields = {
    password: { name: both('name'), username: both('login'), password: both('secret'), url: `https://${both('url')}` },
    note: { name: both('name'), note: both('text') },
    secretapi: { name: both('name'), url: both('url'), client_id: both('id'), client_secret: both('secret') },
  };
  const more = {
    password: { secret_key: seed, notes: both('notes') },
    note: {},
    secretapi: { identifier_code: both('code'), notes: both('notes'), method: both('method') },
  };
  const reason = `justification=${encodeURIComponent(both('query'))}`;
  for (const kind of ['password', 'note', 'secretapi'] as const) {
    const sharing = {
      users_allowed: [{ username: both('ghost') }, { username: 'ben' }],
      groups_allowed: [{ name: both('group') }],
    };
    const whole = { ...fields[kind], ...more[kind], tags: both('tag'), ...sharing, unknown_field: both('unknown') };
    keep(await ana.call('POST', `/api/mysafe/${kind}`, whole));
    keep(await ana.call('PUT', `/api/mysafe/${kind}/update/1`, { ...fields[kind], tags: both('another tag') }));
    keep(await ana.call('GET', `/api/mysafe/${kind}/1?${reason}`));
    keep(await ben.call('GET', `/api/mysafe/${kind}/1`, undefined, { referer: `https://${plain}.example/${plain}/a` }));
    keep(await ben.call('GET', `/api/mysafe/${kind}/1`, undefined, { referer: `https://other.example/${plain}` }));
    keep(await ana.call('GET', `/api/mysafe/${kind}/1`, undefined, { 'x-justification': plain }));
    keep(await ana.call('GET', `/api/mysafe/${kind}?name=${encodeURIComponent(both('name'))}&tag=${plain}`));
    keep(await ana.call('POST', `/api/mysafe/${kind}`, { ...whole, name: both('long').repeat(20) }));
    keep(await ana.call('POST', `/api/mysafe/${kind}`, { ...whole, name: { [plain]: rich } }));
    keep(await ana.call('POST', `/api/mysafe/${kind}`, `{"name": "${plain}",\n ${plain}`));
    keep(await ana.call('POST', `/api/mysafe/${kind}/inactive/${plain}`));
    keep(await ana.call('GET', `/api/mysafe/${kind}/${encodeURIComponent(both('path'))}`));
    const told = { 'x-justification': plain, referer: `https://${plain}.example/` };
    const change = { ...whole, tags: plain };
    const failing = () => ana.call('PUT', `/api/mysafe/${kind}/update/1?${reason}`, change, told);
    await failOnce(safe, async () => keep(await failing()));
  }
  await askOwnApi(safe, ana, keep);
  await bringFiles(safe, ana, { plain, both, keep });
  await bringDevice(safe, importer, texts, { plain, both, keep });
  keep(await ana.call('GET', `/api/mysafe/${plain}?password=${encodeURIComponent(both('query'))}`));
  keep(await safe.call('GET', `/${plain}/%zz?a=${plain}`, undefined, { cookie: `session=${plain}` }));
  keep(await safe.call('GET', '/api/mysafe/note', undefined, { authorization: `Bearer ${plain}.${plain}.${plain}` }));
  await askTokens(safe, ana, keep);
  await askSocket(safe, `{"command":"user.add","input":\n${JSON.stringify(both('command'))} ${plain}`);
  await askSocket(safe, `\n${plain}`);
}

/** Requests to our own API with marks in every place, refused by its schemas, its rules and a store that fails. */
async function askOwnApi(safe: TestSafe, ana: Person, keep: (answer: Answer) => Answer): Promise<void> {
  const items = '/api/v1/items';
  const note = { name: both('name'), note: both('text'), tags: [both('tag')] };
  keep(await ana.call('POST', `${items}/note`, note));
  keep(await ana.call('POST', `${items}/note`, { ...note, name: both('long').repeat(200) }));
  keep(await ana.call('POST', `${items}/note`, { ...note, note: [{ [plain]: rich }] }));
  keep(
    await ana.call('POST', `${items}/note`, `{"note": "${plain}",\n ${plain}`, { 'content-type': 'application/json' }),
  );
  keep(await ana.call('POST', `${items}/note`, both('text'), { 'content-type': 'text/plain' }));
  keep(await ana.call('PATCH', `${items}/note/1`, note, { 'if-match': `"${plain}"` }));
  keep(await ana.call('PATCH', `${items}/note/99`, note, { 'idempotency-key': plain }));
  const query = encodeURIComponent(both('query'));
  keep(await ana.call('GET', `${items}?limit=${query}&cursor=${query}&kind=${query}`));
  keep(await ana.call('GET', `${items}?cursor=${query}&q=${query}`));
  keep(await ana.call('GET', `${items}/note/${encodeURIComponent(both('path'))}`));
  keep(await ana.call('POST', `${items}/note/99/reveal`, { justification: both('reason') }));
  keep(await ana.call('GET', `/api/v1/users/${plain}`));
  const person = { username: both('login').slice(0, 60), password: both('password') };
  keep(await safe.call('POST', '/api/v1/session', person));
  keep(await safe.call('POST', '/api/v1/session', person, { cookie: `__Host-arca_session=${plain}` }));
  await failOnce(safe, async () => keep(await ana.call('PATCH', `${items}/note/1`, note)));
}

/** Token requests with wrong and right credentials in every place that may hold them. */
async function askTokens(
  safe: TestSafe,
  { clientId, clientSecret }: { clientId: string; clientSecret: string },
  keep: (answer: Answer) => Answer,
): Promise<void> {
  const path = '/api/oauth2/token';
  const grant = { grant_type: 'client_credentials' };
  for (const [id, secret] of [
    [clientId, clientSecret],
    [clientId, wrongSecret],
    [clientId, both('secret')],
    [wrongId, wrongSecret],
    [both('id'), both('secret')],
  ] as const) {
    const query = new URLSearchParams({ ...grant, client_id: id, client_secret: secret, password: both('query') });
    const basic = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
    keep(await safe.call('POST', path, { ...grant, client_id: id, client_secret: secret }));
    keep(await safe.call('GET', `${path}?${query}`));
    keep(await safe.call('POST', path, grant, { authorization: basic }));
    await failOnce(
      safe,
      async () => keep(await safe.call('GET', `${path}?${query}`)),
      'access_keys',
      /^[0-9a-f]{41}$/.test(id),
    );
  }
  keep(await safe.call('POST', path, { grant_type: both('grant'), client_id: both('id') }));
  keep(await safe.call('POST', path, `{"client_secret":\n"${plain}`, { 'content-type': 'application/json' }));
}

/** Sends bytes that are no command to the socket for commands. */
async function askSocket(safe: TestSafe, body: string): Promise<void> {
  const { path, release } = socketPath(safe.settings.dataDir);
  const sent = request({ socketPath: path, method: 'POST', path: '/', agent: false });
  sent.end(body);
  const { promise, resolve } = Promise.withResolvers<void>();
  sent.on('close', resolve).on('error', () => resolve());
  sent.on('response', (response) => response.resume());
  await promise;
  release();
}
