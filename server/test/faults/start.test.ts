import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { operate } from '../../src/admin/operate.ts';
import { readConfig } from '../../src/config.ts';
import { WrongRootKey } from '../../src/crypto/keyring.ts';
import { makeLog, startServer } from '../../src/main.ts';
import { RootKeyProblem } from '../../src/root-key.ts';
import { SettingProblem } from '../../src/settings.ts';
import type { Engine } from '../../src/storage/connection.ts';
import { StoreFault } from '../../src/storage/connection.ts';
import { FolderInUse } from '../../src/storage/folder-lock.ts';
import { type Bare, bareSettings } from '../bare-settings.ts';
import { engines } from '../start-safe.ts';
import { openByHand } from '../store-by-hand.ts';

const start = (settings: Bare['settings']) => startServer(settings, makeLog('silent'));

async function stage(test: TestContext, engine: Engine, { filled }: { filled: boolean }): Promise<Bare> {
  const bare = await bareSettings(engine);
  test.after(() => bare.remove());
  if (filled) await (await start(bare.settings)).close();
  return bare;
}

/** All that a start could touch: every row of every table, and the names of the files of the data folder. */
async function everything(bare: Bare): Promise<unknown> {
  const { dataDir, databaseUrl } = bare.settings;
  // The lock is taken to look inside, and its file stays.
  const files = existsSync(dataDir) ? readdirSync(dataDir).filter((file) => file !== 'lock') : [];
  const isStored = databaseUrl !== null || files.includes('safe.db');
  if (!isStored) return files;
  const store = await openByHand(bare.settings);
  const rows = [];
  for (const table of await store.tables()) rows.push([table, await store.all(`select * from ${table}`)]);
  await store.close();
  return [rows, files.filter((file) => !/^safe\.db-/.test(file))];
}

/** The start fails with this sentence, quickly and for good, and the store stays as it was. */
async function refuses(bare: Bare, settings: Bare['settings'], kind: new (...parts: never[]) => Error, says: RegExp) {
  const before = await everything(bare);
  await assert.rejects(start(settings), (thrown) => {
    assert.ok(thrown instanceof kind, String(thrown));
    assert.match(thrown.message, says);
    assert.ok(!thrown.message.includes('\n'));
    return true;
  });
  assert.deepEqual(await everything(bare), before);
}

for (const engine of engines) {
  describe(`a start that cannot be on ${engine}`, () => {
    it('is refused with the root key of another safe', async (test) => {
      const bare = await stage(test, engine, { filled: true });
      const other = bare.with({ ARCA_ROOT_KEY_FILE: '', ARCA_ROOT_KEY: randomBytes(32).toString('base64') });
      await refuses(bare, other, WrongRootKey, /^The root key does not belong to this safe/);
      await (await start(bare.settings)).close();
    });

    it('is refused with a root key file that others may read', async (test) => {
      const bare = await stage(test, engine, { filled: true });
      const file = bare.settings.rootKeyFile ?? '';
      for (const mode of [0o640, 0o604, 0o620]) {
        chmodSync(file, mode);
        await refuses(
          bare,
          bare.settings,
          RootKeyProblem,
          /^The file .*test-root\.key must be closed to group and others \(chmod 600\)\.$/,
        );
      }
      chmodSync(file, 0o600);
      await (await start(bare.settings)).close();
    });

    it('is refused without its root key, and makes none in its place', async (test) => {
      const bare = await stage(test, engine, { filled: true });
      const without = bare.with({ ARCA_ROOT_KEY_FILE: '' });
      await refuses(bare, without, RootKeyProblem, /^There is no root key file at .*root\.key\.$/);
      rmSync(bare.settings.rootKeyFile ?? '');
      await refuses(bare, bare.settings, RootKeyProblem, /^There is no root key file at .*test-root\.key\.$/);
    });

    it('is refused by a root key that is none, and begins nothing in an empty store', async (test) => {
      const bare = await stage(test, engine, { filled: false });
      writeFileSync(join(bare.folder, 'short'), 'too short', { mode: 0o600 });
      const wrong: [Record<string, string>, RegExp][] = [
        [{ ARCA_ROOT_KEY_FILE: '', ARCA_ROOT_KEY: 'short' }, /^The root key value must be 32 bytes in base64/],
        [{ ARCA_ROOT_KEY_FILE: join(bare.folder, 'short') }, /^The root key file .*short must be 32 bytes in base64/],
        [{ ARCA_ROOT_KEY_FILE: join(bare.folder, 'nowhere') }, /^There is no root key file at .*nowhere\.$/],
        [
          { ARCA_ROOT_KEY_FILE: '', ARCA_ROOT_KEY_PASSPHRASE_FILE: join(bare.folder, 'short') },
          /^The passphrase in .*short must have at least 12 bytes\.$/,
        ],
        [
          { ARCA_ROOT_KEY_FILE: '', ARCA_ROOT_KEY_COMMAND: 'exit 3' },
          /^The root key command failed \(exit code 3\)\.$/,
        ],
      ];
      for (const [environment, says] of wrong) {
        await assert.rejects(
          start(bare.with(environment)),
          (thrown) => thrown instanceof RootKeyProblem && says.test(thrown.message),
        );
        assert.deepEqual(await tablesOf(bare), []);
      }
      await (await start(bare.settings)).close();
    });
  });
}

