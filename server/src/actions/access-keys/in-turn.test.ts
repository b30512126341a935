import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inTurn } from './in-turn.ts';

/** Work that ends when it is told to. */
function startWork() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let hasBegun = false;
  const work = () => {
    hasBegun = true;
    return promise;
  };
  return { work, resolve, reject, hasBegun: () => hasBegun };
}

const aMoment = () => new Promise((resume) => setImmediate(resume));

describe('work in turn', () => {
  it('is done one at a time, in the order in which it came, whatever becomes of the work before', async () => {
    const safe = {};
    const [first, second, third] = [startWork(), startWork(), startWork()];
    const done = [first, second, third].map(({ work }) => inTurn(safe, work));
    await aMoment();
    assert.deepEqual([first.hasBegun(), second.hasBegun()], [true, false]);
    first.reject(new Error('it went wrong'));
    await assert.rejects(done[0] ?? assert.fail(), /it went wrong/);
    await aMoment();
    assert.deepEqual([second.hasBegun(), third.hasBegun()], [true, false]);
    second.resolve('second');
    third.resolve('third');
    assert.deepEqual(await Promise.all(done.slice(1)), ['second', 'third']);
  });

  it('does not wait for another safe', async () => {
    const busy = startWork();
    const waiting = inTurn({}, busy.work);
    assert.equal(await inTurn({}, async () => 'at once'), 'at once');
    busy.resolve('late');
    assert.equal(await waiting, 'late');
  });

  it('has a short line: the ninth is told to come again, and is let in once one is done', async () => {
    const safe = {};
    const works = Array.from({ length: 8 }, startWork);
    const done = works.map(({ work }) => inTurn(safe, work));
    await assert.rejects(
      inTurn(safe, async () => 'ninth'),
      { code: 'too_many_requests', details: { retryAfterSeconds: 10 } },
    );
    works[0]?.resolve('first');
    await done[0];
    const ninth = inTurn(safe, async () => 'ninth');
    for (const { resolve } of works) resolve('done');
    assert.equal(await ninth, 'ninth');
    await Promise.all(done);
  });
});
