import assert from 'node:assert/strict';
import { Agent, request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { eventually } from '../audit/stream/receivers.ts';
import { bareSettings } from '../bare-settings.ts';
import { startChildServer } from '../child-server.ts';
import { tellingOfPackages } from '../loaded-packages.ts';
import { anyPassword, engineOf, type Person, startSafe, type TestSafe } from '../start-safe.ts';
import { type OtlpReceiver, openReceiver, type ReceivedSpan } from './otlp-receiver.ts';

const server = 2;
const traceId = 'af'.repeat(16);
const callerId = '1b'.repeat(8);
const traceparent = `00-${traceId}-${callerId}-01`;
/** Told nowhere: what is secret, and what names somebody or something. */
const words = { name: 'Brass lantern', password: 'copper-otter-77', username: 'quartz-login', tag: 'slate' };

for (const engine of engineOf(import.meta.filename)) {
  describe(`traces (${engine})`, () => {
    let receiver: OtlpReceiver;
    let safe: TestSafe;
    let ana: Person;

    before(async () => {
      receiver = await openReceiver();
      safe = await startSafe(engine, { OTEL_EXPORTER_OTLP_ENDPOINT: `${receiver.url}/` });
      ana = await safe.person('ana');
    });
    after(async () => {
      await safe?.close();
      await receiver?.close();
    });

    /** Sends what the safe has by closing it, and gives the request whose id the answer told, with all its parts. */
    async function tracesOf(answers: readonly { headers: Headers }[]): Promise<[ReceivedSpan, ReceivedSpan[]][]> {
      await safe.restart();
      return answers.map(({ headers }) => {
        const root = receiver.spans.find(
          ({ attributes }) => attributes['arca.request_id'] === headers.get('x-request-id'),
        );
        assert.ok(root);
        return [root, receiver.spans.filter((one) => one.traceId === root.traceId && one !== root)];
      });
    }

    const childrenOf = (parts: readonly ReceivedSpan[], parent: ReceivedSpan): string[] =>
      parts
        .filter(({ parentId }) => parentId === parent.spanId)
        .sort((a, b) => (a.from < b.from ? -1 : 1))
        .map(({ name }) => name);

    const create = (name: string) =>
      ana.call('POST', '/api/mysafe/password', { ...words, name, tag: words.tag }, { traceparent });

    it('tells of a request by method, route and status, and of its parts beneath it, in the trace of its caller', async () => {
      const made = await create(words.name);
      const { identifier } = (made.json as { password_entity: { identifier: string } }).password_entity;
      const read = await ana.call(
        'GET',
        `/api/mysafe/password/${identifier}?justification=river-crossing`,
        undefined,
        {},
      );
      assert.deepEqual([made.status, read.status], [201, 200], made.text);
      const [[creating, creatingParts], [reading, readingParts]] = (await tracesOf([made, read])) as [
        [ReceivedSpan, ReceivedSpan[]],
        [ReceivedSpan, ReceivedSpan[]],
      ];
      assert.deepEqual([creating.traceId, creating.parentId, creating.kind], [traceId, callerId, server]);
      assert.deepEqual([reading.parentId, reading.kind, reading.status], ['', server, 0]);
      assert.equal(reading.name, 'GET /api/mysafe/password/:identifier');
      assert.deepEqual(reading.attributes, {
        'http.request.method': 'GET',
        'http.route': '/api/mysafe/password/:identifier',
        'http.response.status_code': 200,
        'url.scheme': 'http',
        'arca.request_id': read.headers.get('x-request-id'),
      });
      assert.deepEqual(childrenOf(creatingParts, creating), ['pump.wait', 'pump.action', 'pump.commit']);
      assert.deepEqual(childrenOf(readingParts, reading), ['pump.wait', 'pump.action', 'pump.commit']);
      const within = (parts: ReceivedSpan[]) =>
        childrenOf(parts, parts.find(({ name }) => name === 'pump.action') as ReceivedSpan);
      assert.deepEqual(within(creatingParts), ['crypto.seal']);
      assert.deepEqual(within(readingParts), ['crypto.open']);
      for (const part of [...creatingParts, ...readingParts]) {
        const parent = receiver.spans.find(({ spanId }) => spanId === part.parentId);
        assert.ok(parent && part.from >= parent.from && part.from <= part.to && part.to <= parent.to, part.name);
      }
      assert.deepEqual(receiver.requests[0], { method: 'POST', path: '/v1/traces', type: 'application/x-protobuf' });
      const { 'service.instance.id': instance, ...told } = receiver.resource;
      assert.match(String(instance), /^[0-9a-f-]{36}$/);
      assert.deepEqual(told, { 'service.name': 'arca', 'service.version': '0.1.0' });
    });

    it('knows the parts of a request whose body comes late, and of another one on the same connection', async () => {
      const { port, hostname } = new URL(safe.url);
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      const late = (name: string) =>
        new Promise<{ headers: Headers }>((resolve, reject) => {
          const headers = { authorization: `Bearer ${ana.token}`, 'content-type': 'application/json' };
          const path = '/api/mysafe/password';
          const sending = request({ agent, port, hostname, method: 'POST', path, headers }, (answer) => {
            const id = String(answer.headers['x-request-id']);
            answer.resume().once('end', () => resolve({ headers: new Headers({ 'x-request-id': id }) }));
          });
          sending.once('error', reject);
          const body = JSON.stringify({ ...words, name });
          sending.write(body.slice(0, 20));
          setTimeout(() => sending.end(body.slice(20)), 100);
        });
      const answers = [await late('late one'), await late('late two')];
      agent.destroy();
      const traces = await tracesOf(answers);
      assert.notEqual(traces[0]?.[0].traceId, traces[1]?.[0].traceId);
      for (const [root, parts] of traces)
        assert.deepEqual(childrenOf(parts, root).slice(-3), ['pump.wait', 'pump.action', 'pump.commit']);
    });

    it('tells of reads, and of the hashing of passwords, the signing of tokens and the first look at one', async () => {
      const body = { username: 'ana', password: anyPassword };
      const session = await safe.call('POST', '/api/v1/session', body);
      const grant = { grant_type: 'client_credentials', client_id: ana.clientId, client_secret: ana.clientSecret };
      const token = await safe.call('POST', '/api/oauth2/token', grant);
      const list = await ana.call('GET', '/api/mysafe/password');
      assert.deepEqual([session.status, token.status, list.status], [201, 200, 200], session.text + token.text);
      const [signingIn = [], issuing = [], listing = []] = (await tracesOf([session, token, list])).map(
        ([, parts]) => parts,
      );
      const names = (parts: ReceivedSpan[]) => new Set(parts.map(({ name }) => name));
      for (const name of ['store.read', 'crypto.hash-password', 'pump.commit']) assert.ok(names(signingIn).has(name));
      assert.ok(names(issuing).has('crypto.sign-token'));
      assert.ok(names(listing).has('crypto.verify-token'));
    });

    it('holds no value, name, number, path or query, whoever sends it', async () => {
      const found = await ana.call('GET', '/api/v1/items?search=hidden-word', undefined, {
        tracestate: 'vendor=hidden-state',
        traceparent,
        baggage: 'user=hidden-bag',
        'user-agent': 'hidden-agent',
      });
      const lost = await safe.call('PROPFIND', '/api/hidden-path/471147114711', undefined, {
        traceparent: 'hidden-parent',
      });
      const [[listing], [losing]] = (await tracesOf([found, lost])) as unknown as [[ReceivedSpan], [ReceivedSpan]];
      assert.equal(listing.attributes['http.route'], '/api/v1/items');
      assert.deepEqual(
        [losing.name, losing.attributes['http.request.method'], losing.parentId],
        ['_OTHER', '_OTHER', ''],
      );
      assert.equal(losing.attributes['http.response.status_code'], 404);
      const bytes = receiver.bytes();
      assert.ok(bytes.includes('GET /api/v1/items'));
      const secrets = [
        ...Object.values(words),
        ...['hidden', 'PROPFIND', '471147114711', 'river-crossing', 'ana', anyPassword, '127.0.0.1'],
        ...[ana.token, ana.clientId, ana.clientSecret, safe.settings.dataDir],
      ];
      for (const secret of secrets) assert.ok(!bytes.includes(secret), secret);
    });

    it('leaves out what the caller does not trace', async () => {
      const before = receiver.spans.length;
      const untraced = await ana.call('GET', '/api/v1/items', undefined, {
        traceparent: `00-${traceId}-${callerId}-00`,
      });
      assert.equal(untraced.status, 200);
      await safe.restart();
      assert.equal(receiver.spans.length, before);
    });

    it('tells of so many parts of one request and no more', async () => {
      const items = Array.from({ length: 60 }, () => ({ kind: 'password', number: 1 }));
      const batch = await ana.call('POST', '/api/v1/batch/reveal', { items });
      assert.equal(batch.status, 200, batch.text);
      const [[, parts]] = (await tracesOf([batch])) as [[ReceivedSpan, ReceivedSpan[]]];
      assert.equal(parts.length, 128);
    });
  });
}

for (const engine of engineOf(import.meta.filename)) {
  describe(`a receiver of traces (${engine})`, () => {
    it('goes on without its receiver, says so once, and sends again when it is back', async () => {
      let receiver = await openReceiver();
      const safe = await startSafe(engine, { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url });
      const ana = await safe.person('ana');
      const { port } = new URL(receiver.url);
      await receiver.close();
      const lines = (text: string) => safe.log().split(text).length - 1;
      for (let at = 0; at < 200; at += 1) assert.equal((await ana.call('GET', '/api/v1/items')).status, 200);
      await eventually('a line of the log', () => lines('traces cannot be sent') > 0);
      for (let at = 0; at < 200; at += 1) assert.equal((await ana.call('GET', '/api/v1/items')).status, 200);
      receiver = await openReceiver(Number(port));
      await eventually('another line of the log', () => lines('traces are sent again') > 0);
      assert.ok(receiver.spans.length > 0);
      assert.deepEqual([lines('traces cannot be sent'), lines('traces are sent again')], [1, 1]);
      assert.match(safe.log(), /"cause":"ECONNREFUSED","msg":"traces cannot be sent"/);
      await receiver.close();
      assert.equal((await ana.call('GET', '/api/v1/items')).status, 200);
      const begun = performance.now();
      await safe.close();
      assert.ok(performance.now() - begun < 20_000);
    });
  });
}

describe('a safe without traces', () => {
  it('does not even load what would make them', async () => {
    const bare = await bareSettings('sqlite');
    const receiver = await openReceiver();
    const loadedBy = async (more: Record<string, string>): Promise<string> => {
      const child = await startChildServer({ ...bare.environment, ...more, NODE_OPTIONS: tellingOfPackages });
      assert.equal((await fetch(`${child.url}/readyz`)).status, 200);
      await child.stop();
      return child.log();
    };
    try {
      assert.doesNotMatch(await loadedBy({}), /^loads @opentelemetry/m);
      const url = { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${receiver.url}/own/path` };
      assert.doesNotMatch(await loadedBy({ ...url, OTEL_SDK_DISABLED: 'true' }), /^loads @opentelemetry/m);
      assert.equal(receiver.requests.length, 0);
      assert.match(await loadedBy(url), /^loads @opentelemetry\/sdk-trace$/m);
      assert.deepEqual(
        receiver.requests.map(({ path }) => path),
        ['/own/path'],
      );
      assert.ok(receiver.spans.some(({ name }) => name === 'GET /readyz'));
    } finally {
      await receiver.close();
      await bare.remove();
    }
  });
});