async function tablesOf(bare: Bare): Promise<string[]> {
  const { dataDir, databaseUrl } = bare.settings;
  if (databaseUrl === null && !existsSync(join(dataDir, 'safe.db'))) return [];
  const store = await openByHand(bare.settings);
  const tables = await store.tables();
  await store.close();
  return tables;
}

if (engines.includes('postgres')) {
  describe('a start on a database of its own', () => {
    it('is refused without a root key from elsewhere, before anything is made', async (test) => {
      const bare = await stage(test, 'postgres', { filled: false });
      const without = bare.with({ ARCA_ROOT_KEY_FILE: '' });
      await assert.rejects(start(without), RootKeyProblem);
      assert.deepEqual(await tablesOf(bare), []);
      assert.ok(!existsSync(join(bare.settings.dataDir, 'root.key')));
    });

    it('is refused at once when there is no database, and leaves the folder free', async (test) => {
      const bare = await stage(test, 'postgres', { filled: false });
      const nobody = bare.with({ ARCA_DATABASE_URL: 'postgres://someone:secret-word@127.0.0.1:1/safe' });
      await refuses(bare, nobody, StoreFault, /ECONNREFUSED/);
      const wrong = new URL(bare.settings.databaseUrl ?? '');
      wrong.password = 'secret-word';
      const wrongPassword = bare.with({ ARCA_DATABASE_URL: wrong.href });
      await assert.rejects(
        start(wrongPassword),
        (thrown) => thrown instanceof StoreFault && !thrown.message.includes('secret-word'),
      );
      await (await start(bare.settings)).close();
    });

    it('makes one safe when two begin it at the same moment', async (test) => {
      const bare = await stage(test, 'postgres', { filled: false });
      const there = bare.with({ ARCA_DATA_DIR: join(bare.folder, 'there') });
      const both = await Promise.all([start(bare.settings), start(there)]);
      const [here, other] = both.map(({ safe }) => safe.ring.safeId);
      assert.equal(here, other);
      for (const serving of both) await serving.close();
      const store = await openByHand(bare.settings);
      assert.equal((await store.all('select id from safe')).length, 1);
      assert.equal((await store.all('select id from safe_keys')).length, 6);
      await store.close();
    });
  });
}

