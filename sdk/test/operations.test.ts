import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startSafe, type TestSafe } from '../../server/test/start-safe.ts';
import { Arca } from '../src/arca.ts';
import { operations } from '../src/generated/operations.ts';

type Told = { operationId: string; parameters: { in: string; name: string }[] };

describe('the operations of the SDK', () => {
  let safe: TestSafe;
  let paths: Record<string, Record<string, Told>>;
  before(async () => {
    safe = await startSafe('sqlite');
    ({ paths } = (await (await fetch(`${safe.url}/api/v1/openapi.json`)).json()) as { paths: typeof paths });
  });
  after(() => safe.close());

  // What takes or gives bytes; files.ts has functions for them, which files.test.ts tries.
  const ofBytes = ['files.download', 'uploads.addPart'];

  it('are those that a safe tells of, and the client has a method for each', () => {
    const told = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => `${operationId} ${method.toUpperCase()} ${path}`),
    );
    const others = told.filter((one) => !ofBytes.includes(one.split(' ')[0] ?? ''));
    assert.equal(told.length, others.length + ofBytes.length);
    const known = Object.entries(operations).map(([id, { method, path }]) => `${id} ${method} /api/v1${path}`);
    assert.deepEqual(known, others);
    const arca = new Arca({ url: safe.url }) as unknown as Record<string, Record<string, unknown>>;
    const methods = Object.entries(arca).flatMap(([noun, verbs]) =>
      Object.keys(verbs).map((verb) => `${noun}.${verb}`),
    );
    assert.deepEqual(methods.sort(), Object.keys(operations).sort());
  });

  it('send what they take where it belongs, and nothing else', async () => {
    const sent: { address: string; body: unknown }[] = [];
    const listening: typeof fetch = async (address, init) => {
      sent.push({ address: String(address), body: init?.body ?? null });
      return new Response('{}', { status: 200 });
    };
    const arca = new Arca({ url: 'https://safe.example/under/', fetch: listening });
    const item = { kind: 'note', number: 3, name: 'private name', extra: true } as const;
    await arca.items.read(item);
    await arca.items.disable(item);
    await arca.items.reveal(item);
    await arca.items.reveal({ ...item, fields: ['note'] });
    await arca.items.updateNote({ ...item, note: undefined, tags: null });
    await arca.items.list({ q: 'a b&c=ü', limit: 2, cursor: undefined });
    await arca.items.shareWithUser({ ...item, username: 'a/../b?c', role: 'viewer' });
    assert.deepEqual(
      sent.map(({ address, body }) => [address.replace('https://safe.example/under/api/v1', ''), body]),
      [
        ['/items/note/3', null],
        ['/items/note/3/disable', null],
        ['/items/note/3/reveal', null],
        ['/items/note/3/reveal', '{"fields":["note"]}'],
        ['/items/note/3', '{"name":"private name","tags":null}'],
        ['/items?q=a+b%26c%3D%C3%BC&limit=2', null],
        ['/items/note/3/shares/users/a%2F..%2Fb%3Fc', '{"role":"viewer"}'],
      ],
    );
  });

  it('are not sent without the whole of their path', async () => {
    const arca = new Arca({ url: safe.url, fetch: () => assert.fail('nothing may be sent') });
    const untyped = arca as unknown as Record<string, Record<string, (input?: object) => Promise<unknown>>>;
    for (const username of ['', '.', '..', undefined, null]) {
      const call = untyped.items?.unshareWithUser?.({ kind: 'note', number: 3, username });
      await assert.rejects(async () => call, /^TypeError: items\.unshareWithUser: "username" is missing/);
    }
    await assert.rejects(async () => untyped.items?.read?.(), TypeError);
  });
});
