import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sealedTables } from '../../src/storage/rewrite-rows.ts';
import { isSealed } from '../../src/storage/sealed-columns.ts';
import { anyPassword, engines, type Person, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { openByHand, type StoreByHand } from '../store-by-hand.ts';
import { enrol } from '../v1/sign-in-steps.ts';
import { currentKey, listKeys, rotateToEnd } from './rotate-to-end.ts';

const secrets = ['first-secret', 'second-secret', 'third-secret'];

it('every sealed column is one that a rotation seals anew', () => {
  const listed = sealedTables.flatMap(({ table, columns }) => columns.map((column) => `${table}.${column}`));
  const told = Object.entries(isSealed).flatMap(([table, columns]) =>
    Object.entries(columns).flatMap(([column, sealed]) => (sealed ? [`${table}.${column}`] : [])),
  );
  assert.deepEqual(listed.sort(), told.sort());
});

for (const engine of engines) {
  describe(`rotating the keys of a safe on ${engine}`, () => {
    let safe: TestSafe;
    let store: StoreByHand;
    let ana: Person;
    let ben: Person;
    let root: SignedIn;
    let tokensBefore: string[];

    before(async () => {
      safe = await startSafe(engine);
      store = await openByHand(safe.settings);
      ana = await safe.person('ana');
      ben = await safe.person('ben', { encryption: 'jwe' });
      root = await safe.signIn('root', 'admin');
      await safe.operator.run('user.add', { username: 'rita', password: anyPassword, role: 'admin' });
      await root.call('POST', '/api/v1/users/ben/password', { password: 'eight copper bells 52' });
      await enrol(await safe.signIn('pia'), new Date());
      await root.call('PATCH', '/api/v1/policy', { idleMinutes: 30 });
      await safe.operator.run('group.add', { name: 'crew', description: 'of the ship', members: ['ben'] });
      for (const [at, password] of secrets.entries()) {
        const made = await ana.call(
          'POST',
          '/api/v1/items/password',
          { name: `one ${at}`, username: 'u', password, tags: ['red', `t${at}`], notes: 'n' },
          { 'idempotency-key': `key ${at}` },
        );
        assert.equal(made.status, 201, made.text);
      }
      const shared = { groups_allowed: [{ name: 'crew' }], users_allowed: [{ username: 'ben', can_edit: true }] };
      await ana.call('PUT', '/api/mysafe/password/update/1', { password: 'newer', ...shared });
      await ana.call('POST', '/api/mysafe/note', { name: 'a note', note: 'written' });
      const code = { name: 's', url: 'u', clientId: 'c', clientSecret: 'cs', identifierCode: 'code-1' };
      assert.equal((await ana.call('POST', '/api/v1/items/api-secret', code)).status, 201);
      tokensBefore = [ana.token, ben.token];
    });
    after(async () => {
      await store.close();
      await safe.close();
    });

    /** Reads whatever there is, through every way there is. */
    async function readsEverything(): Promise<void> {
      assert.match((await ana.call('GET', '/api/mysafe/password/1')).text, /"newer"/);
      assert.match((await ana.call('GET', '/api/mysafe/password/2')).text, /"second-secret"/);
      const old = await ana.call('POST', '/api/v1/items/password/1/versions/1/reveal');
      assert.match(old.text, /first-secret/);
      const listed = await ana.call('GET', '/api/mysafe/password?tag=red');
      assert.equal(listed.text.match(/"identifier"/g)?.length, 3);
      assert.equal((await ana.call('GET', '/api/mysafe/password?tag=t1')).text.match(/"identifier"/g)?.length, 1);
      const again = { name: 's', url: 'u', clientId: 'c', clientSecret: 'cs', identifierCode: 'code-1' };
      assert.equal((await ana.call('POST', '/api/v1/items/api-secret', again)).status, 409);
      assert.equal((await ana.call('GET', '/api/mysafe/note/1')).status, 200);
      const repeated = await ana.call(
        'POST',
        '/api/v1/items/password',
        { name: 'one 0', username: 'u', password: 'first-secret', tags: ['red', 't0'], notes: 'n' },
        { 'idempotency-key': 'key 0' },
      );
      assert.equal(repeated.status, 201, repeated.text);
      assert.equal((await ben.call('GET', '/api/mysafe/password/1')).status, 200);
      for (const path of ['users', 'user-groups', 'proposals', 'statistics', 'policy', 'sessions', 'safe-keys']) {
        const answer = await root.call('GET', `/api/v1/${path}`);
        assert.equal(answer.status, 200, `${path} ${answer.text}`);
      }
      const entries = await root.call('GET', '/api/v1/audit?limit=200');
      assert.equal(entries.status, 200, entries.text);
      assert.ok((await safe.operator.run('access-key.list', undefined as never)).length >= 2);
      await safe.operator.run('access-key.view-private-key', { clientId: ben.clientId });
      await safe.signIn('ana');
      const verdict = await safe.operator.run('audit.verify', { state: true });
      assert.deepEqual(verdict.problems, []);
    }

    const kept = async () => (await store.all('select id, purpose, rank from safe_keys')).map((row) => row);

    it('data: every row names the new key, and the old one is gone', async () => {
      await readsEverything();
      const before = await currentKey(safe.operator, 'data');
      const opened = await store.all('select open, secret from item_versions order by kind, number, version');
      const ended = await rotateToEnd(safe.operator, 'data');
      assert.deepEqual([ended.what, ended.broken, ended.phase], ['data', 0, 'finished']);
      assert.ok(ended.done >= 6 && ended.done <= ended.total, `${ended.done} of ${ended.total}`);
      const now = await currentKey(safe.operator, 'data');
      assert.notEqual(now, before);
      const names = (await store.all('select distinct key_id from item_versions')).map((row) => row.key_id);
      assert.deepEqual(names, [now]);
      // Rewrapping leaves contents alone.
      assert.deepEqual(
        await store.all('select open, secret from item_versions order by kind, number, version'),
        opened,
      );
      const left = (await kept()).filter((row) => row.id === before).map((row) => row.purpose);
      assert.deepEqual(left, ['audit-details']);
      await readsEverything();
      await safe.restart();
      root = await safe.signIn('root');
      await readsEverything();
    });

    it('data with reseal: every content is other bytes', async () => {
      const before = await store.all('select open, secret from item_versions order by kind, number, version');
      const ended = await rotateToEnd(safe.operator, 'data', true);
      assert.equal(ended.reseal, true);
      const now = await store.all('select open, secret from item_versions order by kind, number, version');
      for (const [at, row] of now.entries()) {
        assert.notDeepEqual(row.open, before[at]?.open);
        assert.notDeepEqual(row.secret, before[at]?.secret);
      }
      await readsEverything();
    });

    it('index: every tag is another one, and the old key is gone', async () => {
      const tags = async () =>
        (await store.all('select tag from item_index')).map((row) =>
          Buffer.from(row.tag as Uint8Array).toString('hex'),
        );
      const before = await tags();
      const old = await currentKey(safe.operator, 'index');
      await rotateToEnd(safe.operator, 'index');
      const now = await tags();
      assert.equal(now.length, before.length);
      assert.deepEqual(
        now.filter((tag) => before.includes(tag)),
        [],
      );
      assert.deepEqual(
        (await kept()).filter((row) => row.id === old),
        [],
      );
      await readsEverything();
    });

    it('rows: every MAC is another one, and the old key is gone', async () => {
      const old = await currentKey(safe.operator, 'row-mac');
      const before = await store.all(
        'select mac from items union all select mac from users union all select mac from shares',
      );
      const ended = await rotateToEnd(safe.operator, 'rows');
      assert.equal(ended.broken, 0);
      const now = await store.all(
        'select mac from items union all select mac from users union all select mac from shares',
      );
      const texts = (rows: typeof now) => rows.map((row) => Buffer.from(row.mac as Uint8Array).toString('hex'));
      assert.deepEqual(
        texts(now).filter((mac) => texts(before).includes(mac)),
        [],
      );
      assert.deepEqual(
        (await kept()).filter((row) => row.id === old),
        [],
      );
      await readsEverything();
    });

    it('signing: tokens of the old key go on, the audit goes on under the new one, and both are verified', async () => {
      const [oldAudit, oldToken] = [
        await currentKey(safe.operator, 'audit-signing'),
        await currentKey(safe.operator, 'token-signing'),
      ];
      await rotateToEnd(safe.operator, 'signing');
      for (const [at, person] of [ana, ben].entries()) {
        const headers = { authorization: `Bearer ${tokensBefore[at]}` };
        assert.equal((await safe.call('GET', '/api/mysafe/password', undefined, headers)).status, 200);
        const token = await safe.token(person.clientId, person.clientSecret);
        const { kid } = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString());
        assert.equal(kid, await currentKey(safe.operator, 'token-signing'));
        assert.notEqual(kid, oldToken);
      }
      const { keys } = (await safe.call('GET', '/.well-known/jwks.json')).json as { keys: { kid: string }[] };
      assert.equal(keys.length, 2);
      const rows = await kept();
      assert.deepEqual(
        rows.filter((row) => row.id === oldAudit).map((row) => row.purpose),
        ['audit-verifying'],
      );
      const lanes = await store.all('select distinct key_id from audit_lanes');
      assert.equal(lanes.length, 2);
      await readsEverything();
      await safe.restart();
      root = await safe.signIn('root');
      await readsEverything();
      // The entry that tells of the new key stands in a lane that the old one has signed.
      const told = await store.all(
        `select audit_lanes.key_id from audit_entries join audit_lanes on audit_lanes.lane = audit_entries.lane
         where event = 'safe-key.replaced' and target = ?`,
        `safe-key:${await currentKey(safe.operator, 'audit-signing')}`,
      );
      assert.deepEqual(
        told.map((row) => row.key_id),
        [oldAudit],
      );
    });

    it('pepper: a password is hashed anew when its owner signs in', async () => {
      const old = await currentKey(safe.operator, 'pepper');
      await rotateToEnd(safe.operator, 'pepper');
      const next = await currentKey(safe.operator, 'pepper');
      await safe.signIn('ana');
      const hashes = await store.all(`select password_hash, username from credentials join users on id = user_id`);
      const of = (name: string) => String(hashes.find(({ username }) => username === name)?.password_hash);
      assert.match(of('ana'), new RegExp(`keyid=${next}`));
      assert.match(of('rita'), new RegExp(`keyid=${old}`));
      assert.ok((await listKeys(safe.operator)).keys.some(({ id, state }) => id === old && state === 'replaced'));
    });
  });
}
