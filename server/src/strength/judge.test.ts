import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { startJudge } from './judge.ts';

describe('judging passwords', () => {
  const judge = startJudge();
  after(() => judge.close());

  const rows: [string, string][] = [
    ['', 'undefined'],
    ['password', 'poor'],
    ['senha123', 'poor'],
    ['x'.repeat(4096), 'poor'],
    ['Tr0ub4dor&3', 'good'],
    ['correct horse battery staple', 'best'],
  ];
  for (const [password, strength] of rows) {
    it(`finds ${password.slice(0, 30) || 'none'} ${strength}`, async () => {
      assert.equal(await judge.judge(password), strength);
    });
  }

  it('gives each of many its own answer', async () => {
    const asked = Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? 'password' : 'correct horse battery staple'));
    const answers = await Promise.all(asked.map((password) => judge.judge(password)));
    assert.deepEqual(
      answers,
      asked.map((password) => (password === 'password' ? 'poor' : 'best')),
    );
  });

  it('leaves nobody waiting when it is closed', async () => {
    const other = startJudge();
    const refused = assert.rejects(other.judge('password'), /closing/);
    await other.close();
    await refused;
  });
});
