import assert from 'node:assert/strict';
import { argon2Sync, createHash, randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { RootKeyProblem, readRootKey } from './root-key.ts';

const folder = await mkdtemp(join(tmpdir(), 'root-key-'));
after(() => rm(folder, { recursive: true }));

const key = randomBytes(32);
const base64 = key.toString('base64');
let made = 0;
const fileWith = async (content: string | Uint8Array, mode = 0o600) => {
  made += 1;
  const path = join(folder, `file-${made}`);
  await writeFile(path, content);
  await chmod(path, mode);
  return path;
};
const readFileKey = async (content: string | Uint8Array, mode?: number) =>
  readRootKey({ kind: 'file', path: await fileWith(content, mode), mayCreate: true });
const problem = (message: RegExp) => (error: unknown) => {
  assert.ok(error instanceof RootKeyProblem);
  assert.match(error.message, message);
  assert.match(error.message, /^[^\n]+\.$/);
  assert.equal(error.cause, undefined);
  return true;
};

test('a file holds the key in base64, with a newline or without, or as 32 raw bytes', async () => {
  for (const content of [base64, `${base64}\n`, `${base64}\r\n`, key]) {
    assert.deepEqual(Buffer.from(await readFileKey(content)), key);
  }
  assert.deepEqual(Buffer.from(await readFileKey(base64, 0o400)), key);
});

test('a file that others may read or write is refused, also behind a link', async () => {
  for (const mode of [0o640, 0o604, 0o620, 0o644, 0o610, 0o777])
    await assert.rejects(readFileKey(base64, mode), problem(/chmod 600/));
  const link = join(folder, 'link');
  await symlink(await fileWith(base64, 0o644), link);
  await assert.rejects(readRootKey({ kind: 'file', path: link, mayCreate: true }), problem(/chmod 600/));
});

test('anything that is not 32 bytes in base64 is refused, and never shown', async () => {
  const secret = randomBytes(31).toString('base64');
  const bad = ['', '\n', secret, `${base64}\n\n`, ` ${base64}`, base64.slice(0, -1), `${base64}=`, 'é'.repeat(22)];
  bad.push(
    base64.replace(/.=$/, 'B='),
    `${base64.slice(0, 20)}!${base64.slice(20)}`,
    randomBytes(33).toString('base64'),
  );
  for (const text of bad) {
    const hidden = (error: Error) =>
      problem(/44 characters/)(error) && (text.length < 9 || !error.message.includes(text));
    await assert.rejects(readFileKey(text), hidden);
    await assert.rejects(readRootKey({ kind: 'value', base64: text }), hidden);
  }
  await assert.rejects(readFileKey(Buffer.alloc(5000, 65)), problem(/too long/));
});

test('a missing file is a problem, unless it may be created', async () => {
  const path = join(folder, 'missing', 'root.key');
  await assert.rejects(
    readRootKey({ kind: 'file', path: join(folder, 'root.key'), mayCreate: false }),
    problem(/There is no/),
  );
  await assert.rejects(readRootKey({ kind: 'file', path, mayCreate: true }), problem(/cannot be made \(ENOENT\)/));
});

test('a created key is kept, private, and nothing is left beside it', async () => {
  const own = await mkdtemp(join(folder, 'own-'));
  const path = join(own, 'root.key');
  const before = process.umask(0);
  const first = await readRootKey({ kind: 'file', path, mayCreate: true }).finally(() => process.umask(before));
  assert.equal(first.length, 32);
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  assert.deepEqual(await readRootKey({ kind: 'file', path, mayCreate: true }), first);
  assert.deepEqual(await readRootKey({ kind: 'file', path, mayCreate: false }), first);
  assert.deepEqual(await readdir(own), ['root.key']);
  assert.equal((await readFile(path, 'utf8')).length, 45);
});

test('many that create it at once all get the same key', async () => {
  const own = await mkdtemp(join(folder, 'race-'));
  const path = join(own, 'root.key');
  const all = await Promise.all(Array.from({ length: 20 }, () => readRootKey({ kind: 'file', path, mayCreate: true })));
  assert.equal(new Set(all.map((one) => Buffer.from(one).toString('hex'))).size, 1);
  assert.deepEqual(await readdir(own), ['root.key']);
});

test('a folder in place of the file is a problem', async () => {
  const path = await mkdtemp(join(folder, 'folder-'));
  await assert.rejects(readRootKey({ kind: 'file', path, mayCreate: true }), problem(/cannot be read \(EISDIR\)/));
});

test('a passphrase goes through argon2id with the salt of the safe', async () => {
  const read = async (text: string, salt: string, mode?: number) =>
    Buffer.from(await readRootKey({ kind: 'passphrase-file', path: await fileWith(text, mode), salt })).toString('hex');
  const nonce = createHash('sha256').update('arca root key passphrase 1\0safe-a').digest();
  const cost = { memory: 65536, passes: 3, parallelism: 1, tagLength: 32 };
  const expected = argon2Sync('argon2id', { message: 'maçã and twelve', nonce, ...cost }).toString('hex');
  assert.equal(await read('maçã and twelve', 'safe-a'), expected);
  assert.equal(await read(`${'maçã and twelve'.normalize('NFD')}\n`, 'safe-a'), expected);
  assert.notEqual(await read('maçã and twelve', 'safe-b'), expected);
  assert.notEqual(await read('maçã and twelve ', 'safe-a'), expected);
  await assert.rejects(read('elevenbytes\n', 'safe-a'), problem(/at least 12 bytes/));
  await assert.rejects(read('maçã and twelve', 'safe-a', 0o644), problem(/chmod 600/));
  await assert.rejects(
    readRootKey({ kind: 'passphrase-file', path: join(folder, 'none'), salt: 's' }),
    problem(/There is no passphrase/),
  );
});

const run = (command: string) => readRootKey({ kind: 'command', command });

test('a command prints the key', async () => {
  assert.deepEqual(Buffer.from(await run(`echo '${base64}'`)), key);
  assert.deepEqual(Buffer.from(await run(`printf '%s' '${base64}'; echo noise >&2`)), key);
});

test("a command's failure tells its exit code or signal, and nothing of what it wrote", async () => {
  const silent = (pattern: RegExp) => (error: Error) => problem(pattern)(error) && !error.message.includes('hunter2');
  await assert.rejects(run(`echo hunter2; echo hunter2 >&2; exit 3`), silent(/\(exit code 3\)/));
  await assert.rejects(run('kill -TERM $$'), silent(/\(SIGTERM\)/));
  await assert.rejects(run('echo hunter2'), silent(/44 characters/));
  await assert.rejects(run('yes hunter2'), silent(/more than a key/));
  await assert.rejects(run('/no/such/program 2>/dev/null'), silent(/\(exit code 127\)/));
});

test('a command has 30 seconds, then it is ended with all that it started', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const note = join(folder, 'pid');
  const started = run(`sleep 300 & echo $! > ${note}; wait`);
  const ended = assert.rejects(started, problem(/longer than 30 seconds/));
  const pid = await until(async () => Number(await readFile(note, 'utf8').catch(() => '')) || null);
  t.mock.timers.tick(30_000);
  await ended;
  await until(async () => (await hasEnded(pid)) || null);
});

async function until<T>(look: () => Promise<T | null>): Promise<T> {
  for (let i = 0; i < 500; i += 1) {
    const found = await look();
    if (found !== null) return found;
    await wait(10);
  }
  throw new Error('it never came');
}

async function hasEnded(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return status === '' || status.includes(') Z ');
}
