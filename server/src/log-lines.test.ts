import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openLogLines } from './log-lines.ts';

it('lines come in their order, once a turn has ended or when told', async (test) => {
  const folder = mkdtempSync(join(tmpdir(), 'arca-lines-'));
  const path = join(folder, 'log');
  const file = openSync(path, 'a');
  test.after(() => {
    closeSync(file);
    rmSync(folder, { recursive: true });
  });
  const lines = openLogLines(file);
  lines.write('one\n');
  lines.write('two\n');
  assert.equal(readFileSync(path, 'utf8'), '');
  while (readFileSync(path, 'utf8') === '') await sleep(5);
  assert.equal(readFileSync(path, 'utf8'), 'one\ntwo\n');
  lines.write('three\n');
  lines.flushSync();
  assert.equal(readFileSync(path, 'utf8'), 'one\ntwo\nthree\n');
});

for (const [how, end] of [
  ['is told to end', 'process.exit(3)'],
  ['fails', 'throw new Error("a fault")'],
] as const) {
  it(`what waits is written when the process ${how}`, () => {
    const url = new URL('./log-lines.ts', import.meta.url);
    const program = `import { openLogLines } from '${url}'; const lines = openLogLines(1); lines.write('last words\\n'); ${end};`;
    const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
    });
    assert.notEqual(status, 0);
    assert.equal(stdout, 'last words\n');
  });
}