describe('a start on a data folder', () => {
  it('is refused while another server has it, which is not disturbed', async (test) => {
    const bare = await stage(test, 'sqlite', { filled: false });
    const first = await start(bare.settings);
    const safes = () => first.safe.store.read(({ on }) => Promise.resolve(on.all('select id from safe', [])));
    const before = await safes();
    await assert.rejects(start(bare.settings), FolderInUse);
    assert.deepEqual(await safes(), before);
    const { holds, lanes } = await operate(first.safe, 'tester').run('audit.verify', undefined as never);
    assert.deepEqual({ holds, lanes }, { holds: true, lanes: 1 });
    assert.ok(existsSync(join(bare.settings.dataDir, 'arca.sock')));
    assert.equal((await fetch(`${first.url}/readyz`)).status, 200);
    await first.close();
    await (await start(bare.settings)).close();
  });

  it('makes a root key for a new safe alone, closed to others, and finds it again', async (test) => {
    const bare = await stage(test, 'sqlite', { filled: false });
    const settings = bare.with({ ARCA_ROOT_KEY_FILE: '' });
    const first = await start(settings);
    const file = join(settings.dataDir, 'root.key');
    assert.equal(first.madeRootKey, file);
    await first.close();
    const second = await start(settings);
    assert.equal(second.madeRootKey, null);
    await second.close();
    rmSync(file);
    await refuses(bare, settings, RootKeyProblem, /^There is no root key file at .*root\.key\.$/);
    assert.ok(!existsSync(file));
  });

  it('makes everything for its own account alone', async (test) => {
    const bare = await stage(test, 'sqlite', { filled: false });
    const before = process.umask(0);
    test.after(() => process.umask(before));
    const { dataDir } = bare.settings;
    const serving = await start(bare.with({ ARCA_ROOT_KEY_FILE: '' }));
    try {
      const names = readdirSync(dataDir).sort();
      const made = ['arca.sock', 'lock', 'lock-journal', 'root.key', 'safe.db', 'safe.db-shm', 'safe.db-wal'];
      assert.deepEqual(names, made);
      for (const name of ['.', ...names]) assert.equal(statSync(join(dataDir, name)).mode & 0o077, 0, name);
    } finally {
      await serving.close();
    }
  });

  it('keeps the environment, which may hold the root key, out of crash reports', async (test) => {
    const bare = await stage(test, 'sqlite', { filled: false });
    await (await start(bare.settings)).close();
    assert.equal('environmentVariables' in process.report.getReport(), false);
  });

  it('is refused with a certificate that cannot be used, before anything is made', async (test) => {
    const bare = await stage(test, 'sqlite', { filled: false });
    const pem = (name: string) => fileURLToPath(new URL(`../fixtures/test-only-${name}.pem`, import.meta.url));
    const text = join(bare.folder, 'text.pem');
    writeFileSync(text, 'no certificate');
    for (const [cert, key, code] of [
      [join(bare.folder, 'nowhere.pem'), pem('server'), 'ENOENT'],
      [pem('server'), join(bare.folder, 'nowhere.pem'), 'ENOENT'],
      [text, pem('server'), 'ERR_OSSL_PEM_NO_START_LINE'],
      [pem('server'), text, /^ERR_OSSL/],
      [pem('server'), pem('ana'), 'ERR_OSSL_X509_KEY_VALUES_MISMATCH'],
    ] as const) {
      await assert.rejects(start(bare.with({ ARCA_TLS_CERT: cert, ARCA_TLS_KEY: key })), { code });
      assert.ok(!existsSync(bare.settings.dataDir));
    }
  });

  it('is refused on a file that is no database', async (test) => {
    const bare = await stage(test, 'sqlite', { filled: true });
    const file = join(bare.settings.dataDir, 'safe.db');
    writeFileSync(file, 'something else entirely, which is no database at all'.repeat(100));
    const before = readFileSync(file);
    await assert.rejects(start(bare.settings), StoreFault);
    assert.deepEqual(readFileSync(file), before);
  });

  it('is refused when its port is taken, and leaves folder and store free', async (test) => {
    const bare = await stage(test, 'sqlite', { filled: false });
    const there = await bareSettings('sqlite');
    test.after(() => there.remove());
    const first = await start(there.settings);
    const port = new URL(first.url).port;
    await assert.rejects(start(bare.with({ ARCA_PORT: port })), { code: 'EADDRINUSE' });
    await first.close();
    await (await start(bare.with({ ARCA_PORT: port }))).close();
  });
});

describe('settings that cannot be together', () => {
  it('are refused by name: two root keys, an unknown one, half of TLS', () => {
    const refused = (environment: Record<string, string>, says: string) =>
      assert.throws(
        () => readConfig(environment),
        (thrown) => thrown instanceof SettingProblem && thrown.message === says,
      );
    refused(
      { ARCA_ROOT_KEY: 'a', ARCA_ROOT_KEY_FILE: '/b' },
      'ARCA_ROOT_KEY and ARCA_ROOT_KEY_FILE cannot be set together: a safe has one root key.',
    );
    refused({ ARCA_PROT: '1' }, 'ARCA_PROT is not a setting that Arca knows.');
    refused({ ARCA_TLS_CERT: '/a' }, 'ARCA_TLS_CERT and ARCA_TLS_KEY must be set together.');
  });
});
