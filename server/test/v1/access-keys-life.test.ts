import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditEntries, auditLines } from '../audit-left.ts';
import { anyPassword, engineOf, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { addKey, type Credentials, type Key, keyOf, path, settlePolicy } from './access-keys-cast.ts';
import { done, mustBeInvalid, mustRefuse } from './problem.ts';

const noon = Date.parse('2027-03-01T12:00:00Z');
const minute = 60_000;

for (const engine of engineOf(import.meta.filename)) {
  describe(`the life of an access key over our own API on ${engine}`, () => {
    let safe: TestSafe;
    let ana: SignedIn;
    before(async () => {
      safe = await startSafe(engine, { ARCA_TRUSTED_PROXIES: '127.0.0.1', ARCA_LANES: '4' });
      safe.setClock(new Date(noon));
      ana = await safe.signIn('ana');
      await safe.operator.run('user.add', { username: 'ben', password: anyPassword });
      const owner = await safe.person('ana');
      for (const name of ['one', 'two']) await owner.call('POST', '/api/v1/items/note', { name, note: 'text' });
      const ben = await safe.person('ben');
      await ben.call('POST', '/api/v1/items/note', { name: "ben's", note: 'text' });
      await ben.call('POST', '/api/v1/items/note', { name: 'shared', note: 'text' });
      done(await ben.call('PUT', '/api/v1/items/note/4/shares/users/ana', { role: 'viewer' }));
    });
    after(() => safe.close());

    const tokenOf = async ({ clientId, clientSecret }: Credentials) => {
      const body = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
      const { json } = await safe.call('POST', '/api/oauth2/token', body, { 'x-forwarded-for': '203.0.113.7' });
      return (json as { access_token?: string }).access_token;
    };

    it('begins with credentials that work and are shown once; what is read never holds a secret', async () => {
      const answer = await ana.call('POST', path, {
        name: ' Deploy ',
        description: 'for the pipeline',
        tags: ['ci', ' ci', 'b'],
        addresses: ['203.0.113.0/24', '::1'],
        referers: ['https://a.example/x'],
        fingerprint: 'AB:'.repeat(31).concat('AB'),
        items: [
          { kind: 'note', number: 1 },
          { kind: 'note', number: 4 },
          { kind: 'note', number: 1 },
        ],
        readOnly: true,
        expiresAt: '2027-06-01T00:00:00+02:00',
      });
      const { id, clientId, clientSecret } = done<Credentials>(answer, 201);
      assert.match(clientId, /^[0-9a-f]{41}$/);
      assert.match(clientSecret, /^[0-9a-f]{32}$/);
      assert.equal(answer.headers.get('location'), `${path}/${id}`);
      const seen = await ana.call('GET', `${path}/${id}`);
      assert.deepEqual(done<Key>(seen), {
        id,
        clientId,
        owner: 'ana',
        name: 'Deploy',
        description: 'for the pipeline',
        tags: ['ci', 'b'],
        encryption: 'none',
        addresses: ['203.0.113.0/24', '::1'],
        referers: ['https://a.example/x'],
        fingerprint: 'ab'.repeat(32),
        items: [
          { kind: 'note', number: 1 },
          { kind: 'note', number: 4 },
        ],
        readOnly: true,
        state: 'live',
        expiresAt: '2027-05-31T22:00:00.000Z',
        revokedAt: null,
        heldAt: null,
        createdAt: '2027-03-01T12:00:00.000Z',
        lastUsedAt: null,
        uses: 0,
        lastAddress: null,
      });
      const list = await ana.call('GET', path);
      for (const { text } of [seen, list]) assert.ok(!text.includes(clientSecret));
      assert.ok(!safe.log().includes(clientSecret));
      const [entry] = await auditEntries(safe, answer);
      assert.deepEqual(entry?.details, {
        session: entry?.details.session,
        address: '127.0.0.1',
        owner: 'ana',
        name: 'Deploy',
        encryption: 'none',
      });
      const etag = seen.headers.get('etag') ?? '';
      assert.equal((await ana.call('GET', `${path}/${id}`, undefined, { 'if-none-match': etag })).status, 304);
    });

    it('has the widest limits unless told, and works until it is revoked', async () => {
      const made = await addKey(ana);
      const { addresses, referers, fingerprint, items, readOnly, expiresAt } = await keyOf(ana, made.id);
      assert.deepEqual(
        [addresses, referers, fingerprint, items, readOnly, expiresAt],
        [[], [], null, null, false, null],
      );
      const token = await tokenOf(made);
      const read = () => safe.call('POST', '/api/v1/items/note/1/reveal', {}, { authorization: `Bearer ${token}` });
      assert.equal((await read()).status, 200);
      const answer = await ana.call('POST', `${path}/${made.id}/revoke`);
      assert.deepEqual(done(answer), { changed: true });
      assert.deepEqual(await auditLines(safe, answer), [`access-key.revoked ana access-key:${made.id}`]);
      mustRefuse(await read(), 401, 'token_invalid');
      assert.equal(await tokenOf(made), undefined);
      assert.deepEqual(done(await ana.call('POST', `${path}/${made.id}/revoke`)), { changed: false });
      mustRefuse(await ana.call('PATCH', `${path}/${made.id}`, { name: 'x' }), 409, 'key_revoked');
      assert.equal((await keyOf(ana, made.id)).state, 'revoked');
    });

    for (const [what, wrong, field] of [
      ['a blank name', { name: '  ' }, 'name'],
      ['an address that is none', { addresses: ['10.0.0.1', 'x'] }, 'addresses'],
      ['a block that is none', { addresses: ['10.0.0.0/33'] }, 'addresses'],
      ['a referer that is none', { referers: ['app.example.com'] }, 'referers'],
      ['a short fingerprint', { fingerprint: 'abcd' }, 'fingerprint'],
      ['an end in the past', { expiresAt: '2027-03-01T12:00:00Z' }, 'expiresAt'],
      ['an item that is not there', { items: [{ kind: 'note', number: 999 }] }, 'items'],
      ["another's item", { items: [{ kind: 'note', number: 3 }] }, 'items'],
    ] as const) {
      it(`is neither begun nor changed with ${what}`, async () => {
        const { id } = await addKey(ana, { name: 'before' });
        for (const answer of [
          await ana.call('POST', path, { name: 'x', ...wrong }),
          await ana.call('PATCH', `${path}/${id}`, wrong),
        ]) {
          const problem = mustBeInvalid(answer, [field]);
          const code = field === 'name' ? 'field_missing' : 'field_invalid';
          assert.equal(problem.code, code);
          const [line] = await auditLines(safe, answer);
          assert.match(
            line ?? '',
            new RegExp(`^access-key\\.(add|change)\\.refused ana (-|access-key:${id}) ${code}$`),
          );
        }
        assert.equal((await keyOf(ana, id)).name, 'before');
      });
    }

    it('names an item that its owner cannot see, and says nothing of whether it is there', async () => {
      const why = async (number: number) => {
        const items = [
          { kind: 'note', number: 1 },
          { kind: 'note', number },
        ];
        return mustBeInvalid(await ana.call('POST', path, { name: 'x', items }), ['items']).errors?.[0]?.why;
      };
      assert.equal(await why(3), 'note:3 does not exist, or you have no access to it');
      assert.equal(await why(999), 'note:999 does not exist, or you have no access to it');
    });

    for (const [what, body, fields] of [
      ['no name', {}, ['name']],
      ['an owner', { name: 'x', owner: 'ben' }, ['owner']],
      ['an unknown encryption', { name: 'x', encryption: 'rot13' }, ['encryption']],
      ['an item by its name', { name: 'x', items: ['note:1'] }, ['items.0']],
      ['an item of no kind', { name: 'x', items: [{ kind: 'thing', number: 1 }] }, ['items.0.kind']],
      ['an end that is no time', { name: 'x', expiresAt: 'soon' }, ['expiresAt']],
      ['a name too long', { name: 'x'.repeat(256) }, ['name']],
      [
        'too many items',
        { name: 'x', items: Array.from({ length: 1001 }, () => ({ kind: 'note', number: 1 })) },
        ['items'],
      ],
    ] as const) {
      it(`is not begun with ${what}`, async () => {
        mustBeInvalid(await ana.call('POST', path, body), fields);
      });
    }

    it('is changed in what is named alone, for the very next call', async () => {
      const made = await addKey(ana, { name: 'before', description: 'd', items: [{ kind: 'note', number: 1 }] });
      const token = await tokenOf(made);
      const read = async (number: number) =>
        (await safe.call('GET', `/api/v1/items/note/${number}`, undefined, { authorization: `Bearer ${token}` }))
          .status;
      assert.deepEqual([await read(1), await read(2)], [200, 403]);
      const answer = await ana.call('PATCH', `${path}/${made.id}`, {
        name: 'after',
        items: null,
        expiresAt: '2027-04-01T00:00:00Z',
      });
      const key = done<Key>(answer);
      assert.deepEqual(
        [key.name, key.description, key.items, key.expiresAt],
        ['after', 'd', null, '2027-04-01T00:00:00.000Z'],
      );
      assert.deepEqual([await read(1), await read(2)], [200, 200]);
      const [entry] = await auditEntries(safe, answer);
      assert.deepEqual(entry?.details.fields, ['name', 'expiresAt', 'items']);
      assert.equal(done<Key>(await ana.call('PATCH', `${path}/${made.id}`, { expiresAt: null })).expiresAt, null);
      mustBeInvalid(await ana.call('PATCH', `${path}/${made.id}`, {}), ['']);
      mustBeInvalid(await ana.call('PATCH', `${path}/${made.id}`, { encryption: 'jwe' }), ['encryption']);
    });

    it('keeps chosen items that its owner lost since, and lets nobody choose them again', async () => {
      const items = [{ kind: 'note', number: 4 }];
      const { id } = await addKey(ana, { items });
      const ben = await safe.person('ben');
      done(await ben.call('DELETE', '/api/v1/items/note/4/shares/users/ana'));
      assert.deepEqual(done<Key>(await ana.call('PATCH', `${path}/${id}`, { name: 'x' })).items, items);
      mustBeInvalid(await ana.call('PATCH', `${path}/${id}`, { items }), ['items']);
      mustBeInvalid(await ana.call('POST', `${path}/${id}/clone`), ['items']);
      done(await ben.call('PUT', '/api/v1/items/note/4/shares/users/ana', { role: 'viewer' }));
      done(await ana.call('POST', `${path}/${id}/clone`), 201);
    });

    it('is cloned with the same limits, new credentials, "(Copy)" and no end', async () => {
      const made = await addKey(ana, { name: 'first', readOnly: true, expiresAt: '2027-06-01T00:00:00Z' });
      const answer = await ana.call('POST', `${path}/${made.id}/clone`);
      const copy = done<Credentials>(answer, 201);
      assert.equal(answer.headers.get('location'), `${path}/${copy.id}`);
      assert.notEqual(copy.clientSecret, made.clientSecret);
      const key = await keyOf(ana, copy.id);
      assert.deepEqual([key.name, key.readOnly, key.expiresAt, key.state], ['first (Copy)', true, null, 'live']);
      assert.notEqual(await tokenOf(copy), undefined);
      const [entry] = await auditEntries(safe, answer);
      assert.deepEqual([entry?.target, entry?.details.from], [`access-key:${copy.id}`, `access-key:${made.id}`]);
    });

    it('shows its secret again to its owner, and that is recorded', async () => {
      const made = await addKey(ana);
      const answer = await ana.call('POST', `${path}/${made.id}/secret`);
      assert.deepEqual(done(answer), made);
      const [entry] = await auditEntries(safe, answer);
      assert.equal(entry?.event, 'access-key.secret-viewed');
      assert.equal(entry?.details.address, '127.0.0.1');
      assert.ok(!JSON.stringify(entry).includes(made.clientSecret));
    });

    it('gives the private key of one that encrypts as a file, and none where there is none', async () => {
      const made = await addKey(ana, { encryption: 'rsa-oaep' });
      const answer = await ana.call('POST', `${path}/${made.id}/private-key`);
      assert.equal(answer.status, 200, answer.text);
      assert.match(answer.text, /^-----BEGIN PRIVATE KEY-----\n[\s\S]+\n-----END PRIVATE KEY-----\n$/);
      assert.equal(answer.headers.get('content-type'), 'application/x-pem-file');
      assert.equal(answer.headers.get('content-disposition'), `attachment; filename="${made.clientId}.key"`);
      assert.deepEqual(await auditLines(safe, answer), [`access-key.private-key-viewed ana access-key:${made.id}`]);
      const [, middle] = answer.text.split('\n');
      assert.ok(!safe.log().includes(middle ?? '-'));
      const plain = await addKey(ana);
      mustRefuse(await ana.call('POST', `${path}/${plain.id}/private-key`), 409, 'key_without_private_key');
    });

    it('is made once for all requests that carry the same idempotency key', async () => {
      const repeat = { 'idempotency-key': 'add-1' };
      const body = { name: 'once' };
      const [first, second] = await Promise.all([
        ana.call('POST', path, body, repeat),
        ana.call('POST', path, body, repeat),
      ]);
      const made = done<Credentials>(first, 201);
      assert.deepEqual(done(second, 201), made);
      assert.equal(second.headers.get('location'), `${path}/${made.id}`);
      const lines = [...(await auditLines(safe, first)), ...(await auditLines(safe, second))].sort();
      // A secret that is shown again is a secret that was viewed.
      assert.deepEqual(lines, [
        `access-key.added ana access-key:${made.id}`,
        `access-key.secret-viewed ana access-key:${made.id}`,
      ]);
      mustRefuse(await ana.call('POST', path, { name: 'twice' }, repeat), 422, 'idempotency_key_reused');
      const cloned = await Promise.all(
        [1, 2].map(() => ana.call('POST', `${path}/${made.id}/clone`, undefined, { 'idempotency-key': 'clone-1' })),
      );
      assert.equal(cloned[0]?.text, cloned[1]?.text);
      assert.notEqual(done<Credentials>(cloned[0] ?? first, 201).id, made.id);
      const revoked = await Promise.all(
        [1, 2].map(() => ana.call('POST', `${path}/${made.id}/revoke`, undefined, { 'idempotency-key': 'revoke-1' })),
      );
      for (const answer of revoked) assert.deepEqual(done(answer), { changed: true });
    });

    it('shows nothing again to who could not make it now', async () => {
      const repeat = { 'idempotency-key': 'add-2' };
      done(await ana.call('POST', path, { name: 'x' }, repeat), 201);
      await settlePolicy(safe, { keyMakers: { everyone: false, users: [], groups: [] } });
      mustRefuse(await ana.call('POST', path, { name: 'x' }, repeat), 403, 'keys_not_allowed');
      await settlePolicy(safe, { keyMakers: { everyone: true, users: [], groups: [] } });
      safe.setClock(new Date(noon + 11 * minute));
      mustRefuse(await ana.call('POST', path, { name: 'x' }, repeat), 403, 'proof_required');
      safe.setClock(new Date(noon));
      done(await ana.call('POST', path, { name: 'x' }, repeat), 201);
    });
  });
}
