import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Person, startSafe, type TestSafe } from '../server/test/start-safe.ts';
import { groupNames } from './exchange.ts';
import { readOptions, usage } from './options.ts';
import { type DeviatingServer, startDeviatingServer } from './test/deviating-server.ts';
import { playOn } from './test/play-on.ts';

type Ended = { code: number | null; stdout: string; stderr: string };

/** Runs the command as npm does, in an environment of its own. */
async function run(options: readonly string[], environment: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'run.ts'), ...options], {
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended: Ended = { code: null, stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (piece) => {
      ended[stream] += piece;
    });
  }
  [ended.code] = (await once(child, 'close')) as [number | null];
  return ended;
}

const url = ['--url', 'http://127.0.0.1:9'];
const key = { ARCA_CONFORMANCE_CLIENT_ID: 'c0ffee', ARCA_CONFORMANCE_CLIENT_SECRET: 'not-a-real-one' };

/** What makes no sense is told in one sentence, without any value that was given. */
const mistakes: [options: string[], sentence: string, environment?: Record<string, string>][] = [
  [[], '--url is missing.', {}],
  [url, 'Neither --client-id nor ARCA_CONFORMANCE_CLIENT_ID is given.', {}],
  [[...url, '--client-id', 'x'], 'Neither --client-secret nor ARCA_CONFORMANCE_CLIENT_SECRET is given.', {}],
  [[...url, 'hush-hush'], 'There is a word that belongs to no option.'],
  [[...url, '--hush-hush'], 'There is an option that is none of these.'],
  [[...url, '--hush=hush-hush'], 'There is an option that is none of these.'],
  [
    [...url, '--client-secret'],
    '--client-secret needs a value; one that begins with a dash is written --client-secret=VALUE.',
  ],
  [
    [...url, '--client-secret', '--hush-hush'],
    '--client-secret needs a value; one that begins with a dash is written --client-secret=VALUE.',
  ],
  [[...url, '--write=hush-hush'], '--write takes no value.'],
  [['--url', 'hush-hush'], '--url must be such as https://safe.example.com.'],
  [['--url', 'ftp://hush-hush'], '--url must be such as https://safe.example.com.'],
  [['--url', 'https://hush:hush-hush@x.test'], '--url may hold a path, but no credentials, query or fragment.'],
  [['--url', 'https://x.test/?hush-hush'], '--url may hold a path, but no credentials, query or fragment.'],
  [[...url, '--prefix', 'hush-hush'], '--prefix is api or iso.'],
  [[...url, '--ca', '/hush-hush'], '--ca must be a file with PEM certificates.'],
  [[...url, '--ca', import.meta.filename], '--ca must be a file with PEM certificates.'],
  [[...url, '--timeout', '0'], '--timeout is a whole number from 1 to 600.'],
  [[...url, '--pause', 'hush-hush'], '--pause is a whole number from 0 to 60000.'],
];

describe('the command', () => {
  for (const [options, sentence, environment = key] of mistakes) {
    it(`refuses ${options.slice(-2).join(' ') || 'nothing at all'}`, () => {
      assert.throws(() => readOptions(options, environment), { name: 'UsageProblem', message: sentence });
      assert.doesNotMatch(sentence, /hush-hush/);
    });
  }

  it('refuses words that no exchange has, before anything is sent', async () => {
    const someone = { clientId: 'c0ffee', clientSecret: 'not-a-real-one' };
    const message = 'No exchange has one of the words of --only in its group or name.';
    await assert.rejects(playOn('http://127.0.0.1:9', someone, '--only', 'hush-hush'), {
      name: 'UsageProblem',
      message,
    });
  });

  it('tells a mistake with its options, and ends with 2', async () => {
    const { code, stdout, stderr } = await run([...url, 'hush-hush'], key);
    assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
    assert.equal(stderr, `There is a word that belongs to no option.\n\n${usage}\n`);
  });

  it('says in a sentence that nobody listens, that a name leads nowhere, and that plain HTTP hides nothing', async () => {
    assert.deepEqual(await run(url, key), { code: 2, stdout: '', stderr: 'Nothing listens at 127.0.0.1:9.\n' });
    const nowhere = await run(['--url', 'http://safe.invalid'], key);
    assert.equal(nowhere.code, 2);
    assert.equal(
      nowhere.stderr,
      'The secret travels unencrypted: --url begins with http.\nThe name safe.invalid leads nowhere.\n',
    );
  });
});

