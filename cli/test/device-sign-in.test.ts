// A command that somebody lets in: the real one, waiting in a process of its own, and a person who decides elsewhere.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type SignedIn, startSafe, type TestSafe } from '../../server/test/start-safe.ts';
import { runArca, shownCode } from './waiting-login.ts';

type Key = { clientId: string; name: string; state: string; readOnly: boolean };

describe('arca login by a code', () => {
  let safe: TestSafe;
  let ana: SignedIn;
  let folder: string;
  before(async () => {
    safe = await startSafe('sqlite');
    ana = await safe.signIn('ana');
    folder = mkdtempSync(join(tmpdir(), 'arca-device-'));
  });
  after(async () => {
    await safe.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const decide = async (how: 'allow' | 'deny', userCode: string, who = ana) => {
    const answer = await who.call('POST', `/api/v1/device-sign-ins/${how}`, { userCode });
    assert.equal(answer.status, 200, answer.text);
  };
  const keys = async () =>
    ((await ana.call('GET', '/api/v1/access-keys')).json as { accessKeys: Key[] }).accessKeys.filter(({ name }) =>
      name.startsWith('arca on '),
    );

  it('has a key once it is allowed, and logging out revokes it', async () => {
    await ana.call('POST', '/api/v1/items/note', { name: 'Alarm', note: 'not a real code' });
    const login = runArca(folder, 'login', safe.url, '--read-only');
    const code = await login.said(shownCode);
    assert.equal(await login.said(/Open (\S+) in a browser/), `${safe.url}/device`);
    await decide('allow', code);
    const { code: exit, told, out } = await login.ended;
    assert.equal(exit, 0, told);
    assert.equal(out, '');
    const file = join(folder, '.config/arca/credentials.json');
    assert.equal(statSync(file).mode & 0o777, 0o600);
    const kept = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    const [key] = await keys();
    assert.deepEqual([kept.url, kept.clientId, kept.isMade], [safe.url, key?.clientId, true]);
    assert.equal(key?.readOnly, true);
    assert.ok(!told.includes(String(kept.clientSecret)));
    const got = await runArca(folder, 'note', 'get', 'Alarm').ended;
    assert.equal(got.out, 'not a real code\n');
    const out2 = await runArca(folder, 'logout').ended;
    assert.deepEqual([out2.code, /The key is revoked\.$/m.test(out2.told)], [0, true], out2.told);
    assert.equal((await keys())[0]?.state, 'revoked');
    assert.equal((await runArca(folder, 'whoami').ended).code, 3);
  });

  it('ends the key of the login before, of this safe or another, once the next one is there', async () => {
    const states = async () => (await keys()).map(({ state }) => state);
    const ended = (await states()).length;
    for (const told of [/^Logged in/m, /^The key of the login before is revoked\.$/m]) {
      const login = runArca(folder, 'login', safe.url);
      await decide('allow', await login.said(shownCode));
      const done = await login.ended;
      assert.deepEqual([done.code, told.test(done.told)], [0, true], done.told);
    }
    assert.deepEqual((await states()).slice(0, 2), ['live', 'revoked']);
    // The key that is kept, typed in by hand, is the same: nothing ends.
    const file = join(folder, '.config/arca/credentials.json');
    const kept = JSON.parse(readFileSync(file, 'utf8')) as { clientId: string; clientSecret: string };
    const again = runArca(folder, 'login', safe.url, '--client-id', kept.clientId, '--secret-stdin');
    again.type(`${kept.clientSecret}\n`);
    const same = await again.ended;
    assert.deepEqual([same.code, /revoke/i.test(same.told)], [0, false], same.told);
    assert.match((await runArca(folder, 'logout').ended).told, /The key is revoked\./);
    assert.deepEqual((await states()).slice(0, 2), ['revoked', 'revoked']);
    assert.equal((await states()).length, ended + 2);
  });

  it('ends with a sentence when it is refused, and keeps nothing', async () => {
    const before = (await keys()).length;
    const login = runArca(folder, 'login', safe.url);
    await decide('deny', await login.said(shownCode));
    const { code, told } = await login.ended;
    assert.equal(code, 1);
    assert.match(told, /^arca: It was refused in the browser\.$/m);
    assert.equal((await keys()).length, before);
    assert.match((await runArca(folder, 'logout').ended).told, /You are not logged in\./);
  });

  it('is interrupted by Ctrl-C', async () => {
    const login = runArca(folder, 'login', safe.url);
    await login.said(shownCode);
    login.end('SIGINT');
    assert.equal((await login.ended).code, 130);
  });

  it('tells that a safe cannot be reached; logging out then forgets the key all the same', async () => {
    const other = await startSafe('sqlite');
    const bea = await other.signIn('bea');
    const login = runArca(folder, 'login', other.url);
    await decide('allow', await login.said(shownCode), bea);
    assert.equal((await login.ended).code, 0);
    await other.close();
    const { code, told } = await runArca(folder, 'login', other.url).ended;
    assert.equal(code, 3, told);
    assert.match(told, /cannot be reached \(ECONNREFUSED\)/);
    const out = await runArca(folder, 'logout').ended;
    assert.equal(out.code, 3, out.told);
    assert.match(
      out.told,
      /^Forgot .*\narca: The safe at .* Revoke the key, too, on the Access keys page of .*: [0-9a-f]{41}/,
    );
    assert.match((await runArca(folder, 'logout').ended).told, /You are not logged in\./);
  });
});
