import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';

const root = dirname(import.meta.dirname);
const unit = await readFile(join(root, 'deploy/arca.service'), 'utf8');

const absent = spawnSync('systemd-analyze', ['--version']).error !== undefined;
const skip = absent ? 'systemd-analyze is not installed' : false;

const folder = await mkdtemp(join(tmpdir(), 'unit-'));
after(() => rm(folder, { recursive: true }));
const file = join(folder, 'arca.service');
// systemd looks whether the program is there.
await writeFile(file, unit.replaceAll('/opt/arca/node_modules/.bin/node', process.execPath));
const analyze = (...words: string[]) => spawnSync('systemd-analyze', [...words, file], { encoding: 'utf8' });

test('systemd finds nothing wrong with the unit', { skip }, () => {
  const { status, stderr } = analyze('verify', '--man=no');
  assert.equal(stderr, '');
  assert.equal(status, 0);
});

test('systemd rates what is left open to the service below 2 of 10', { skip }, () => {
  const { status, stdout } = analyze('security', '--offline=true', '--threshold=20', '--no-pager');
  assert.equal(status, 0, stdout);
  assert.match(stdout, /Overall exposure level for arca\.service: [01]\.\d OK/);
});

const settings: [string, RegExp][] = [
  ['no right can be gained', /^NoNewPrivileges=yes$/m],
  ['no capability is left', /^CapabilityBoundingSet=$/m],
  ['the file system is read-only', /^ProtectSystem=strict$/m],
  ['its account is nobody else', /^DynamicUser=yes$/m],
  ['system calls are those of a service', /^SystemCallFilter=@system-service$/m],
  ['V8 may write what it runs', /^MemoryDenyWriteExecute=no$/m],
  ['the root key is handed over as a file', /^LoadCredential=root-key:\/etc\/arca\/root-key$/m],
  ['a core dump is not written', /^LimitCORE=0$/m],
];
for (const [what, pattern] of settings) test(what, () => assert.match(unit, pattern));

test('no secret stands in the environment', () => {
  assert.doesNotMatch(unit, /ARCA_(ROOT_KEY|DATABASE_URL)=/);
});
