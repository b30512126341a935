import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RefusalDetails } from '../domain/errors.ts';
import { isRefusal } from '../domain/errors.ts';
import { type Backoff, blocking, growing, startBackoff, takeTry } from './backoff.ts';

const second = 1000;
const minute = 60 * second;

/** Seconds to wait, or 0 when the try is let through; it then fails. */
function fail(backoff: Backoff, now: number, bucket = 1): number {
  try {
    takeTry([{ backoff, bucket }], now);
    return 0;
  } catch (thrown) {
    assert.ok(isRefusal(thrown, 'too_many_requests'));
    return (thrown.details as RefusalDetails['too_many_requests']).retryAfterSeconds;
  }
}

describe('a growing wait', () => {
  it('begins after the free failures, doubles, and stops at 15 minutes', () => {
    const backoff = startBackoff({ ...growing, free: 3 });
    for (let free = 0; free < 3; free += 1) assert.equal(fail(backoff, 0), 0);
    const waits: number[] = [];
    let now = 0;
    for (let round = 0; round < 13; round += 1) {
      const wait = fail(backoff, now);
      waits.push(wait);
      assert.equal(fail(backoff, now + wait * second - 1), 1);
      now += wait * second;
      assert.equal(fail(backoff, now), 0);
    }
    // One of 15 minutes is forgotten while that long is waited: it does not grow any more.
    assert.deepEqual(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
  });

  it('forgets one failure every 15 minutes', () => {
    const backoff = startBackoff({ ...growing, free: 3 });
    for (const now of [0, 0, 0]) fail(backoff, now);
    assert.equal(fail(backoff, 31 * minute), 0);
    assert.equal(fail(backoff, 31 * minute), 0);
    assert.equal(fail(backoff, 31 * minute), 1);
  });

  it('is each bucket by itself', () => {
    const backoff = startBackoff({ ...growing, free: 1 });
    assert.deepEqual([fail(backoff, 0, 1), fail(backoff, 0, 1), fail(backoff, 0, 2)], [0, 1, 0]);
  });
});

describe('a block', () => {
  it('lets the free failures through in 15 minutes, and as many again after them', () => {
    const backoff = startBackoff({ ...blocking, free: 5 });
    for (const now of [0, 1, 2, 3, 14 * minute]) assert.equal(fail(backoff, now), 0);
    assert.equal(fail(backoff, 14 * minute), 900);
    assert.equal(fail(backoff, 28 * minute), 60);
    for (let free = 0; free < 5; free += 1) assert.equal(fail(backoff, 29 * minute), 0);
    assert.equal(fail(backoff, 29 * minute), 900);
  });
});

describe('a try that is forgiven', () => {
  it('leaves all as it was', () => {
    const backoff = startBackoff({ ...growing, free: 2 });
    fail(backoff, 0);
    for (let round = 0; round < 50; round += 1) {
      const tried = takeTry([{ backoff, bucket: 1 }], round);
      tried.forgive();
      tried.forgive();
    }
    assert.equal(fail(backoff, 50), 0);
    assert.equal(fail(backoff, 50), 1);
  });

  it('does not put off what is forgotten with time', () => {
    const backoff = startBackoff({ ...growing, free: 2 });
    fail(backoff, 0);
    takeTry([{ backoff, bucket: 1 }], 14 * minute).forgive();
    assert.equal(fail(backoff, 16 * minute), 0);
    assert.equal(fail(backoff, 16 * minute), 0);
  });

  it('takes nothing of what others failed meanwhile', () => {
    const backoff = startBackoff({ ...growing, free: 3 });
    const tried = takeTry([{ backoff, bucket: 1 }], 0);
    fail(backoff, 0);
    fail(backoff, 0);
    assert.equal(fail(backoff, 0), 1);
    tried.forgive();
    assert.equal(fail(backoff, 0), 0);
    assert.equal(fail(backoff, 0), 1);
  });
});

describe('many tries at once', () => {
  it('are let through as far as failures are free, before any is known to be wrong', () => {
    const backoff = startBackoff({ ...growing, free: 4 });
    const waits = Array.from({ length: 100 }, () => fail(backoff, 0));
    assert.equal(waits.filter((wait) => wait === 0).length, 4);
  });

  it('are counted by none of the buckets when one of them must wait', () => {
    const [wide, narrow] = [startBackoff({ ...growing, free: 10 }), startBackoff({ ...growing, free: 1 })];
    const both = [
      { backoff: wide, bucket: 1 },
      { backoff: narrow, bucket: 1 },
    ];
    takeTry(both, 0);
    for (let more = 0; more < 20; more += 1) assert.throws(() => takeTry(both, 0));
    for (let left = 0; left < 9; left += 1) assert.equal(fail(wide, 0), 0);
    assert.equal(fail(wide, 0), 1);
  });
});
