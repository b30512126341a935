// docs/reference/dependencies.md against what is really there.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

const root = dirname(import.meta.dirname);
const read = (path: string) => readFileSync(join(root, path), 'utf8');
type Names = Record<string, string>;
type Manifest = { dependencies?: Names; devDependencies?: Names; optionalDependencies?: Names };
type Locked = { version?: string; license?: string; link?: boolean; resolved?: string };

const page = read('docs/reference/dependencies.md');
const locked = (JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> }).packages;

const sections: [title: string, folder: string, member: keyof Manifest][] = [
  ['## Server', 'server', 'dependencies'],
  ['## Command', 'cli', 'dependencies'],
  ['## SDK', 'sdk', 'dependencies'],
  ['## Screens', 'web', 'dependencies'],
  ['## Node', '.', 'optionalDependencies'],
  ['### Of the project', '.', 'devDependencies'],
  ["### Of the server's tests", 'server', 'devDependencies'],
  ["### Of the screens' tests", 'web', 'devDependencies'],
];

const row = /^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm;

for (const [title, folder, member] of sections) {
  test(`${title}: every ${member} entry of ${folder}, and no other, with its version and license`, () => {
    const [, after = ''] = page.split(`\n${title}\n`);
    const [section = ''] = after.split(/\n##/, 1);
    const told = [...section.matchAll(row)].map(([, name, version, license, why, without]) => {
      assert.ok(why?.trim() && without?.trim(), `${name} has no reason`);
      return `${name} ${version} ${license}`;
    });
    const manifest = JSON.parse(read(join(folder, 'package.json'))) as Manifest;
    const there = Object.entries(manifest[member] ?? {}).map(([name, wanted]) => {
      // `npm:typescript@7.0.2` has that package under another name.
      const version = wanted.replace(/^npm:.+@/, '');
      const found = locked[`${folder}/node_modules/${name}`] ?? locked[`node_modules/${name}`];
      const entry = found?.link ? locked[found.resolved ?? ''] : found;
      assert.equal(version, entry?.version, `${name} is pinned exactly`);
      return `${name} ${version} ${entry?.license}`;
    });
    assert.deepEqual(told, there);
  });
}

test('no package.json has dependencies that the page has no section for', () => {
  const known = new Set(sections.map(([, folder, member]) => `${folder} ${member}`));
  for (const folder of ['.', 'server', 'cli', 'sdk', 'web']) {
    const manifest = JSON.parse(read(join(folder, 'package.json'))) as Record<string, object | undefined>;
    for (const member of Object.keys(manifest).filter((one) => /dependencies$/i.test(one))) {
      assert.ok(known.has(`${folder} ${member}`), `${folder} ${member}`);
    }
  }
});

test('the versions in the table of advisories are ours', () => {
  const [, advisories = ''] = page.split('\n## Advisories\n');
  const named = [...advisories.matchAll(/^\| ([@\w/.-]*[a-zA-Z][@\w/.-]*) (\d+\.\d+\.\d+)\b/gm)].map(
    ([, name, version]) => ({ name, version }),
  );
  assert.ok(named.length > 10);
  for (const { name, version } of named.filter((one) => one.name !== 'Node')) {
    const versions = Object.entries(locked).filter(([path]) => path.endsWith(`node_modules/${name}`));
    assert.ok(
      versions.some(([, entry]) => entry.version === version),
      `${name} ${version}`,
    );
  }
});
