import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { postmanCollection } from '../../../../scripts/write-postman.ts';
import { operations } from '../../../src/http/v1/operations.ts';
import { engineOf, type Person, startSafe, type TestSafe } from '../../start-safe.ts';
import { wireRoutes } from '../wire-routes.ts';

const newman = join(import.meta.dirname, 'node_modules/newman/bin/newman.js');
const shipped = join(import.meta.dirname, '../../../../docs/postman');
const collectionFile = join(shipped, 'arca-mysafe.collection.json');
const ownFile = join(shipped, 'arca-v1.collection.json');
const environmentFile = join(shipped, 'arca.environment.json');

type Request = { method: string; url: { raw: string } };
type Item = { name: string; item?: Item[]; request?: Request };
type Environment = { values: { key: string; value: string; type: string }[] };

/** The part of newman's JSON report that says what became of a run. */
type Report = {
  run: {
    stats: Record<
      'items' | 'requests' | 'scripts' | 'testScripts' | 'assertions',
      { total: number; failed: number; pending: number }
    >;
    failures: { source?: { name?: string }; error: { test?: string; message: string } }[];
  };
};

/** Runs the collection, or some folders of it, as a user would: with his environment exported from Postman. */
async function runCollection(
  values: Record<string, string>,
  folders: readonly string[] = [],
  file = collectionFile,
): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), 'arca-newman-'));
  try {
    const environment = JSON.parse(await readFile(environmentFile, 'utf8')) as Environment;
    for (const one of environment.values) one.value = values[one.key] ?? one.value;
    const filled = join(folder, 'environment.json');
    const report = join(folder, 'report.json');
    await writeFile(filled, JSON.stringify(environment), { mode: 0o600 });
    const options = ['--environment', filled, '--reporters', 'json', '--reporter-json-export', report];
    for (const name of folders) options.push('--folder', name);
    // What fails is in the report; the exit code alone does not tell it from a run that never began.
    await promisify(execFile)(process.execPath, [newman, 'run', file, ...options]).catch(() => undefined);
    return JSON.parse(await readFile(report, 'utf8')) as Report;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function failuresOf({ run }: Report): string[] {
  return run.failures.map(({ source, error }) => `${source?.name}: ${error.test ?? ''}: ${error.message}`);
}

async function requestsOf(file: string): Promise<Request[]> {
  const inside = (items: Item[]): Request[] =>
    items.flatMap(({ item, request }) => [...(request ? [request] : []), ...inside(item ?? [])]);
  return inside((JSON.parse(await readFile(file, 'utf8')) as { item: Item[] }).item);
}

async function namesOf(file: string): Promise<string[]> {
  const inside = (items: Item[]): string[] => items.flatMap(({ name, item }) => (item ? inside(item) : [name]));
  return inside((JSON.parse(await readFile(file, 'utf8')) as { item: Item[] }).item);
}

/** `PUT {{url}}/api/mysafe/note/update/{{noteId}}?x=1` as the route that it goes to. */
function routeOf({ method, url }: Request): string {
  const path = url.raw.replace('{{url}}', '').replace(/\?.*$/, '');
  return `${method} ${path.replace(/\/(\{\{\w+\}\}|\d+)$/, '/:identifier')}`;
}

for (const engine of engineOf(import.meta.filename)) {
  describe(`the Postman collection in newman on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    before(async () => {
      safe = await startSafe(engine);
      ana = await safe.person('ana');
      await safe.person('bea');
    });
    after(() => safe.close());

    it('passes every assertion of every request', async () => {
      const { clientId, clientSecret } = ana;
      const report = await runCollection({ url: safe.url, clientId, clientSecret, shareWith: 'bea' });
      assert.deepEqual(failuresOf(report), []);
      const { requests, assertions, testScripts } = report.run.stats;
      const count = (await requestsOf(collectionFile)).length;
      assert.ok(count > 80, `${count} requests`);
      assert.deepEqual(requests, { total: count, pending: 0, failed: 0 });
      // The envelope is checked after every request, and each request checks something of its own.
      assert.equal(testScripts.total, 2 * count);
      assert.ok(assertions.total > 3 * count, `${assertions.total} assertions`);
      assert.equal(assertions.failed, 0);
    });

    it('passes again, one kind alone and with nobody to share with, beside what the first run left', async () => {
      const { clientId, clientSecret } = ana;
      const report = await runCollection({ url: safe.url, clientId, clientSecret }, ['Token', 'Notes']);
      assert.deepEqual(failuresOf(report), []);
      assert.ok(report.run.stats.assertions.total > 0);
    });

    it('fails, and says where, when the secret is wrong', async () => {
      const clientSecret = 'f'.repeat(32);
      const report = await runCollection({ url: safe.url, clientId: ana.clientId, clientSecret }, ['Token']);
      assert.ok(failuresOf(report).some((line) => line.startsWith('Token from a form: gives a token for an hour')));
    });

    it('passes what a token may do over our own API', async () => {
      const { clientId, clientSecret } = ana;
      const { id } = await safe.operator.run('group.add', { name: 'Postman' });
      const values = { url: safe.url, clientId, clientSecret, shareWith: 'bea', groupId: String(id) };
      const report = await runCollection(values, ['token', 'uploads', 'items', 'batch'], ownFile);
      assert.deepEqual(failuresOf(report), []);
      const { requests, assertions } = report.run.stats;
      // What ends the key itself stands elsewhere, or nothing after it would pass.
      const isRun = ({ id, access }: { id: string; access: string }) =>
        access === 'session or key' && id !== 'accessKeys.endOwn';
      const byToken = operations({} as never).filter(isRun);
      // The token before all, and one more upload, to be given up.
      assert.equal(requests.total, byToken.length + 2);
      // Two for each request, but for one whose answer is no JSON.
      const answers = byToken.filter(({ answer, media }) => answer !== null && media === undefined);
      assert.ok(assertions.total >= byToken.length + answers.length, `${assertions.total} assertions`);
    });

    it('has a request for every route of the wire', async () => {
      const asked = new Set((await requestsOf(collectionFile)).map(routeOf));
      const routes = await wireRoutes(safe, '/api/');
      assert.equal(routes.length, 23);
      assert.deepEqual(
        routes.filter((route) => !asked.has(route)),
        [],
      );
    });
  });
}

describe('the Postman files as they ship', () => {
  it('have a request for each operation of our own API as it stands: npm run generate', async () => {
    assert.equal(await readFile(ownFile, 'utf8'), postmanCollection());
    const ids = operations({} as never).map(({ id }) => id);
    const names = await namesOf(ownFile);
    assert.deepEqual(names.filter((name) => name.includes('.')).sort(), ids.sort());
  });

  it('hold no credentials and no address but this machine', async () => {
    const { values } = JSON.parse(await readFile(environmentFile, 'utf8')) as Environment;
    const held = Object.fromEntries(values.map(({ key, value, type }) => [key, `${type}:${value}`]));
    assert.deepEqual(held, {
      url: 'default:http://127.0.0.1:7717',
      clientId: 'default:',
      clientSecret: 'secret:',
      shareWith: 'default:',
      groupId: 'default:',
    });
    const text = await readFile(collectionFile, 'utf8');
    assert.equal(/[0-9a-f]{32}/.exec(text), null);
    const hosts = new Set([...text.matchAll(/https?:\/\/([a-z0-9.-]+)/g)].map(([, host]) => host));
    assert.deepEqual([...hosts].sort(), ['billing.example.com', 'router.example.com', 'schema.getpostman.com']);
  });
});
