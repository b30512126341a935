import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Person, startSafe, type TestSafe } from '../../server/test/start-safe.ts';
import { Arca, ArcaError } from '../src/arca.ts';
import { connect } from './connect.ts';

const seed = 'JBSWY3DPEHPK3PXP';
const password = {
  name: 'mail',
  username: 'ana',
  password: '\ufeffpä55 wörd\n\u{1f511}',
  totp: seed,
  notes: 'two\nlines',
};

describe('answers that are encrypted to an access key', () => {
  let safe: TestSafe;
  let plain: Arca;
  const keys: { scheme: 'rsa-oaep' | 'jwe'; person: Person; privateKey: string }[] = [];
  before(async () => {
    safe = await startSafe('sqlite');
    plain = connect(safe, await safe.person('ana'));
    for (const scheme of ['rsa-oaep', 'jwe'] as const) {
      const person = await safe.person('ana', { encryption: scheme });
      const { pem } = await safe.operator.run('access-key.view-private-key', { clientId: person.clientId });
      keys.push({ scheme, person, privateKey: pem });
    }
  });
  after(() => safe.close());
  const keyOf = (scheme: 'rsa-oaep' | 'jwe') => keys.find((key) => key.scheme === scheme) as (typeof keys)[number];

  for (const scheme of ['rsa-oaep', 'jwe'] as const) {
    it(`are opened with the private key wherever secrets are revealed, by ${scheme}`, async () => {
      const { person, privateKey } = keyOf(scheme);
      const arca = connect(safe, person, { privateKey });
      const { kind, number } = await arca.items.createPassword(password);
      const { secrets } = await arca.items.reveal({ kind, number });
      assert.deepEqual([secrets.password, secrets.notes], [password.password, password.notes]);
      assert.match(secrets.totp ?? '', new RegExp(seed));
      assert.match(secrets.code ?? '', /^\d{6}$/);
      await arca.items.updatePassword({ number, totp: null, password: '-' });
      assert.deepEqual((await arca.items.reveal({ kind, number, fields: ['code', 'password'] })).secrets, {
        code: null,
        password: '-',
      });
      const { secrets: earlier } = await arca.items.revealVersion({ kind, number, version: 1 });
      assert.equal(earlier.password, password.password);
      const { results } = await arca.batch.reveal({
        items: [
          { kind, number },
          { kind: 'note', number: 999 },
        ],
      });
      assert.equal(results[0]?.result?.secrets.password, '-');
      assert.equal(results[1]?.problem?.code, 'item_not_found');
    });

    it(`stay encrypted without the private key, by ${scheme}`, async () => {
      const { person } = keyOf(scheme);
      const { number } = await plain.items.createNote({ name: 'n', note: 'hush' });
      const { secrets } = await connect(safe, person).items.reveal({ kind: 'note', number });
      assert.ok((secrets.note ?? '').length > 500);
    });

    it(`that do not open tell so, and nothing of what they hold, by ${scheme}`, async () => {
      const { person } = keyOf(scheme);
      const other = keyOf(scheme === 'jwe' ? 'rsa-oaep' : 'jwe').privateKey;
      const { number } = await plain.items.createNote({ name: 'n', note: 'hush' });
      for (const [client, privateKey] of [
        [person, other],
        [await safe.person('ana'), other],
      ] as const) {
        const arca = connect(safe, client, { privateKey });
        await assert.rejects(arca.items.reveal({ kind: 'note', number }), (error) => {
          assert.ok(error instanceof ArcaError);
          assert.equal(error.code, 'answer_unreadable');
          assert.match(error.detail, /privateKey/);
          assert.equal(error.cause, undefined);
          return true;
        });
      }
    });
  }

  it('opens what is longer than a block by jwe', async () => {
    const { person, privateKey } = keyOf('jwe');
    const note = 'long '.repeat(1000);
    const { number } = await plain.items.createNote({ name: 'long', note });
    const arca = connect(safe, person, { privateKey });
    assert.equal((await arca.items.reveal({ kind: 'note', number })).secrets.note, note);
  });

  it('want a PKCS#8 key in PEM', () => {
    for (const privateKey of ['nonsense', keyOf('jwe').privateKey.replaceAll('PRIVATE', 'RSA PRIVATE')]) {
      assert.throws(
        () => new Arca({ url: safe.url, clientId: 'a', clientSecret: 'b', privateKey }),
        (error) => error instanceof TypeError && error.message === 'privateKey is no PKCS#8 private key in PEM',
      );
    }
  });
});
