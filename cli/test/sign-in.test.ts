// What a transcript cannot tell without a clock of its own or a terminal: a second factor, and answers that are encrypted.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { isProblem } from '../../sdk/src/arca.ts';
import { anyPassword, startSafe, type TestSafe } from '../../server/test/start-safe.ts';
import { codeAt, enrol, holdClock } from '../../server/test/v1/sign-in-steps.ts';
import { clientOf } from '../src/client/connect.ts';
import { makeKeyByHand } from '../src/client/sign-in.ts';

describe('logging in', () => {
  let safe: TestSafe;
  let folder: string;
  before(async () => {
    safe = await startSafe('sqlite');
    folder = mkdtempSync(join(tmpdir(), 'arca-sign-in-'));
  });
  after(async () => {
    await safe.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('with a second factor asks for its code, makes a key that ends, and leaves no session behind', async () => {
    const clock = holdClock(safe);
    const ana = await safe.signIn('ana', 'admin');
    const { seed } = await enrol(ana, clock.now());
    clock.pass(60);
    const key = {
      name: 'arca on a host',
      expiresAt: new Date(+clock.now() + 86_400_000).toISOString(),
      readOnly: true,
    };
    const proof = { username: 'ana', password: anyPassword };
    await assert.rejects(makeKeyByHand(safe.url, proof, key), (error) => isProblem(error, 'second_factor_required'));
    const made = await makeKeyByHand(safe.url, { ...proof, code: codeAt(seed, clock.now()) }, key);
    const { sessions } = (await ana.call('GET', '/api/v1/sessions')).json as { sessions: { current: boolean }[] };
    assert.deepEqual(
      sessions.map(({ current }) => current),
      [true],
    );
    const arca = clientOf({ url: safe.url, ...made, privateKeyFile: null, expiresAt: null });
    assert.equal((await arca.items.list()).total, 0);
    await assert.rejects(arca.items.createNote({ name: 'n', note: 'n' }), (error) => isProblem(error, 'access_denied'));
    safe.setClock(null);
  });

  it('with a key that encrypts its answers and its private key opens them', async () => {
    const { call, clientId, clientSecret } = await safe.person('ben', { encryption: 'jwe' });
    await call('POST', '/api/v1/items/note', { name: 'Alarm', note: 'not a real code' });
    const privateKeyFile = join(folder, 'answers.key');
    const credentials = { url: safe.url, clientId, clientSecret, privateKeyFile, expiresAt: null };
    assert.throws(() => clientOf(credentials), /The private key .* cannot be read: ENOENT/);
    const { pem } = await safe.operator.run('access-key.view-private-key', { clientId });
    writeFileSync(privateKeyFile, pem, { mode: 0o600 });
    const { secrets } = await clientOf(credentials).items.reveal({ kind: 'note', number: 1 });
    assert.equal(secrets.note, 'not a real code');
  });
});
