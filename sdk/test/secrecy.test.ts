import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { inspect } from 'node:util';
import { type Person, startSafe, type TestSafe } from '../../server/test/start-safe.ts';
import { Arca } from '../src/arca.ts';
import { connect, errorOf } from './connect.ts';

const everything = { showHidden: true, depth: Number.POSITIVE_INFINITY, getters: true } as const;

/** All ways in which a value is usually printed. */
function printed(value: unknown): string {
  const error = value instanceof Error ? `${value.message} ${value.stack} ${value}` : '';
  return `${inspect(value, everything)} ${JSON.stringify(value)} ${error}`;
}

describe('secrets in the hands of the SDK', () => {
  let safe: TestSafe;
  let ana: Person;
  before(async () => {
    safe = await startSafe('sqlite');
    ana = await safe.person('ana');
  });
  after(() => safe.close());

  it('do not show when a client is printed', async () => {
    let token = '';
    const listening: typeof fetch = (address, init) => {
      token ||= new Headers(init?.headers).get('authorization')?.slice('Bearer '.length) ?? '';
      return fetch(address, init);
    };
    const arca = connect(safe, ana, { fetch: listening });
    await arca.items.list();
    assert.ok(token.length > 40);
    const text = printed(arca) + printed({ ...arca }) + printed(Object.getOwnPropertyDescriptors(arca));
    assert.match(text, /items/);
    for (const secret of [ana.clientSecret, ana.clientId, token]) assert.ok(!text.includes(secret));
  });

  it('do not show in errors, whatever went wrong', async () => {
    const canary = 'canary-8c1f';
    const broken: typeof fetch = async () => new Response(`{"note":"${canary}`, { status: 200 });
    const clients = [
      connect(safe, ana, { retries: 0 }),
      connect(safe, ana, { retries: 0, url: 'http://127.0.0.1:9' }),
      connect(safe, { ...ana, clientSecret: canary }),
      connect(safe, ana, { fetch: broken }),
      new Arca({ url: safe.url }),
    ];
    const errors: unknown[] = [];
    for (const arca of clients) {
      const calls = [
        () => arca.items.createNote({ name: '', note: canary }),
        () => arca.items.createPassword({ name: 'n', username: 'u', password: 'p', totp: canary }),
        () => arca.items.list({ q: canary, cursor: canary }),
        () => arca.items.shareWithUser({ kind: 'note', number: 1, username: canary, role: 'viewer' }),
        () => arca.session.start({ username: canary, password: canary }),
      ];
      for (const call of calls) errors.push(await errorOf(call()));
    }
    assert.equal(errors.length, 25);
    for (const error of errors) {
      const text = printed(error);
      for (const secret of [canary, ana.clientSecret]) assert.ok(!text.includes(secret), text);
    }
  });

  it('do not show when the options are odd', () => {
    const url = safe.url.replace('//', '//ana:canary-8c1f@');
    const odd = [
      { url },
      { url: `${safe.url}?token=canary-8c1f` },
      { url: 'canary-8c1f' },
      { url: safe.url, clientId: 'canary-8c1f' },
      { url: safe.url, clientId: 'a', clientSecret: '' },
      { url: safe.url, clientId: undefined, clientSecret: undefined },
      { url: undefined },
      { url: safe.url, retries: -1 },
      { url: safe.url, timeout: 0 },
      {},
    ];
    for (const options of odd) {
      assert.throws(
        () => new Arca(options),
        (error) => error instanceof TypeError && !printed(error).includes('canary'),
      );
    }
  });
});
