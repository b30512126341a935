import assert from 'node:assert/strict';
import { constants, privateDecrypt } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { compactDecrypt, importPKCS8 } from 'jose';
import { type Answer, engineOf, type Person, startSafe, type TestSafe } from '../start-safe.ts';

type Opener = (text: string) => Promise<string>;
type Fields = Record<string, unknown>;

const seed = 'JBSWY3DPEHPK3PXP';
const open = {
  password: { name: 'mail', username: 'ana', url: 'https://mail.example', tags: 'a, b' },
  note: { name: 'a note', tags: 'x' },
  secretapi: {
    name: 'api',
    url: 'https://api.example',
    client_id: 'id',
    identifier_code: 'code',
    method: 'GET',
    tags: 't',
  },
};
// None of them could stand in a cipher's letters by chance.
const secret = {
  password: { password: 'pä55 wörd', secret_key: seed, notes: 'notes\nof two lines' },
  note: { note: 'text of a note' },
  secretapi: { client_secret: 'shh, nobody', notes: 'more notes' },
};
type Kind = keyof typeof open;
const kinds = Object.keys(open) as Kind[];

/** What each answer carries encrypted, by the wire's name; everything else is as it was sent. */
const encrypted: Readonly<Record<Kind, { read: Fields; written: Fields }>> = {
  password: { read: { ...secret.password, token: /^\d{6}$/ }, written: { note: secret.password.notes } },
  note: { read: secret.note, written: {} },
  secretapi: { read: secret.secretapi, written: secret.secretapi },
};

const failure =
  '"exception":{"code":400,"message":"Ocorreu um erro ao criptografar o texto","detail":null},"message":"Unexpected error"}';

