import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Person, startSafe, type TestSafe } from '../server/test/start-safe.ts';
import { conform } from './conform.ts';
import { readOptions } from './options.ts';
import { exitCodeOf, reportText } from './report.ts';
import { type DeviatingServer, startDeviatingServer } from './test/deviating-server.ts';
import { playOn } from './test/play-on.ts';

describe('a run is polite', () => {
  let safe: TestSafe;
  let ana: Person;
  let server: DeviatingServer;
  before(async () => {
    // The throttle that a safe has by default: a run must not provoke it.
    safe = await startSafe('sqlite', { ARCA_FAILURES_PER_MINUTE: '30', ARCA_FAILURES_PER_ADDRESS: '300' });
    ana = await safe.person('ana');
    server = await startDeviatingServer(safe.url);
  });
  after(async () => {
    await server.close();
    await safe.close();
  });

  const forTokens = () => server.asked.filter(({ path }) => path.includes('/oauth2/token'));
  const enabledNotes = async () => (await ana.call('GET', '/api/mysafe/note')).text;

  it('asks for one thing at a time, and with too few wrong credentials for any throttle', async () => {
    server.deviate(() => undefined);
    const report = await playOn(server.url, ana, '--write', '--reveal', '--additions', '--query-credentials');
    assert.equal(exitCodeOf(report), 0, reportText(report));
    assert.equal(server.mostAtOnce(), 1);
    const refused = server.asked.filter(({ status }) => status === 401);
    assert.equal(refused.length, 8);
    assert.equal(refused.filter(({ body }) => body.includes(ana.clientId)).length, 1);
  });

  it('sends nothing that could change something, and no secret in a URL, unless it is told to', async () => {
    server.deviate(() => undefined);
    await playOn(server.url, ana);
    const others = server.asked.filter(({ method, path }) => method !== 'GET' && !path.includes('/oauth2/token'));
    // No server knows this method there, and there is nothing in the request.
    assert.deepEqual(
      others.map(({ method, path, body }) => [method, path, body]),
      [['PATCH', '/api/mysafe/secretapi', '']],
    );
    assert.equal(server.asked.filter(({ path }) => path.includes(ana.clientSecret)).length, 0);
    await playOn(server.url, ana, '--query-credentials', '--only', 'tokens/');
    assert.equal(server.asked.filter(({ path }) => path.includes(ana.clientSecret)).length, 1);
  });

  it('stops at once when the server answers 429, and names what it left', async () => {
    server.deviate(({ path }) => (path.includes('/note/update/') ? { status: 429, text: '{}' } : undefined));
    const report = await playOn(server.url, ana, '--write', '--only', 'note-update,credentials/');
    assert.equal(exitCodeOf(report), 2);
    assert.equal(server.asked.at(-1)?.status, 429);
    assert.deepEqual(
      report.left.map(({ path }) => path),
      ['note'],
    );
    assert.equal(report.disabled.length, 0);
    const text = reportText(report);
    assert.match(text, /^ {2}note-update +skipped: the server answered 429$/m);
    assert.match(text, /\(8 more\) +skipped: not played any more$/m);
    assert.match(text, /^The server asks for fewer requests \(429\), and nothing was sent after that: try --pause\.$/m);
    for (const { identifier } of report.left) await ana.call('POST', `/api/mysafe/note/inactive/${identifier}`);
  });

  it('stops after three requests on end without an answer', async () => {
    server.deviate(({ path }) => (path.startsWith('/api/mysafe') ? 'cut' : undefined));
    const report = await playOn(server.url, ana, '--only', 'routes/,note/');
    assert.equal(exitCodeOf(report), 2);
    assert.equal(server.asked.filter(({ path }) => path.startsWith('/api/mysafe')).length, 3);
    assert.match(reportText(report), /^The server gave no answer 3 times on end: the rest was not played\.$/m);
  });

  it('asks for no more tokens when many ways of asking are refused, and compares the rest', async () => {
    server.deviate(({ headers, path }) => {
      const isPlainForm = headers['content-type'] === 'application/x-www-form-urlencoded' && !headers.authorization;
      return path.includes('/oauth2/token') && !isPlainForm
        ? { status: 401, text: '{"error":"invalid_client"}' }
        : undefined;
    });
    const report = await playOn(server.url, ana);
    assert.equal(forTokens().filter(({ status }) => status === 401).length, 7);
    const skipped = report.results.filter(({ why }) => why?.startsWith('7 requests for a token were refused'));
    assert.ok(skipped.length > 0 && skipped.every(({ id }) => /token|wrong-secret|unknown-client|no-cred/.test(id)));
    assert.equal(report.results.find(({ id }) => id === 'password-list')?.verdict, 'alike');
    assert.equal(exitCodeOf(report), 1);
  });

  it('stops when its token is refused again and again', async () => {
    server.deviate(({ path }, { json }) =>
      path.includes('/mysafe/') ? { status: 401, text: JSON.stringify(json) } : undefined,
    );
    const report = await playOn(server.url, ana, '--only', 'password/,note/');
    assert.equal(server.asked.filter(({ status }) => status === 401).length, 8);
    assert.equal(exitCodeOf(report), 2);
  });

  it('disables what it made when it is interrupted', async () => {
    const before = await enabledNotes();
    const interrupted = new AbortController();
    server.deviate(({ path }) => {
      if (path.includes('/note/update/')) interrupted.abort();
      return undefined;
    });
    const credentials = ['--client-id', ana.clientId, '--client-secret', ana.clientSecret];
    const options = readOptions(['--url', server.url, ...credentials, '--write', '--only', 'note/'], {});
    const said: string[] = [];
    const report = await conform(options, interrupted.signal, (line) => said.push(line));
    assert.match(said.join(), /^Makes items named arca-conformance-[0-9a-f]{8} \.\.\., and disables them at the end/);
    assert.equal(report.stopped?.sentence, 'Interrupted: the rest was not played.');
    assert.equal(report.disabled.length, 1);
    assert.equal(await enabledNotes(), before);
  });

  it('does not follow a redirect with its credentials', async () => {
    const elsewhere = await startDeviatingServer(safe.url);
    try {
      server.deviate(() => ({ status: 307, headers: { location: `${elsewhere.url}/api/oauth2/token?a=b` }, text: '' }));
      await assert.rejects(playOn(server.url, ana), {
        name: 'NotOpen',
        message: `The server leads elsewhere (307), which is not followed: give it as --url, perhaps ${elsewhere.url}.`,
      });
      assert.equal(elsewhere.asked.length, 0);
    } finally {
      await elsewhere.close();
    }
  });
});
