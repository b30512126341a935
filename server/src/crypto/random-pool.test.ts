import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takeRandom } from './random-pool.ts';

test('10,000 nonces are all different', () => {
  assert.equal(new Set(Array.from({ length: 10_000 }, () => takeRandom(12).toString('hex'))).size, 10_000);
});

test('what was taken stays as it is when the pool is refilled', () => {
  const taken = takeRandom(32);
  const before = taken.toString('hex');
  for (let i = 0; i < 300; i += 1) takeRandom(32);
  assert.equal(taken.toString('hex'), before);
  assert.notEqual(before, '0'.repeat(64));
});

test('no byte is given out twice, nor after it was wiped: every place sees every value', () => {
  const seen = Array.from({ length: 16 }, () => new Set<number>());
  for (let i = 0; i < 10_000; i += 1) for (const [at, byte] of takeRandom(16).entries()) seen[at]?.add(byte);
  assert.deepEqual(
    seen.map(({ size }) => size),
    Array(16).fill(256),
  );
});

test('the whole pool can be taken, more cannot', () => {
  assert.notDeepEqual(takeRandom(4096), takeRandom(4096));
  assert.throws(() => takeRandom(4097), RangeError);
});
