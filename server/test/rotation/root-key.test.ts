import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { operate } from '../../src/admin/operate.ts';
import { openSafe, WrongRootKey } from '../../src/open-safe.ts';
import { type Bare, bareSettings } from '../bare-settings.ts';
import { type ChildServer, startChildServer } from '../child-server.ts';
import { anyPassword, engines } from '../start-safe.ts';
import { openByHand } from '../store-by-hand.ts';
import { listKeys, rotateToEnd } from './rotate-to-end.ts';

const path = '/api/mysafe/note';

function keyFile(bare: Bare, name: string): { path: string; base64: string } {
  const made = { path: join(bare.folder, name), base64: randomBytes(32).toString('base64') };
  writeFileSync(made.path, made.base64, { mode: 0o600 });
  return made;
}

for (const engine of engines) {
  describe(`replacing the root key on ${engine}`, () => {
    it('leaves the new one alone to open the safe, which goes on as it is', async (test) => {
      const bare = await bareSettings(engine);
      const next = keyFile(bare, 'next.key');
      const third = keyFile(bare, 'third.key');
      let server: ChildServer = await startChildServer(bare.environment);
      const after: (() => Promise<void>)[] = [];
      test.after(async () => {
        for (const end of after) await end();
        await server.kill();
        await bare.remove();
      });
      const run = server.operator.run;
      await run('user.add', { username: 'ana', password: anyPassword });
      const { clientId, clientSecret } = await run('access-key.add', { owner: 'ana', name: 'k' });
      const grant = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
      const call = async (method: string, rest: string, token: string, body?: object) => {
        const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
        const answer = await fetch(server.url + rest, {
          method,
          headers,
          ...(body ? { body: JSON.stringify(body) } : {}),
        });
        return { status: answer.status, text: await answer.text() };
      };
      const tokenOf = async () =>
        (JSON.parse((await call('POST', '/api/oauth2/token', '', grant)).text) as { access_token: string })
          .access_token;
      const token = await tokenOf();
      assert.equal((await call('POST', path, token, { name: 'n', note: 'kept' })).status, 201);
      const reads = async (by: string) => assert.match((await call('GET', `${path}/1`, by)).text, /"kept"/);

      const store = await openByHand(bare.settings);
      after.push(() => store.close());
      const wrapped = () => store.all('select id, wrapped from safe_keys order by id');
      const before = await wrapped();
      const { run: ask } = server.operator;
      await assert.rejects(ask('safe-key.rotate-root', { rootKey: 'c2hvcnQ=' }), { code: 'field_invalid' });
      const same = readFileSync(bare.settings.rootKeyFile ?? '', 'utf8');
      await assert.rejects(ask('safe-key.rotate-root', { rootKey: same }), { code: 'root_key_unfit' });
      assert.deepEqual(await wrapped(), before);

      assert.equal((await server.operator.run('safe-key.rotate-root', { rootKey: next.base64 })).keys, 6);
      const now = await wrapped();
      assert.deepEqual(
        now.map(({ id }) => id),
        before.map(({ id }) => id),
      );
      for (const [at, row] of now.entries()) assert.notDeepEqual(row.wrapped, before[at]?.wrapped);
      // The server goes on, and makes new keys under the new root key.
      await reads(token);
      await rotateToEnd(server.operator, 'data');
      await reads(token);
      await server.kill();

      // The old one is told in one sentence, and nothing is touched.
      const rows = async () => [await wrapped(), await store.all('select * from audit_lanes order by lane')];
      const untouched = await rows();
      const opening = openSafe(bare.settings, { log: pino({ level: 'silent' }) });
      await assert.rejects(opening, (thrown) => {
        assert.ok(thrown instanceof WrongRootKey);
        assert.match(
          thrown.message,
          /^The root key of this safe was replaced on \d{4}-\d\d-\d\d, and this is the one before\.$/,
        );
        return true;
      });
      const stranger = openSafe(bare.with({ ARCA_ROOT_KEY_FILE: third.path }), { log: pino({ level: 'silent' }) });
      await assert.rejects(stranger, /^WrongRootKey: The root key does not belong to this safe/);
      assert.deepEqual(await rows(), untouched);

      // Both given, as while it is changed: whichever fits.
      server = await startChildServer({ ...bare.environment, ARCA_NEXT_ROOT_KEY_FILE: next.path });
      await reads(await tokenOf());
      await server.stop();
      server = await startChildServer({ ...bare.environment, ARCA_ROOT_KEY_FILE: next.path });
      await reads(token);
      assert.equal((await listKeys(server.operator)).rotation?.what, 'data');
      await server.stop();
    });

    if (engine === 'sqlite') {
      it('leaves a copy from before to the old one, and to that alone', async (test) => {
        const bare = await bareSettings(engine);
        test.after(() => bare.remove());
        const next = keyFile(bare, 'next.key');
        const log = pino({ level: 'silent' });
        const copy = bare.with({ ARCA_DATA_DIR: join(bare.folder, 'copy') });
        await (await openSafe(bare.settings, { log })).close();
        cpSync(bare.settings.dataDir, copy.dataDir, { recursive: true });
        const opened = await openSafe(bare.settings, { log });
        await operate(opened.safe, 'tester').run('safe-key.rotate-root', { rootKey: next.base64 });
        await opened.close();
        await assert.rejects(openSafe(bare.settings, { log }), WrongRootKey);
        await (await openSafe(copy, { log })).close();
        const foreign = bare.with({ ARCA_DATA_DIR: copy.dataDir, ARCA_ROOT_KEY_FILE: next.path });
        await assert.rejects(openSafe(foreign, { log }), WrongRootKey);
      });
    }

    it('is done or not done, whenever the server is killed', async (test) => {
      const bare = await bareSettings(engine);
      const keys = [
        { path: bare.settings.rootKeyFile ?? '' },
        keyFile(bare, 'b.key'),
        keyFile(bare, 'c.key'),
        keyFile(bare, 'd.key'),
      ];
      let server = await startChildServer(bare.environment);
      test.after(async () => {
        await server.kill();
        await bare.remove();
      });
      for (const [at, next] of keys.slice(1).entries()) {
        const rootKey = readFileSync(next.path, 'utf8');
        const answer = server.operator.run('safe-key.rotate-root', { rootKey }).catch(() => null);
        await sleep([0, 4, 12][at]);
        await server.kill();
        await answer;
        const both = { ARCA_ROOT_KEY_FILE: keys[at]?.path ?? '', ARCA_NEXT_ROOT_KEY_FILE: next.path };
        server = await startChildServer({ ...bare.environment, ...both });
        // What was not done is done now, so that the next round begins with this key.
        await server.operator.run('safe-key.rotate-root', { rootKey }).catch((thrown: { code: string }) => {
          assert.equal(thrown.code, 'root_key_unfit');
        });
        assert.equal((await listKeys(server.operator)).rotation?.what, 'root');
      }
      await server.kill();
      server = await startChildServer({ ...bare.environment, ARCA_ROOT_KEY_FILE: keys.at(-1)?.path ?? '' });
      assert.deepEqual((await server.operator.run('audit.verify', undefined as never)).problems, []);
    });
  });
}
