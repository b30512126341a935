import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { engineOf, startSafe, type TestSafe } from '../../server/test/start-safe.ts';
import { type Arca, isProblem } from '../src/arca.ts';
import { collect, connect } from './connect.ts';

const github = { name: 'GitHub', username: 'ana@example.com', password: 'not-a-real-one', tags: ['work', 'code'] };

for (const engine of engineOf(import.meta.filename)) {
  describe(`items through the SDK on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Arca;
    let ben: Arca;
    before(async () => {
      safe = await startSafe(engine);
      ana = connect(safe, await safe.person('ana'));
      ben = connect(safe, await safe.person('ben'));
    });
    after(() => safe.close());

    it('takes a password through its life', async () => {
      const totp = 'JBSWY3DPEHPK3PXP';
      const made = await ana.items.createPassword({ ...github, totp });
      assert.ok(made.kind === 'password');
      assert.deepEqual([made.name, made.username, made.tags], [github.name, github.username, github.tags]);
      const { kind, number } = made;

      assert.deepEqual(await ana.items.read({ kind, number }), made);
      const { secrets, codeSecondsLeft } = await ana.items.reveal({ kind, number });
      assert.equal(secrets.password, github.password);
      assert.match(secrets.totp ?? '', /^otpauth:\/\/totp\//);
      assert.match(secrets.code ?? '', /^\d{6}$/);
      assert.ok((codeSecondsLeft ?? 0) > 0);
      assert.deepEqual((await ana.items.reveal({ kind, number, fields: ['password'] })).secrets, {
        password: github.password,
      });

      const updated = await ana.items.updatePassword({ number, name: 'GitHub (team)', totp: null });
      assert.deepEqual([updated.version, updated.revision], [2, made.revision + 1]);
      assert.equal((await ana.items.reveal({ kind, number, fields: ['code'] })).secrets.code, null);

      assert.deepEqual(await ana.items.disable({ kind, number }), { changed: true, revision: made.revision + 2 });
      assert.equal((await ana.items.disable({ kind, number })).changed, false);
      await assert.rejects(ana.items.reveal({ kind, number }), (error) => isProblem(error, 'item_disabled'));
      assert.equal((await ana.items.enable({ kind, number })).changed, true);
    });

    it('creates each kind, and each has the fields of its own', async () => {
      const note = await ana.items.createNote({ name: 'a note', note: 'what it says' });
      const secret = await ana.items.createApiSecret({
        name: 'billing',
        url: 'https://api.example',
        clientId: 'app',
        clientSecret: 'shh',
        method: 'client_credentials',
      });
      const revealed = await Promise.all(
        [ana.items.reveal(note), ana.items.reveal(secret)].map(async (one) => await one),
      );
      assert.deepEqual(
        revealed.map(({ secrets }) => secrets),
        [{ note: 'what it says' }, { clientSecret: 'shh', notes: '' }],
      );
    });

    it('refuses a change when someone else saved first, and tells what stands now', async () => {
      const { kind, number, revision } = await ana.items.createPassword(github);
      await ana.items.updatePassword({ number, name: 'first' }, { ifMatch: revision });
      const late = ana.items.updatePassword({ number, name: 'second' }, { ifMatch: revision });
      await assert.rejects(late, (error) => {
        assert.ok(isProblem(error, 'revision_stale'));
        assert.deepEqual([error.status, error.problem.current.revision], [412, revision + 1]);
        assert.equal(error.problem.current.open?.name, 'first');
        return true;
      });
      const { etag } = await ana.items.read.withResponse({ kind, number });
      assert.ok(etag);
      const saved = await ana.items.updatePassword({ number, name: 'second' }, { ifMatch: etag });
      assert.equal(saved.name, 'second');
      const { status, headers, requestId } = await ana.items.createNote.withResponse({ name: 'n', note: 'n' });
      assert.equal(status, 201);
      assert.match(headers.get('location') ?? '', /^\/api\/v1\/items\/note\/\d+$/);
      assert.ok(requestId && safe.log().includes(requestId));
    });

    it('answers 304 to a known ETag until something changes', async () => {
      const { kind, number } = await ana.items.createNote({ name: 'watched', note: 'x' });
      const first = await ana.items.read.withResponse({ kind, number }, { ifNoneMatch: null });
      assert.ok(first.status === 200 && first.data.name === 'watched');
      const again = await ana.items.read.withResponse({ kind, number }, { ifNoneMatch: first.etag });
      assert.deepEqual([again.status, again.data, again.etag], [304, null, first.etag]);
      await ana.items.updateNote({ number, name: 'changed' });
      const after = await ana.items.read.withResponse({ kind, number }, { ifNoneMatch: first.etag });
      assert.equal(after.status, 200);
    });

    it('shares with users and groups, and ends it', async () => {
      const { kind, number } = await ana.items.createNote({ name: 'for ben', note: 'hello' });
      await assert.rejects(ben.items.reveal({ kind, number }), (error) => isProblem(error, 'access_denied'));
      const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
      await ana.items.shareWithUser({ kind, number, username: 'ben', role: 'viewer', expiresAt });
      assert.deepEqual(await ana.items.listShares({ kind, number }), {
        shares: [{ user: 'ben', role: 'viewer', expiresAt }],
      });
      assert.equal((await ben.items.reveal({ kind, number })).secrets.note, 'hello');
      const { users } = await ana.items.listAccess({ kind, number });
      assert.deepEqual(
        users.map(({ username, role }) => `${username} ${role}`),
        ['ana owner', 'ben viewer'],
      );
      await ana.items.unshareWithUser({ kind, number, username: 'ben' });
      const twice = ana.items.unshareWithUser({ kind, number, username: 'ben' });
      await assert.rejects(twice, (error) => isProblem(error, 'share_not_found'));
      const nobody = ana.items.shareWithUser({ kind, number, username: 'no/body?', role: 'viewer' });
      await assert.rejects(nobody, (error) => isProblem(error, 'share_impossible') && error.problem.why.length > 0);
    });

    it('lists, reveals and restores versions', async () => {
      const { kind, number } = await ana.items.createNote({ name: 'versions', note: 'one' });
      for (const note of ['two', 'three', 'four']) await ana.items.updateNote({ number, note });
      const all = await collect(ana.items.listVersions.all({ kind, number, limit: 2 }));
      assert.deepEqual(
        all.map(({ version }) => version),
        [4, 3, 2, 1],
      );
      assert.equal((await ana.items.revealVersion({ kind, number, version: 2 })).secrets.note, 'two');
      await ana.items.restoreVersion({ kind, number, version: 1 });
      assert.equal((await ana.items.reveal({ kind, number })).secrets.note, 'one');
    });

    it('answers a batch item by item', async () => {
      const mine = await ana.items.createNote({ name: 'mine', note: 'm' });
      const his = await ben.items.createNote({ name: 'his', note: 'h' });
      const items = [mine, his].map(({ kind, number }) => ({ kind, number }));
      const { results } = await ana.batch.reveal({ items });
      assert.equal(results[0]?.result?.secrets.note, 'm');
      assert.equal(results[1]?.problem?.code, 'access_denied');
      const shared = await ana.batch.share({ items, user: 'ben', role: 'editor' });
      assert.deepEqual(
        shared.results.map(({ result, problem }) => result?.changed ?? problem?.code),
        [true, 'access_denied'],
      );
      assert.equal((await ben.batch.disable({ items })).results.filter(({ result }) => result?.changed).length, 2);
      assert.equal((await ben.batch.enable({ items })).results.filter(({ result }) => result?.changed).length, 2);
    });

    it('goes through all pages while items change, and misses none that stays', async () => {
      const carl = connect(safe, await safe.person('carl'));
      for (let at = 10; at < 30; at += 1) await carl.items.createNote({ name: `n${at}`, note: 'x' });
      const found: string[] = [];
      for await (const { name, kind, number } of carl.items.list.all({ q: 'n', limit: 3, sort: 'name' })) {
        found.push(name);
        if (name === 'n14') await carl.items.disable({ kind, number });
        if (name === 'n17') await carl.items.createNote({ name: 'n05', note: 'comes too late' });
        if (name === 'n20') await carl.items.createNote({ name: 'n22b', note: 'comes in time' });
      }
      const expected = Array.from({ length: 20 }, (_, at) => `n${at + 10}`);
      assert.deepEqual(found, expected.toSpliced(13, 0, 'n22b'));
      const [first] = await collect(carl.items.list.all({ q: 'n05' }));
      assert.equal(first?.name, 'n05');
      assert.deepEqual(await collect(carl.items.list.all({ q: 'nothing of that name' })), []);
      const page = await carl.items.list({ q: 'n', limit: 3 });
      assert.ok(page.items.length === 3 && page.next !== null);
      const rest = await collect(carl.items.list.all({ q: 'n', limit: 3, cursor: page.next }));
      assert.equal(rest.length, page.total - 3);
    });
  });
}
