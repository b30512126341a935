import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { buildApp } from '../src/http/app.ts';
import { families } from '../src/http/metrics/families.ts';
import { engineOf, type Person, startSafe, type TestSafe } from './start-safe.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const token = 'a-token-for-tests-only-0123';

/** `name{labels}` to value. */
function samplesOf(text: string): Map<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

for (const engine of engineOf(import.meta.filename)) {
  describe(`/metrics on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    let folder: string;
    const begun = Date.now();
    before(async () => {
      folder = mkdtempSync(join(tmpdir(), 'arca-test-'));
      writeFileSync(join(folder, 'token'), `${token}\n`, { mode: 0o600 });
      safe = await startSafe(engine, {
        ARCA_METRICS_TOKEN_FILE: join(folder, 'token'),
        ARCA_FAILURES_PER_MINUTE: '3',
        ARCA_ANCHOR_SECONDS: '1',
        // Nobody listens there: what it does not get is behind.
        ARCA_SYSLOG_URL: 'tcp://127.0.0.1:9',
        ARCA_OUTBOUND_ALLOWED: '127.0.0.1',
      });
      ana = await safe.person('ana');
      const { safeId } = safe.serving.safe.ring;
      // What the store knows is asked of it every five seconds: this is there before the first scrape.
      const proven = { safe: safeId, digest: 'x', madeAt: new Date().toISOString(), rows: 1, versions: 1 };
      assert.deepEqual(await safe.operator.run('backup.proven', proven), { isOfThisSafe: true });
    });
    after(async () => {
      await safe.close();
      rmSync(folder, { recursive: true });
    });
    const scrape = async (headers: Record<string, string> = {}) => safe.call('GET', '/metrics', undefined, headers);
    const samples = async () => samplesOf((await scrape()).text);

    it('counts requests by route and status, batches, commits, tokens and the cache', async () => {
      const from = await samples();
      const grown = (to: Map<string, number>, name: string) => (to.get(name) ?? 0) - (from.get(name) ?? 0);
      await ana.call('POST', '/api/mysafe/password', { name: 'hidden name', username: 'u', password: 'hidden value' });
      for (let count = 0; count < 3; count += 1) await ana.call('GET', '/api/mysafe/password/1');
      await ana.call('GET', '/api/mysafe/password/99');
      const to = await samples();
      const route = 'method="GET",route="/api/mysafe/password/:identifier"';
      assert.equal(grown(to, `arca_http_requests_total{${route},status="200"}`), 3);
      assert.equal(grown(to, `arca_http_requests_total{${route},status="400"}`), 1);
      assert.equal(grown(to, `arca_http_request_seconds_count{${route}}`), 4);
      assert.equal(grown(to, `arca_http_request_seconds_bucket{${route},le="+Inf"}`), 4);
      assert.ok(grown(to, 'arca_pump_batch_actions_sum') >= 5);
      assert.ok(grown(to, 'arca_pump_commit_seconds_count') >= 5);
      assert.ok((to.get('arca_pump_commit_seconds_sum') ?? 0) > 0);
      assert.ok(grown(to, 'arca_token_checks_total{result="remembered"}') >= 4);
      assert.equal(to.get(`arca_info{version="0.1.0",engine="${engine}"}`), 1);
      assert.equal(to.get('arca_store_up'), 1);
      assert.ok((to.get('process_resident_memory_bytes') ?? 0) > 1_000_000);
    });

    it('tells how far a receiver is behind, of anchors, and of the last restore that was proven', async () => {
      const { tallies } = safe.serving.safe;
      const end = Date.now() + 20_000;
      while (tallies.anchoredAt === 0 && tallies.anchorFailures === 0) {
        assert.ok(Date.now() < end);
        await new Promise((resume) => setTimeout(resume, 50));
      }
      let to = await samples();
      // What the first scrape was told of the store, before anything was behind, is told for five seconds.
      while (!to.get('arca_audit_unsent_entries{receiver="syslog"}') && Date.now() < end) {
        await new Promise((resume) => setTimeout(resume, 200));
        to = await samples();
      }
      assert.ok((to.get('arca_backup_proven_timestamp_seconds') ?? 0) * 1000 >= begun);
      assert.ok((to.get('arca_audit_unsent_entries{receiver="syslog"}') ?? 0) > 0);
      assert.ok((to.get('arca_audit_lag_seconds{receiver="syslog"}') ?? 0) > 0);
      assert.ok(
        (to.get('arca_audit_anchor_failures_total') ?? 0) + (to.get('arca_audit_anchored_timestamp_seconds') ?? 0) > 0,
      );
    });

    it('has one label for whatever clients make up, and nothing of what they send', async () => {
      for (const path of ['/hidden-path', '/api/v1/hidden-path', '/api/mysafe/hidden-path/1', '/%', '/metrics/x']) {
        for (const method of ['GET', 'POST', 'PROPFIND'])
          await safe.call(method, path, undefined, { authorization: ana.token });
      }
      const { text, headers } = await scrape();
      assert.match(headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
      assert.ok(samplesOf(text).get('arca_http_requests_total{method="other",route="other",status="404"}'));
      for (const secret of [
        'hidden',
        ana.token,
        ana.clientId,
        ana.clientSecret,
        'ana"',
        'PROPFIND',
        token,
        safe.settings.dataDir,
        '127.0.0.1',
      ]) {
        assert.ok(!text.includes(secret), secret);
      }
      // Of our own; those of the process come with its library.
      const named = new Set(
        [...text.matchAll(/^# TYPE (arca_\w+) (\w+)$/gm)].map(([, name, type]) => `${name} ${type}`),
      );
      assert.deepEqual(named, new Set(families.map(({ name, type }) => `${name} ${type}`)));
      for (const { name, labels } of families) {
        for (const [, told = ''] of text.matchAll(new RegExp(`^${name}(?:_bucket|_sum|_count)?\\{([^}]*)\\}`, 'gm'))) {
          const found = [...told.matchAll(/(\w+)="/g)].map(([, label]) => label).filter((label) => label !== 'le');
          assert.deepEqual(found.sort(), [...labels].sort(), name);
        }
      }
    });

    it('is not there for who is not listed, nor behind a proxy that was not named', async () => {
      for (const name of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip']) {
        const answer = await scrape({ [name]: '127.0.0.1' });
        assert.deepEqual([answer.status, answer.text.includes('arca_')], [404, false], name);
      }
      const outside = { 'x-forwarded-for': '203.0.113.1' };
      assert.equal((await scrape({ ...outside, authorization: `Bearer ${token}` })).status, 200);
      // A wrong token is wrong from everywhere, and guesses are counted.
      const statuses = [];
      for (let count = 0; count < 4; count += 1)
        statuses.push((await scrape({ authorization: 'Bearer wrong' })).status);
      assert.deepEqual(statuses, [404, 404, 404, 429]);
      assert.equal((await scrape({ authorization: `Bearer ${token}` })).status, 200);
      const closed = buildApp(safe.serving.safe, { ...safe.settings, metricsFrom: [], metricsTokenFile: null });
      assert.equal((await closed.inject('/metrics')).statusCode, 404);
      await closed.close();
      writeFileSync(join(folder, 'open'), token);
      chmodSync(join(folder, 'open'), 0o644);
      assert.throws(() => buildApp(safe.serving.safe, { ...safe.settings, metricsTokenFile: join(folder, 'open') }), {
        message: /^ARCA_METRICS_TOKEN_FILE must be of mode 0600/,
      });
    });
  });
}

describe('docs/reference/metrics.md and the dashboard', () => {
  const rows = [...read('docs/reference/metrics.md').matchAll(/^\| `(arca_\w+)` \| (\w+) \| ([^|]*) \| ([^|]+) \|$/gm)];

  it('tell of every metric as the code has it, and of no other', () => {
    assert.deepEqual(
      rows.map(([, name, type, labels, help]) => ({ name, type, labels, help })),
      families.map(({ name, type, labels, help }) => ({
        name,
        type,
        labels: labels.map((label) => `\`${label}\``).join(', ') || 'none',
        help,
      })),
    );
  });

  it('ask only for what is there', async () => {
    const { collectDefaultMetrics, Registry } = await import('@prometheus-io/client');
    const registry = new Registry();
    collectDefaultMetrics({ register: registry });
    const known = new Set(registry.getMetricsAsArray().map(({ name }: { name: string }) => name));
    for (const { name, type } of families) {
      for (const end of type === 'histogram' ? ['_bucket', '_sum', '_count'] : ['']) known.add(name + end);
    }
    const dashboard = JSON.parse(read('deploy/grafana-dashboard.json')) as {
      panels: { title: string; targets?: { expr: string }[] }[];
    };
    const queries = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
    assert.ok(queries.length >= 12);
    const asked = queries.flatMap((query) => query.match(/\b(arca|process|nodejs)_\w+/g) ?? []);
    for (const name of asked) assert.ok(known.has(name), name);
    for (const query of queries) assert.match(query, /\b(arca|process|nodejs)_/);
    for (const { name } of families.filter((family) => family.name !== 'arca_info')) {
      assert.ok(
        asked.some((one) => one.startsWith(name)),
        `the dashboard does not show ${name}`,
      );
    }
  });
});
