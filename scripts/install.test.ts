// The installing step, in a project of its own with an npm that only notes that it was called.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, test } from 'node:test';

type Packages = Record<string, { version: string; integrity?: string; dev?: true; optional?: true }>;

const locked: Packages = {
  '': { version: '1.0.0' },
  'node_modules/fastify': { version: '5.0.0', integrity: 'sha512-a' },
  'node_modules/knip': { version: '6.0.0', integrity: 'sha512-b', dev: true },
  'node_modules/for-another-platform': { version: '1.0.0', integrity: 'sha512-c', optional: true },
};
const without = (...names: string[]) =>
  Object.fromEntries(Object.entries(locked).filter(([name]) => !names.some((left) => name.endsWith(left))));

const rows: {
  what: string;
  installed?: Packages;
  flags?: string[];
  env?: NodeJS.ProcessEnv;
  called: boolean;
  says?: RegExp;
}[] = [
  { what: 'nothing is installed', called: true },
  { what: 'all is installed', installed: locked, called: false },
  { what: 'a package is missing', installed: without('fastify'), called: true },
  { what: 'a package of another platform is missing', installed: without('another-platform'), called: false },
  { what: 'a tool is missing', installed: without('knip'), called: true },
  { what: 'a tool is missing at run time', installed: without('knip'), flags: ['--runtime'], called: false },
  {
    what: 'a package is older',
    installed: { ...locked, 'node_modules/fastify': { version: '4.0.0', integrity: 'sha512-a' } },
    called: true,
  },
  {
    what: 'a package has other contents',
    installed: { ...locked, 'node_modules/fastify': { version: '5.0.0', integrity: 'sha512-z' } },
    called: true,
  },
  {
    what: 'a root key is in the environment',
    env: { ARCA_ROOT_KEY: 'k' },
    called: false,
    says: /^ARCA_ROOT_KEY is in the environment, .+\n$/,
  },
  {
    what: 'a root key is in the environment and all is installed',
    installed: locked,
    env: { ARCA_ROOT_KEY: 'k' },
    called: false,
  },
  {
    what: 'npm fails',
    env: { NPM_EXIT: '3' },
    called: true,
    says: /^Installing the packages in .+ failed \(npm ci: exit 3\)\.\n$/,
  },
];

const folders: string[] = [];
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

for (const { what, installed, flags = [], env = {}, called, says } of rows) {
  test(`${what}: ${called ? 'installs' : 'leaves it'}${says ? ', fails' : ''}`, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'install-'));
    folders.push(folder);
    await mkdir(join(folder, 'scripts'));
    await mkdir(join(folder, 'node_modules'));
    await copyFile(join(import.meta.dirname, 'install.mjs'), join(folder, 'scripts/install.mjs'));
    await writeFile(join(folder, 'package-lock.json'), JSON.stringify({ packages: locked }));
    if (installed)
      await writeFile(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages: installed }));
    await writeFile(join(folder, 'npm'), `#!/bin/sh\necho "$@" >"${folder}/called"\nexit \${NPM_EXIT:-0}\n`);
    await chmod(join(folder, 'npm'), 0o755);
    const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/install.mjs', ...flags], {
      cwd: folder,
      env: { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}`, ...env },
      encoding: 'utf8',
    });
    const call = await readFile(join(folder, 'called'), 'utf8').catch(() => undefined);
    assert.equal(call, called ? 'ci --loglevel=error\n' : undefined);
    assert.equal(status, says ? 1 : 0);
    assert.equal(stdout, '');
    assert.match(stderr, says ?? /^$/);
  });
}

/** A project whose own Node was installed; `own` and `spare` are what the programs of its two packages do. */
async function projectWithNode(own: string, spare: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'install-'));
  folders.push(folder);
  const lock = JSON.stringify({ packages: locked });
  await mkdir(join(folder, 'scripts/spare-node'), { recursive: true });
  await copyFile(join(import.meta.dirname, 'install.mjs'), join(folder, 'scripts/install.mjs'));
  await writeFile(join(folder, 'package-lock.json'), lock);
  await writeFile(join(folder, 'scripts/spare-node/package-lock.json'), lock);
  // What a real npm does, and a record of where it was called.
  const npm = `#!/bin/sh
pwd >>"${folder}/called"
mkdir -p node_modules/.bin node_modules/node-${process.platform}-${process.arch}
cp package-lock.json node_modules/.package-lock.json
case $PWD in
  */spare-node) program='${spare}';;
  *) program='${own}';;
esac
printf '#!/bin/sh\\n%s\\n' "$program" >node_modules/program
chmod +x node_modules/program
ln -sf ../program node_modules/.bin/node
`;
  await writeFile(join(folder, 'npm'), npm, { mode: 0o755 });
  return folder;
}

function installIn(folder: string) {
  return spawnSync(process.execPath, ['scripts/install.mjs'], {
    cwd: folder,
    env: { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}` },
    encoding: 'utf8',
  });
}

for (const [what, own, spare, answer, calls] of [
  ['starts is the one', 'echo own', 'echo spare', 'own\n', 1],
  ['does not start gives way to the spare one', 'exit 127', 'echo spare', 'spare\n', 2],
  ['does not start goes when the spare one does not start either', 'exit 127', 'exit 127', undefined, 2],
] as const) {
  test(`our own Node that ${what}`, { skip: process.platform === 'win32' }, async () => {
    const folder = await projectWithNode(own, spare);
    const said = [installIn(folder), installIn(folder)];
    const { stdout } = spawnSync(join(folder, 'node_modules/.bin/node'), ['--version'], { encoding: 'utf8' });
    assert.equal(stdout ?? undefined, answer);
    assert.deepEqual(
      said.map(({ status, stdout, stderr }) => ({ status, stdout, stderr })),
      [0, 0].map((status) => ({ status, stdout: '', stderr: '' })),
    );
    const called = (await readFile(join(folder, 'called'), 'utf8')).trimEnd().split('\n');
    assert.equal(called.length, calls, String(called));
  });
}

test('a spare Node whose packages were taken away comes again', { skip: process.platform === 'win32' }, async () => {
  const folder = await projectWithNode('exit 127', 'echo spare');
  assert.equal(installIn(folder).status, 0);
  await rm(join(folder, 'scripts/spare-node/node_modules'), { recursive: true });
  assert.equal(installIn(folder).status, 0);
  const { stdout } = spawnSync(join(folder, 'node_modules/.bin/node'), ['--version'], { encoding: 'utf8' });
  assert.equal(stdout, 'spare\n');
});
