import assert from 'node:assert/strict';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { startScoring } from '../../server/src/strength/score-passwords.ts';
import { builtCommand } from './stage.ts';

// As built it has its words from files, as sources from the lists of packages.
test('the thread that judges gives the same scores when it is built', async (test) => {
  const worker = new Worker(join(dirname(builtCommand), 'judge-worker.js'), { env: {} });
  test.after(() => worker.terminate());
  const score = startScoring();
  const passwords = [
    'password',
    'senha123',
    'verdade',
    'janeiro',
    'qwertyuiop',
    'P4ssw0rd!',
    'Tr0ub4dor&3',
    'n7#Kq0vWz2',
  ];
  const scores = [];
  for (const [id, password] of passwords.entries()) {
    worker.postMessage({ id, password });
    const [answer] = await once(worker, 'message');
    scores.push(answer.score);
  }
  assert.deepEqual(scores, passwords.map(score));
  assert.ok(new Set(scores).size > 2, scores.join());
});
