// The linter's rules that this project adds to the recommended ones, and where they do not hold.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';

const root = dirname(import.meta.dirname);

const rows: { file: string; text: string; rule: string | null }[] = [
  { file: 'server/src/actions/env.ts', text: 'export const a = process.env.ARCA_PORT;', rule: 'style/noProcessEnv' },
  { file: 'cli/src/env.ts', text: 'export const a = process.env.ARCA_PORT;', rule: 'style/noProcessEnv' },
  { file: 'server/src/config.ts', text: 'export const a = process.env.ARCA_PORT;', rule: null },
  { file: 'server/src/http/print.ts', text: "console.log('a');", rule: 'suspicious/noConsole' },
  { file: 'cli/src/print.ts', text: "console.error('a');", rule: 'suspicious/noConsole' },
  { file: 'cli/src/terminal.ts', text: "console.log('a');", rule: null },
  { file: 'bench/print.ts', text: "console.log('a');", rule: null },
  {
    file: 'server/src/jobs/floating.ts',
    text: 'const wait = async () => 1;\nwait();',
    rule: 'nursery/noFloatingPromises',
  },
  {
    file: 'server/src/jobs/misused.ts',
    text: 'const wait = async () => true;\nif (wait()) throw new Error();',
    rule: 'nursery/noMisusedPromises',
  },
  { file: 'server/src/any.ts', text: 'export const a: any = 1;', rule: 'suspicious/noExplicitAny' },
  { file: 'server/src/sure.ts', text: 'export const a = (b?: string) => b!.length;', rule: 'style/noNonNullAssertion' },
  { file: 'server/src/whole.ts', text: 'export default 1;', rule: 'style/noDefaultExport' },
  { file: 'server/src/someName.ts', text: 'export const a = 1;', rule: 'style/useFilenamingConvention' },
  { file: 'server/src/protocol.ts', text: "import 'fs';", rule: 'style/useNodejsImportProtocol' },
  {
    file: 'server/src/imports.ts',
    text: "import { Server } from 'node:net';\nexport const a = (b: Server) => b;",
    rule: 'style/useImportType',
  },
  {
    file: 'server/src/only.test.ts',
    text: "import { test } from 'node:test';\ntest.only('a', () => {});",
    rule: 'suspicious/noFocusedTests',
  },
];

let folder = '';
const found = new Map<string, Set<string>>();

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lint-'));
  await copyFile(join(root, 'biome.json'), join(folder, 'biome.json'));
  await writeFile(join(folder, '.gitignore'), 'node_modules/\n');
  for (const { file, text } of rows) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), `${text}\n`);
  }
  const biome = join(root, 'node_modules/.bin/biome');
  const { stdout } = spawnSync(biome, ['lint', '--reporter=json', '--max-diagnostics=none'], {
    cwd: folder,
    encoding: 'utf8',
  });
  for (const { category, location } of JSON.parse(stdout).diagnostics) {
    const rules = found.get(location.path) ?? new Set();
    found.set(location.path, rules.add(category.replace('lint/', '')));
  }
});

after(() => rm(folder, { recursive: true }));

for (const { file, rule } of rows) {
  test(`${file}: ${rule ?? 'nothing to say'}`, () => {
    assert.deepEqual([...(found.get(file) ?? [])], rule === null ? [] : [rule]);
  });
}
