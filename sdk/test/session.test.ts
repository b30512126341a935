import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { anyPassword, engineOf, startSafe, type TestSafe } from '../../server/test/start-safe.ts';
import { Arca, isProblem } from '../src/arca.ts';
import { collect } from './connect.ts';

/** Keeps cookies as a browser does for one origin, and says that the call comes from its own page. */
function browserFetch(): typeof fetch {
  const jar = new Map<string, string>();
  return async (address, init) => {
    const headers = new Headers(init?.headers);
    headers.set('sec-fetch-site', 'same-origin');
    if (jar.size > 0) headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(address, { ...init, headers });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = '', rest = ''] = /^([^=]+)=([^;]*)(.*)$/.exec(cookie) ?? [];
      if (value === '' || /max-age=0/i.test(rest)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  };
}

for (const engine of engineOf(import.meta.filename)) {
  describe(`the SDK in the safe's own pages on ${engine}`, () => {
    let safe: TestSafe;
    before(async () => {
      safe = await startSafe(engine);
      await safe.signIn('ana', 'admin');
    });
    after(() => safe.close());

    it('signs in, works by the cookie, and signs out', async () => {
      const arca = new Arca({ url: safe.url, fetch: browserFetch() });
      await assert.rejects(arca.items.list(), (error) => isProblem(error, 'token_missing'));
      const wrong = arca.session.start({ username: 'ana', password: 'not it' });
      await assert.rejects(wrong, (error) => isProblem(error, 'sign_in_failed'));
      await arca.session.start({ username: 'ana', password: anyPassword });
      const { number } = await arca.items.createNote({ name: 'by session', note: 'n' });
      assert.equal((await arca.items.reveal({ kind: 'note', number })).secrets.note, 'n');
      assert.equal((await arca.profile.read()).username, 'ana');
      assert.equal(await arca.session.end(), null);
      await assert.rejects(arca.items.list(), (error) => isProblem(error, 'token_missing'));
    });

    it('makes people and keys, and hands over files as texts', async () => {
      const arca = new Arca({ url: safe.url, fetch: browserFetch() });
      await arca.session.start({ username: 'ana', password: anyPassword });
      const { status } = await arca.users.add.withResponse({ username: 'cleo', password: anyPassword });
      assert.equal(status, 201);
      const found = await collect(arca.users.list.all({ q: 'cleo', limit: 1 }));
      assert.deepEqual(
        found.map(({ username, role }) => `${username} ${role}`),
        ['cleo member'],
      );
      const { clientId, clientSecret, id } = await arca.accessKeys.add({ name: 'deploy', encryption: 'jwe' });
      const privateKey = await arca.accessKeys.viewPrivateKey({ id });
      const program = new Arca({ url: safe.url, clientId, clientSecret, privateKey });
      const { kind, number } = await program.items.createNote({ name: 'by key', note: 'sealed' });
      assert.equal((await program.items.reveal({ kind, number })).secrets.note, 'sealed');
      await assert.rejects(program.users.list(), (error) => isProblem(error, 'access_denied'));
      const lines = (await arca.audit.export({ format: 'jsonl' })).trimEnd().split('\n');
      assert.ok(lines.length > 5 && lines.every((line) => typeof JSON.parse(line) === 'object'));
      assert.match(await arca.audit.export({ format: 'csv', user: 'ana' }), /^\ufeff/);
    });

    it('is refused as foreign where no page of the safe is asking', async () => {
      const { cookie } = await safe.signIn('ana');
      const program: typeof fetch = (address, init) => {
        const headers = new Headers(init?.headers);
        headers.set('cookie', cookie);
        return fetch(address, { ...init, headers });
      };
      const arca = new Arca({ url: safe.url, fetch: program });
      const create = arca.items.createNote({ name: 'n', note: 'n' });
      await assert.rejects(create, (error) => isProblem(error, 'origin_foreign'));
    });
  });
}