for (const engine of engineOf(import.meta.filename)) {
  describe(`encrypted answers on ${engine}`, () => {
    let safe: TestSafe;
    const keys: { scheme: 'rsa-oaep' | 'jwe'; person: Person; opened: Opener }[] = [];
    before(async () => {
      safe = await startSafe(engine);
      for (const scheme of ['rsa-oaep', 'jwe'] as const) {
        const person = await safe.person('ana', { encryption: scheme });
        const { pem } = await safe.operator.run('access-key.view-private-key', { clientId: person.clientId });
        assert.match(pem, /^-----BEGIN PRIVATE KEY-----\n/);
        keys.push({ scheme, person, opened: scheme === 'jwe' ? openJwe(pem) : openBlock(pem) });
      }
    });
    after(() => safe.close());

    const keyOf = (scheme: 'rsa-oaep' | 'jwe') => keys.find((key) => key.scheme === scheme) as (typeof keys)[number];
    const entityOf = ({ json }: Answer): Fields =>
      Object.entries(json as Fields).find(([name]) => name.endsWith('_entity'))?.[1] as Fields;
    const items = async () => (await keyOf('jwe').person.call('GET', '/api/mysafe/password?enabled=all')).text;
    const count = async (event: string) => (await safe.operator.run('audit.list', { event, limit: 10_000 })).length;

    /** Every field that must be encrypted is, and opens to its value; every other one is in clear. */
    async function holds(entity: Fields, hidden: Fields, shown: Fields, opened: Opener): Promise<void> {
      for (const [name, value] of Object.entries(hidden)) {
        const text = await opened(entity[name] as string);
        if (value instanceof RegExp) assert.match(text, value);
        else assert.equal(text, value, name);
      }
      for (const [name, value] of Object.entries(shown)) assert.equal(entity[name], value, name);
    }

    for (const scheme of ['rsa-oaep', 'jwe'] as const) {
      for (const kind of kinds) {
        it(`cover every secret field of a ${kind} by ${scheme}, and no other`, async () => {
          const { person, opened } = keyOf(scheme);
          const path = `/api/mysafe/${kind}`;
          const sent = { ...open[kind], ...secret[kind], ...(kind === 'secretapi' ? { identifier_code: scheme } : {}) };
          const shown = Object.fromEntries(Object.entries(sent).filter(([name]) => name in open[kind]));
          const made = entityOf(await person.call('POST', path, sent));
          await holds(made, encrypted[kind].written, shown, opened);
          const changed = entityOf(await person.call('PUT', `${path}/update/${made.identifier}`, { tags: shown.tags }));
          await holds(changed, encrypted[kind].written, shown, opened);
          const read = await person.call('GET', `${path}/${made.identifier}`);
          await holds(entityOf(read), encrypted[kind].read, shown, opened);
          for (const answer of [made, changed, entityOf(read)]) {
            assert.ok(!Object.values(secret[kind]).some((value) => JSON.stringify(answer).includes(value)));
          }
          // The same value is never the same text twice.
          const again = entityOf(await person.call('GET', `${path}/${made.identifier}`));
          for (const name of Object.keys(encrypted[kind].read)) assert.notEqual(entityOf(read)[name], again[name]);
          const listed = (await person.call('GET', path)).text;
          assert.ok(listed.includes(String(open[kind].name)));
        });
      }

      it(`cover an empty text by ${scheme} too, and leave null as it is`, async () => {
        const { person, opened } = keyOf(scheme);
        const { identifier, note } = entityOf(
          await person.call('POST', '/api/mysafe/password', { name: 'n', username: 'u', password: 'p' }),
        );
        assert.equal(await opened(note as string), '');
        const read = entityOf(await person.call('GET', `/api/mysafe/password/${identifier}`));
        assert.equal(await opened(read.notes as string), '');
        assert.deepEqual([read.secret_key, read.token, read.url], [null, null, '']);
        const api = entityOf(
          await person.call('POST', '/api/mysafe/secretapi', { name: 'n', url: 'u', client_id: 'c' }),
        );
        assert.equal(await opened(api.client_secret as string), '');
        assert.equal(await opened(api.notes as string), '');
        assert.deepEqual([api.identifier_code, api.method, api.tags], ['', '', '']);
      });
    }

    it('fit 470 bytes of UTF-8 into one block of rsa-oaep', async () => {
      const { person, opened } = keyOf('rsa-oaep');
      const longest = `${'é'.repeat(234)}ab`;
      assert.equal(Buffer.byteLength(longest), 470);
      const made = entityOf(
        await person.call('POST', '/api/mysafe/password', {
          name: 'n',
          username: 'u',
          password: longest,
          notes: longest,
        }),
      );
      assert.equal(await opened(made.note as string), longest);
      assert.match(made.note as string, /^[A-Za-z0-9+/]{683}=$/);
      const read = entityOf(await person.call('GET', `/api/mysafe/password/${made.identifier}`));
      assert.equal(await opened(read.password as string), longest);
    });

    it('refuse a change whose answer does not fit, and do not make it', async () => {
      const { person } = keyOf('rsa-oaep');
      const path = '/api/mysafe/password';
      const tooLong = 'x'.repeat(471);
      const kept = entityOf(
        await person.call('POST', path, { name: 'kept', username: 'u', password: 'p', notes: 'short' }),
      );
      const before = await items();
      const counts = async () => [
        await count('item.created'),
        await count('item.updated'),
        await count('item.shared'),
        await count('item.revealed'),
      ];
      const entries = await counts();
      const refusals = await count('item.create.refused');
      const updates = await count('item.update.refused');
      const create = await person.call('POST', path, { name: 'never', username: 'u', password: 'p', notes: tooLong });
      const change = { name: 'never', notes: `${'é'.repeat(235)}x`, users_allowed: [] };
      const update = await person.call('PUT', `${path}/update/${kept.identifier}`, change);
      for (const { status, text } of [create, update]) {
        assert.equal(status, 500);
        assert.ok(text.endsWith(failure), text);
      }
      assert.equal(await items(), before);
      assert.deepEqual(await counts(), entries);
      assert.equal((await count('item.create.refused')) - refusals, 1);
      assert.equal((await count('item.update.refused')) - updates, 1);
      const [refusal] = await safe.operator.run('audit.list', { event: 'item.create.refused', limit: 1 });
      assert.equal(refusal?.details.reason, 'answer_unencryptable');
    });

    it('refuse a read that does not fit, which is recorded as no reveal', async () => {
      const path = '/api/mysafe/note';
      const text = 'x'.repeat(900);
      // The answer to a new note carries nothing of its text.
      const { identifier } = entityOf(await keyOf('rsa-oaep').person.call('POST', path, { name: 'long', note: text }));
      const reveals = await count('item.revealed');
      const read = await keyOf('rsa-oaep').person.call('GET', `${path}/${identifier}`);
      assert.equal(read.status, 500);
      assert.ok(read.text.endsWith(failure), read.text);
      assert.equal(await count('item.revealed'), reveals);
      const { person, opened } = keyOf('jwe');
      const whole = entityOf(await person.call('GET', `${path}/${identifier}`));
      assert.equal(await opened(whole.note as string), text);
    });

    it('have no limit by jwe', async () => {
      const { person, opened } = keyOf('jwe');
      const sent = { name: 'n', username: 'u', password: 'p'.repeat(4096), notes: '💥'.repeat(10_000) };
      const made = entityOf(await person.call('POST', '/api/mysafe/password', sent));
      assert.equal(await opened(made.note as string), sent.notes);
      const read = entityOf(await person.call('GET', `/api/mysafe/password/${made.identifier}`));
      assert.equal(await opened(read.password as string), sent.password);
    });

    it('open with their own key alone, which each download records', async () => {
      const [block, jwe] = [keyOf('rsa-oaep'), keyOf('jwe')];
      const made = entityOf(
        await block.person.call('POST', '/api/mysafe/password', {
          name: 'n',
          username: 'u',
          password: 'p',
          notes: 'n',
        }),
      );
      const other = await safe.operator.run('access-key.view-private-key', { clientId: jwe.person.clientId });
      await assert.rejects(openBlock(other.pem)(made.note as string));
      assert.equal(await count('access-key.private-key-viewed'), 3);
      const plain = await safe.person('ana');
      await assert.rejects(safe.operator.run('access-key.view-private-key', { clientId: plain.clientId }), {
        code: 'key_without_private_key',
      });
    });
  });
}

/** As the published client of the wire does: one block, OAEP with SHA-1 for both of its hashes. */
function openBlock(pem: string): Opener {
  return async (text) => {
    const padding = constants.RSA_PKCS1_OAEP_PADDING;
    return privateDecrypt({ key: pem, padding, oaepHash: 'sha1' }, Buffer.from(text, 'base64')).toString('utf8');
  };
}

function openJwe(pem: string): Opener {
  return async (text) => {
    const { plaintext, protectedHeader } = await compactDecrypt(text, await importPKCS8(pem, 'RSA-OAEP-256'));
    assert.deepEqual(protectedHeader, { alg: 'RSA-OAEP-256', enc: 'A256GCM' });
    return Buffer.from(plaintext).toString('utf8');
  };
}