describe('the page about the command', () => {
  const page = readFileSync(join(import.meta.dirname, '../docs/reference/conformance.md'), 'utf8');
  const named = (text: string, pattern: RegExp) => [...new Set(text.match(pattern))].sort();

  it('has every option, variable and group, and no other', () => {
    const options = /--[a-z][a-z-]+/g;
    const rows = page.split('\n').filter((line) => line.startsWith('| `--'));
    assert.deepEqual(
      named(rows.map((row) => row.split('|')[1]).join(), options),
      named(usage, options).filter((one) => one !== '--silent'),
    );
    const variables = /ARCA_[A-Z_]+/g;
    assert.deepEqual(named(page, variables), named(usage, variables));
    for (const group of groupNames) assert.match(page, new RegExp(`^\\|[^|]*\`${group}\``, 'm'));
  });
});

describe('the command and a server', () => {
  let safe: TestSafe;
  let ana: Person;
  let server: DeviatingServer;
  let credentials: Record<string, string>;
  before(async () => {
    safe = await startSafe('sqlite');
    ana = await safe.person('ana');
    server = await startDeviatingServer(safe.url);
    credentials = { ARCA_CONFORMANCE_CLIENT_ID: ana.clientId, ARCA_CONFORMANCE_CLIENT_SECRET: ana.clientSecret };
    const made = await ana.call('POST', '/api/mysafe/note', { name: 'Door', note: 'canary-4711' });
    assert.equal(made.status, 201, made.text);
  });
  after(async () => {
    await server.close();
    await safe.close();
  });

  it('ends with 0 when all is alike, and the counts in the last line', async () => {
    server.deviate(() => undefined);
    const { code, stdout, stderr } = await run(
      ['--url', `${server.url}/`, '--only', 'note/,credentials/'],
      credentials,
    );
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /\n\n\d+ alike, 0 differ, \d+ skipped\n$/);
    assert.equal(stderr, '');
  });

  it('takes the credentials from its options too, and those first', async () => {
    server.deviate(() => undefined);
    const given = ['--client-id', ana.clientId, '--client-secret', ana.clientSecret];
    const { code } = await run(['--url', server.url, '--only', 'routes/', ...given], key);
    assert.equal(code, 0);
  });

  it('ends with 1 when something differs, and says the same as JSON', async () => {
    server.deviate(({ path }, { text }) =>
      path.endsWith('/note/abc') ? { text: text.replaceAll('Unexpected', 'Odd') } : undefined,
    );
    const only = ['--url', server.url, '--only', 'note-read'];
    const told = await run(only, credentials);
    assert.equal(told.code, 1);
    assert.match(
      told.stdout,
      /\ndifferences\n {2}note-read-bad-identifier: response\.message: expected "1010: Unexpected identifier type", came "1010: Odd identifier type" \(matters to some: clients that compare texts; the contract\)\n\n/,
    );
    const { code, stdout } = await run([...only, '--json'], credentials);
    assert.equal(code, 1);
    assert.equal(stdout.split('\n').length, 2);
    const { exchanges, ...counts } = JSON.parse(stdout);
    assert.deepEqual(counts, {
      ...{ url: `${server.url}/`, prefix: 'api', write: false, alike: 3, differ: 1, skipped: 10, stopped: null },
      ...{ disabled: [], left: [] },
    });
    const [found] = exchanges.filter(({ verdict }: { verdict: string }) => verdict === 'differs');
    assert.deepEqual(found, {
      ...{ id: 'note-read-bad-identifier', group: 'note', source: null, verdict: 'differs', why: null },
      differences: [
        {
          ...{ sort: 'message', at: 'response.message', source: null },
          ...{ expected: '"1010: Unexpected identifier type"', came: '"1010: Odd identifier type"' },
          ...{ matters: 'some', to: 'clients that compare texts' },
        },
      ],
    });
  });

  it('ends with 2 when nothing was played', async () => {
    server.deviate(() => undefined);
    const { code, stdout } = await run(['--url', server.url, '--only', 'note-update-by-post'], credentials);
    assert.equal(code, 2);
    assert.match(stdout, /\n0 alike, 0 differ, 3 skipped\n$/);
  });

  const closed: [what: string, deviation: Parameters<DeviatingServer['deviate']>[0], sentence: string][] = [
    [
      'wrong credentials',
      (_asked, { text }) => ({ status: 401, text }),
      'The server refuses these credentials: it answered 401 to the request for a token.',
    ],
    [
      'too many requests',
      () => ({ status: 429, text: '' }),
      'The server asks for fewer requests (429): nothing was compared.',
    ],
    [
      'no token route',
      () => ({ status: 404, text: '<p>' }),
      'There is no token route at this URL (404); older servers may need --prefix iso.',
    ],
    ['a page', () => ({ status: 200, text: '<p>' }), 'The server gave no token: it answered 200.'],
    ['a broken connection', () => 'cut', 'HOST broke the connection (ECONNRESET).'],
    ['no answer', () => 'silence', 'HOST did not answer within 1 s.'],
  ];
  for (const [what, deviation, sentence] of closed) {
    it(`ends with 2 and one sentence for ${what}, after three tries at the most`, async () => {
      server.deviate(deviation);
      const { code, stdout, stderr } = await run(['--url', server.url, '--timeout', '1'], credentials);
      assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
      assert.equal(stderr.replace(new URL(server.url).host, 'HOST'), `${sentence}\n`);
      assert.ok(server.asked.length <= 3);
    });
  }

  it('never shows the secret, a token or what an item holds, even when the server says them everywhere', async () => {
    const tokens = new Set<string>();
    server.deviate((asked, { headers, text, json, status }) => {
      const { access_token: token } = (json ?? {}) as { access_token?: string };
      if (token) tokens.add(token);
      const { authorization = '' } = asked.headers;
      const basic = Buffer.from(`${ana.clientId}:${ana.clientSecret}`).toString('base64');
      const known = [ana.clientSecret.toUpperCase(), basic, authorization, [...tokens].slice(-3).join(), asked.path];
      const said = `\u001b[31m${'x'.repeat(150)}${known.join(' ')} ${asked.body}`;
      // As much as a header may be.
      const challenge = said.replaceAll(/[^ -~]/g, '').slice(0, 6000);
      const echoed = { ...headers, 'www-authenticate': challenge, location: `https://x.test/${challenge}` };
      // The first token is needed to come this far.
      if (server.asked.length === 0 || asked.path.startsWith('/api/mysafe/note?')) return undefined;
      const body = { ...(json as object), message: said, [said]: ana.clientSecret, response: { message: said } };
      return { headers: { ...echoed, 'content-type': challenge }, status, text: text && JSON.stringify(body) };
    });
    const words = ['--only', 'tokens/,routes/,note/,credentials/'];
    const all = ['--url', server.url, '--write', '--reveal', '--additions', '--query-credentials', ...words];
    const outputs = [await run(all, credentials), await run([...all, '--json'], credentials)];
    assert.ok(tokens.size > 10);
    for (const { code, stdout, stderr } of outputs) {
      const output = stdout + stderr;
      assert.equal(code, 1, output.slice(0, 500));
      const basic = Buffer.from(`${ana.clientId}:${ana.clientSecret}`).toString('base64');
      for (const secret of [ana.clientSecret, basic, 'canary-4711', ...tokens]) {
        assert.ok(!output.toLowerCase().includes(secret.toLowerCase()), secret.slice(0, 8));
      }
      assert.match(output, /\[hidden\]/);
      assert.ok(!output.includes('\u001b'));
    }
  });
});
