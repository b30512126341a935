import assert from 'node:assert/strict';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { operate } from '../../../src/admin/operate.ts';
import { makeLog, startServer } from '../../../src/main.ts';
import { bareSettings } from '../../bare-settings.ts';
import { anyPassword } from '../../start-safe.ts';
import { brokenCopy } from './broken-copy.ts';

const verifier = 'actions/audit/verify-export.ts';

it(`a safe finds yesterday's database put back by the anchors beside it, and would not without them`, async (test) => {
  const bare = await bareSettings('sqlite');
  const file = join(bare.settings.dataDir, 'safe.db');
  const copy = brokenCopy([
    ['actions/audit/verify-piece.ts', 'if (anchored && anchored.sequence > lane.sequence)', 'if (anchored && false)'],
    [verifier, '  findMissingLanes(claims, seen, say);', ''],
  ]);
  let serving = await startServer(bare.settings, makeLog('silent'));
  test.after(async () => {
    await serving.close();
    copy.remove();
    await bare.remove();
  });
  const add = (username: string) =>
    operate(serving.safe, 'tester').run('user.add', { username, password: anyPassword });
  const verify = (by = operate) => by(serving.safe, 'tester').run('audit.verify', { state: true });

  await add('ana');
  await serving.close();
  copyFileSync(file, `${file}.yesterday`);
  serving = await startServer(bare.settings, makeLog('silent'));
  await add('ben');
  const honest = await verify();
  assert.deepEqual([honest.problems, honest.anchors], [[], 1]);
  await serving.close();
  copyFileSync(`${file}.yesterday`, file);
  serving = await startServer(bare.settings, makeLog('silent'));

  const { holds, completeTo, anchors, problems } = await verify();
  assert.deepEqual([holds, completeTo, anchors, problems.length], [false, null, 2, 1]);
  assert.match(problems[0]?.problem ?? '', /^the whole lane is missing: the anchor of \S+ tells of 4 entries$/);
  const { operate: broken } = await copy.load<{ operate: typeof operate }>('admin/operate.ts');
  assert.deepEqual((await verify(broken)).problems, []);
  const lines = readFileSync(join(bare.settings.dataDir, 'anchors', 'anchors.jsonl'), 'utf8');
  assert.equal(lines.split('\n').filter((line) => line !== '').length, 2);
});
