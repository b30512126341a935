import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { flushTallies } from '../../src/actions/flush-tallies.ts';
import type { InputOf } from '../../src/admin/commands.ts';
import { contextOf } from '../../src/admin/operate.ts';
import { engineOf, startSafe, type TestSafe } from '../start-safe.ts';

const note = '/api/mysafe/note';
const noon = Date.parse('2027-03-01T12:00:00Z');
type Draft = InputOf<'access-key.add'>;

for (const engine of engineOf(import.meta.filename)) {
  describe(`an access key's life on ${engine}`, () => {
    let safe: TestSafe;
    before(async () => {
      safe = await startSafe(engine, { ARCA_TRUSTED_PROXIES: '127.0.0.1' });
      safe.setClock(new Date(noon));
      await safe.person('ana');
    });
    after(() => safe.close());

    const none = undefined as never;
    const listed = async (clientId: string) => {
      const all = await safe.operator.run('access-key.list', none);
      return all.find((key) => key.clientId === clientId) ?? assert.fail(clientId);
    };
    const add = (draft: Partial<Draft>) => safe.operator.run('access-key.add', { owner: 'ana', name: 'k', ...draft });
    const token = async ({ clientId, clientSecret }: { clientId: string; clientSecret: string }) => {
      const body = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
      const { json } = await safe.call('POST', '/api/oauth2/token', body, { 'x-forwarded-for': '203.0.113.7' });
      return (json as { access_token?: string }).access_token;
    };
    const read = async (bearer: string | undefined) =>
      (await safe.call('GET', note, undefined, { authorization: `Bearer ${bearer}`, 'x-forwarded-for': '203.0.113.8' }))
        .status;

    it("begins with credentials in the contract's form, and shows all but its secrets in the list", async () => {
      const draft = {
        name: ' deploy ',
        description: 'for the pipeline',
        tags: ['ci', ' ci', 'b'],
        addresses: ['10.0.0.0/8'],
        referers: ['https://a.example/x'],
        fingerprint: 'AB:'.repeat(31).concat('AB'),
        readOnly: true,
        expiresAt: '2027-06-01T00:00:00Z',
      };
      const made = await add(draft);
      assert.match(made.clientId, /^[0-9a-f]{41}$/);
      assert.match(made.clientSecret, /^[0-9a-f]{32}$/);
      const { id: _, ...shown } = await listed(made.clientId);
      assert.deepEqual(shown, {
        clientId: made.clientId,
        ownerId: 1,
        owner: 'ana',
        name: 'deploy',
        description: 'for the pipeline',
        tags: ['ci', 'b'],
        encryption: 'none',
        publicKey: null,
        limits: {
          addresses: ['10.0.0.0/8'],
          referers: ['https://a.example/x'],
          fingerprint: 'ab'.repeat(32),
          items: null,
          readOnly: true,
        },
        expiresAt: '2027-06-01T00:00:00.000Z',
        revokedAt: null,
        heldAt: null,
        createdAt: '2027-03-01T12:00:00.000Z',
        lastUsedAt: null,
        uses: 0,
        lastAddress: null,
      });
      assert.deepEqual(await safe.operator.run('access-key.view-secret', { clientId: made.clientId }), made);
    });

    for (const [what, wrong] of [
      ['no name', { name: '  ' }],
      ['a long name', { name: 'x'.repeat(256) }],
      ['a long description', { description: 'x'.repeat(1001) }],
      ['an address that is none', { addresses: ['10.0.0.1', 'x'] }],
      ['a referer that is none', { referers: ['app.example.com'] }],
      ['a short fingerprint', { fingerprint: 'abcd' }],
      ['an end in the past', { expiresAt: '2027-03-01T12:00:00Z' }],
      ['an end without a zone', { expiresAt: '2027-06-01T00:00:00' }],
      ['an end that is no time', { expiresAt: 'soon' }],
      ['an item that is not there', { items: ['note:999'] }],
      ['an item of no kind', { items: ['thing:1'] }],
      ['an item without a number', { items: ['note'] }],
      ['an unknown encryption', { encryption: 'rot13' }],
      ['an unknown owner', { owner: 'nobody' }],
    ] as const satisfies [string, Partial<Draft>][]) {
      it(`is not begun with ${what}`, async () => {
        const before = (await safe.operator.run('access-key.list', none)).length;
        await assert.rejects(add(wrong), { name: 'Refusal' });
        assert.equal((await safe.operator.run('access-key.list', none)).length, before);
      });
    }

    it('is changed in what is named alone, and keeps its credentials', async () => {
      const key = await add({ name: 'before', description: 'd', addresses: ['10.0.0.1'], tags: ['t'] });
      const { clientId } = key;
      await safe.operator.run('access-key.change', { clientId, name: 'after', addresses: [] });
      const changed = await listed(clientId);
      assert.deepEqual(
        [changed.name, changed.description, changed.tags, changed.limits.addresses],
        ['after', 'd', ['t'], []],
      );
      assert.notEqual(await token(key), undefined);
      for (const wrong of [
        { name: '' },
        { addresses: ['x'] },
        { expiresAt: '2020-01-01T00:00:00Z' },
        { items: ['note:999'] },
      ]) {
        await assert.rejects(safe.operator.run('access-key.change', { clientId, ...wrong }), { name: 'Refusal' });
      }
      assert.deepEqual(await listed(clientId), { ...changed });
    });

    it('is cloned with the same limits, new credentials, "(Copy)" and no end', async () => {
      const key = await add({
        name: 'first',
        description: 'd',
        readOnly: true,
        addresses: ['203.0.113.0/24'],
        expiresAt: '2027-06-01T00:00:00Z',
      });
      const copy = await safe.operator.run('access-key.clone', { clientId: key.clientId });
      const [of, copied] = [await listed(key.clientId), await listed(copy.clientId)];
      assert.notEqual(copy.clientId, key.clientId);
      assert.notEqual(copy.clientSecret, key.clientSecret);
      assert.notEqual(copied.id, of.id);
      assert.deepEqual(
        [copied.name, copied.description, copied.expiresAt, copied.owner],
        ['first (Copy)', 'd', null, 'ana'],
      );
      assert.deepEqual(copied.limits, of.limits);
      assert.equal(await token({ ...copy, clientSecret: key.clientSecret }), undefined);
      assert.equal(await read(await token(copy)), 200);
      await safe.operator.run('access-key.revoke', { clientId: key.clientId });
      assert.equal(await read(await token(copy)), 200);
      // A key that was revoked can still be the pattern of a new one, which is live.
      const again = await safe.operator.run('access-key.clone', { clientId: key.clientId });
      assert.equal((await listed(again.clientId)).revokedAt, null);
      assert.equal(await read(await token(again)), 200);
    });

    it('can still be changed when it is the copy of one with the longest name', async () => {
      const { clientId } = await add({ name: 'ñ'.repeat(255) });
      const copy = await safe.operator.run('access-key.clone', { clientId });
      assert.equal((await listed(copy.clientId)).name, `${'ñ'.repeat(248)} (Copy)`);
      await safe.operator.run('access-key.change', { clientId: copy.clientId, description: 'changed' });
      assert.equal((await listed(copy.clientId)).description, 'changed');
    });

    it('clones an encrypting key with a pair of its own', async () => {
      const key = await add({ encryption: 'jwe' });
      const copy = await safe.operator.run('access-key.clone', { clientId: key.clientId });
      const pems = await Promise.all(
        [key, copy].map(({ clientId }) => safe.operator.run('access-key.view-private-key', { clientId })),
      );
      assert.notEqual(pems[0]?.pem, pems[1]?.pem);
      assert.equal((await listed(copy.clientId)).encryption, 'jwe');
      assert.notEqual((await listed(copy.clientId)).publicKey, (await listed(key.clientId)).publicKey);
    });

    it('ends at once and for good when it is revoked', async () => {
      const key = await add({});
      const bearer = await token(key);
      assert.equal(await read(bearer), 200);
      const { clientId } = key;
      assert.deepEqual(await safe.operator.run('access-key.revoke', { clientId }), { changed: true });
      assert.equal(await read(bearer), 401);
      assert.equal(await token(key), undefined);
      assert.deepEqual(await safe.operator.run('access-key.revoke', { clientId }), { changed: false });
      for (const change of [{ name: 'x' }, { expiresAt: null }, { expiresAt: '2028-01-01T00:00:00Z' }]) {
        await assert.rejects(safe.operator.run('access-key.change', { clientId, ...change }), { code: 'key_revoked' });
      }
      await safe.restart();
      assert.equal(await read(bearer), 401);
      assert.equal((await listed(clientId)).revokedAt, '2027-03-01T12:00:00.000Z');
    });

    it('is of no use while its owner is disabled, and its tokens from before have ended', async () => {
      const key = await add({});
      const bearer = await token(key);
      await safe.operator.run('user.disable', { username: 'ana' });
      assert.equal(await read(bearer), 401);
      assert.equal(await token(key), undefined);
      safe.setClock(new Date(noon + 5000));
      await safe.operator.run('user.enable', { username: 'ana' });
      assert.equal(await read(bearer), 401);
      assert.equal(await read(await token(key)), 200);
      safe.setClock(new Date(noon));
    });

    it('tells how often, when and from where it was used, once that was written', async () => {
      const key = await add({});
      const { clientId } = key;
      const flush = () => flushTallies(contextOf(safe.serving.safe, 'tester'), false);
      const use = async () => {
        const { uses, lastUsedAt, lastAddress } = await listed(clientId);
        return [uses, lastUsedAt, lastAddress];
      };
      const bearer = await token(key);
      safe.setClock(new Date(noon + 1000));
      for (let count = 0; count < 3; count += 1) await read(bearer);
      assert.deepEqual(await use(), [0, null, null]);
      await flush();
      assert.deepEqual(await use(), [4, '2027-03-01T12:00:01.000Z', '203.0.113.8']);
      safe.setClock(new Date(noon + 2000));
      await token(key);
      await flush();
      assert.deepEqual(await use(), [5, '2027-03-01T12:00:02.000Z', '203.0.113.7']);
      // A wrong secret is no use of the key, and what was counted last survives a stop.
      assert.equal(await token({ clientId, clientSecret: 'wrong' }), undefined);
      await read(bearer);
      await safe.restart();
      assert.deepEqual(await use(), [6, '2027-03-01T12:00:02.000Z', '203.0.113.8']);
    });

    it('is not found by what is no client id', async () => {
      for (const clientId of ['', 'x', '0'.repeat(41), '0'.repeat(42), "' or 1=1 --", '\0']) {
        for (const command of ['change', 'clone', 'revoke', 'view-secret', 'view-private-key'] as const) {
          await assert.rejects(safe.operator.run(`access-key.${command}`, { clientId }), { code: 'key_not_found' });
        }
      }
    });
  });
}
