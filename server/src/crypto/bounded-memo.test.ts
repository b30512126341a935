import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BoundedMemo } from './bounded-memo.ts';

test('what is no longer used goes out, what is used stays, and there are never more than the limit', () => {
  const memo = new BoundedMemo<number, { value: number }>(4);
  const kept = () => Array.from({ length: 100 }, (_, key) => key).filter((key) => memo.get(key) !== undefined);
  memo.set(0, { value: 0 });
  for (let key = 1; key < 100; key += 1) {
    memo.set(key, { value: key });
    assert.deepEqual(memo.get(0), { value: 0 }, `used a moment ago, before ${key}`);
  }
  const left = kept();
  assert.ok(left.length <= 4, `${left.length} entries`);
  assert.ok(left.includes(0) && left.includes(99));
});

test('writing an entry again changes it and pushes nobody out', () => {
  const memo = new BoundedMemo<string, { value: number }>(4);
  memo.set('a', { value: 1 });
  memo.set('b', { value: 2 });
  for (let value = 3; value < 9; value += 1) memo.set('b', { value });
  assert.deepEqual(memo.get('b'), { value: 8 });
  assert.deepEqual(memo.get('a'), { value: 1 });
});
