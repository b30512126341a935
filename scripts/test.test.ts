// The runner itself, on small projects of one file, each in a copy of scripts/ so that its findings stay apart from ours.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

const folders: string[] = [];
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

const imports = "import { describe, test } from 'node:test';\n";
const rows: { what: string; text: string; lastLine: string; printed?: RegExp }[] = [
  { what: 'one that passes', text: "test('a', () => {});", lastLine: '1 passed, 0 failed' },
  {
    what: 'one that fails in a suite',
    text: "describe('s', () => { test('a', () => {}); test('b', () => { throw new Error('mind'); }); });",
    lastLine: '1 passed, 1 failed',
    printed: /s › b\n +Error: mind/,
  },
  {
    what: 'skipped ones',
    text: "test('a', () => {}); test('b', { skip: 'no mail here' }, () => {});",
    lastLine: '1 passed, 0 failed, 1 skipped',
    printed: /^skipped: server\/row\.test\.ts › b \(no mail here\)$/m,
  },
  { what: 'only skipped ones', text: "test.skip('a', () => {});", lastLine: '0 passed, 0 failed, 1 skipped' },
  { what: 'no test', text: '', lastLine: '0 passed, 1 failed', printed: /row\.test\.ts holds no test, or/ },
  { what: 'a syntax error', text: 'test(', lastLine: '0 passed, 1 failed', printed: /SyntaxError/ },
  {
    what: 'a hook that fails',
    text: "describe('s', { }, () => { test('a', () => {}); }); import { before } from 'node:test'; before(() => { throw new Error('early'); });",
    lastLine: '0 passed, 2 failed',
    printed: /early/,
  },
  {
    what: 'an error after its tests',
    text: "test('a', () => { setTimeout(() => { throw new Error('late'); }, 20); });",
    lastLine: '1 passed, 1 failed',
    printed: /late/,
  },
  {
    what: 'an exit before its tests end',
    text: "test('a', () => {}); test('b', async () => { process.exit(0); });",
    lastLine: '0 passed, 1 failed',
    printed: /row\.test\.ts holds no test, or ended before/,
  },
];

for (const { what, text, lastLine, printed = /./ } of rows) {
  test(`a file with ${what}: ${lastLine}`, async () => {
    const { runner, read } = await start(imports + text);
    const [code] = await once(runner, 'close');
    assert.equal(read().trimEnd().split('\n').at(-1), lastLine, read());
    assert.match(read(), printed);
    assert.equal(code, / 0 failed/.test(lastLine) && !lastLine.startsWith('0 passed') ? 0 : 1);
  });
}

const files = "import { existsSync, writeFileSync } from 'node:fs'; ";
for (const [what, env, lastLine, told] of [
  ['in CI is told and run once more', { CI: 'true' }, '1 passed, 0 failed', true],
  ['elsewhere has failed', { CI: '' }, '0 passed, 1 failed', false],
] as const) {
  test(`a file that fails by chance ${what}`, async () => {
    const chance =
      "test('a', () => { if (!existsSync('seen')) { writeFileSync('seen', ''); throw new Error('mind'); } });";
    const { runner, read } = await start(imports + files + chance, [], env);
    await once(runner, 'close');
    assert.equal(read().trimEnd().split('\n').at(-1), lastLine, read());
    assert.match(read(), /Error: mind/);
    assert.equal(/^failed at first, passed alone: server\/row\.test\.ts › a$/m.test(read()), told, read());
  });
}

test('a file that fails twice in CI has failed', async () => {
  const { runner, read } = await start(`${imports}test('a', () => { throw new Error('mind'); });`, [], { CI: 'true' });
  assert.deepEqual(await once(runner, 'close'), [1, null]);
  assert.match(read(), /^0 passed, 1 failed$/m);
});

for (const [env, lastLine, printed] of [
  [
    { CI: 'true', ARCA_TEST_SLOW: 'true' },
    '1 passed, 0 failed, 1 skipped',
    /^skipped: server\/row\.test\.ts › on (sqlite|postgres) \(no time/m,
  ],
  [{ CI: 'true', ARCA_TEST_SLOW: '' }, '2 passed, 0 failed', /./],
  [{ CI: '', ARCA_TEST_SLOW: 'true' }, '2 passed, 0 failed', /./],
] as const) {
  test(`a suite that runs on both engines, with ${JSON.stringify(env)}: ${lastLine}`, async () => {
    const text =
      "const engines = ['sqlite', 'postgres'].filter((engine) => engine !== process.env.ARCA_TEST_WITHOUT_ENGINE); for (const engine of engines) test(engine, () => {});";
    const { runner, read } = await start(imports + text, [], env);
    assert.deepEqual(await once(runner, 'close'), [0, null], read());
    assert.equal(read().trimEnd().split('\n').at(-1), lastLine, read());
    assert.match(read(), printed);
  });
}

test('a pattern that no path has', async () => {
  const { runner, read } = await start('', ['elsewhere']);
  assert.deepEqual(await once(runner, 'close'), [1, null]);
  assert.match(read(), /^No test file has elsewhere in its path\.$/m);
});

test('settings of the caller do not reach the tests', async () => {
  const { runner, read } = await start(`${imports}test('a', () => { if (process.env.ARCA_PORT) throw new Error(); });`);
  assert.deepEqual(await once(runner, 'close'), [0, null], read());
});

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  test(`${signal} leaves no process behind`, { skip: process.platform === 'win32' }, async () => {
    const text = `
      import { spawn } from 'node:child_process';
      import { renameSync, writeFileSync } from 'node:fs';
      test('a', async () => {
        const child = spawn('sleep', ['60'], { stdio: 'ignore' });
        writeFileSync('pids.new', process.pid + ' ' + child.pid);
        renameSync('pids.new', 'pids');
        await new Promise((resolve) => setTimeout(resolve, 60_000));
      });`;
    const { runner, folder } = await start(imports + text);
    const pids = await until(() => readFile(join(folder, 'pids'), 'utf8').catch(() => undefined));
    runner.kill(signal);
    await once(runner, 'close');
    for (const pid of pids.split(' ')) await until(async () => (isRunning(Number(pid)) ? undefined : true));
  });
}

const copied = [
  'test.ts',
  'browser.ts',
  'bundled-packages.ts',
  'resolve-for-tests.ts',
  'test-reporter.ts',
  'postgres.ts',
  'install.mjs',
];

async function start(text: string, patterns: string[] = [], env: Record<string, string> = { CI: '' }) {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'runner-'));
  folders.push(folder);
  await mkdir(join(folder, 'scripts'));
  await mkdir(join(folder, 'server'));
  for (const name of copied) {
    await copyFile(join(import.meta.dirname, name), join(folder, 'scripts', name));
  }
  // There is nothing to build.
  await writeFile(join(folder, 'scripts/build.ts'), '');
  await writeFile(join(folder, 'server/row.test.ts'), text);
  const runner = spawn(process.execPath, ['scripts/test.ts', ...patterns], {
    cwd: folder,
    env: { ...process.env, ...env, ARCA_TEST_POSTGRES_URL: 'postgres://127.0.0.1/unused', ARCA_PORT: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [runner.stdout, runner.stderr])
    stream.setEncoding('utf8').on('data', (part) => (output += part));
  return { runner, folder, read: () => output };
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + 10_000;
  while (Date.now() < end) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(20);
  }
  throw new Error('It did not come about within 10 s.');
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')); // one that ended and that nobody has asked about yet
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' && process.platform !== 'linux';
  }
}
