import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { tellingOfPackages } from '../../server/test/loaded-packages.ts';
import { builtCommand } from './stage.ts';

// People wait for each of them, and scripts run hundreds.
test('a command loads nothing of the store or the server', () => {
  const env = { PATH: process.env.PATH, NODE_OPTIONS: tellingOfPackages };
  const said = execFileSync(process.execPath, [builtCommand, '--version'], { env, encoding: 'utf8' });
  assert.match(said, /^loads yaml$/m);
  assert.deepEqual(said.match(/^loads (?!yaml$).*$/gm), null);
});
