import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import packageLock from '../package-lock.json' with { type: 'json' };

type Locked = { version?: string; dev?: true; optional?: true; devOptional?: true; link?: true };
type Component = { name: string; version: string; hashes?: { alg: string; content: string }[]; licenses?: object[] };

const folder = await mkdtemp(join(tmpdir(), 'sbom-'));
after(() => rm(folder, { recursive: true }));

const write = (...names: string[]) =>
  spawnSync(process.execPath, ['scripts/write-sbom.ts', ...names], {
    cwd: dirname(import.meta.dirname),
    env: { ...process.env, INIT_CWD: folder },
    encoding: 'utf8',
  });

test('the bill of materials names every package of the lock file that a safe runs with, each with its digest', async () => {
  const { status, stderr } = write('arca.cdx.json');
  assert.equal(stderr, '');
  assert.equal(status, 0);
  const bill = JSON.parse(await readFile(join(folder, 'arca.cdx.json'), 'utf8'));
  assert.equal(bill.bomFormat, 'CycloneDX');
  assert.equal(bill.metadata.component.name, 'arca-safe');
  const components = bill.components as Component[];
  const named = new Set(components.map(({ name, version }) => `${name}@${version}`));

  const locked = Object.entries(packageLock.packages as Record<string, Locked>).flatMap(([path, entry]) => {
    const name = path.split('node_modules/').at(-1);
    // What another platform or a caller's own choice brings may be left out.
    const isRuntime = path.includes('node_modules/') && !entry.dev && !entry.devOptional && !entry.optional;
    return isRuntime && !entry.link ? [`${name}@${entry.version}`] : [];
  });
  assert.ok(locked.some((one) => one.startsWith('fastify@')));
  assert.deepEqual(
    locked.filter((one) => !named.has(one)),
    [],
  );
  const ours = /^(@arca\/)?(server|cli|sdk|web)$/;
  for (const { name, hashes, licenses } of components.filter((one) => !ours.test(one.name))) {
    assert.equal(hashes?.[0]?.alg, 'SHA-512', name);
    assert.ok((licenses ?? []).length > 0, name);
  }
  assert.ok(!named.has(`knip@${packageLock.packages['node_modules/knip'].version}`));
});

test('without a file to write it says so', () => {
  const { status, stderr } = write();
  assert.equal(status, 2);
  assert.match(stderr, /^Name the file to write/);
});
