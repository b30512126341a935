import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
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

  it('lets every other thread go first', { skip: process.platform !== 'linux' }, async () => {
    await judge.judge('password');
    const nices = readdirSync('/proc/self/task').map((thread) => {
      const [, fields = ''] = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8').split(') ');
      return Number(fields.split(' ')[16]);
    });
    const own = Math.min(...nices);
    assert.equal(nices.filter((nice) => nice === Math.min(own + 10, 19)).length, 1, nices.join());
  });

  it('takes no more than some at once: the others must ask later', async () => {
    const asked = await Promise.allSettled(Array.from({ length: 60 }, () => judge.judge('password')));
    const refused = asked.filter((one) => one.status === 'rejected');
    assert.equal(refused.length, 40);
    for (const { reason } of refused) assert.equal((reason as { code?: string }).code, 'too_many_requests');
    assert.equal(await judge.judge('password'), 'poor');
  });

  it('has a password that has a thousand readings done in time', async () => {
    const endless = `p${Array.from({ length: 30 }, (_, at) => `tag ${at}`).join(',')}`;
    assert.deepEqual(await Promise.all([judge.judge(endless), judge.judge('password')]), ['best', 'poor']);
  });

  const tooTight = [
    ['takes too long', { patienceMilliseconds: 1, heapMegabytes: 128 }],
    ['needs too much memory', { patienceMilliseconds: 60_000, heapMegabytes: 8 }],
  ] as const;
  for (const [what, bounds] of tooTight) {
    it(`gives up on what ${what}, one after the other`, async () => {
      const strict = startJudge(bounds);
      assert.deepEqual(await Promise.all([strict.judge('password'), strict.judge('senha')]), ['good', 'good']);
      await strict.close();
    });
  }

  it('leaves nobody waiting when it is closed', async () => {
    const other = startJudge();
    const refused = assert.rejects(other.judge('password'), /closing/);
    await other.close();
    await refused;
  });
});
