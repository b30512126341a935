import assert from 'node:assert/strict';
import { test } from 'node:test';
import { remember } from './bounded-memo.ts';

test('the oldest goes out at the limit, and writing an entry again pushes nobody out', () => {
  const memo = new Map<string, number>();
  for (const [i, key] of ['a', 'b', 'c'].entries()) remember(memo, 3, key, i);
  remember(memo, 3, 'a', 9);
  assert.deepEqual(
    [...memo],
    [
      ['a', 9],
      ['b', 1],
      ['c', 2],
    ],
  );
  remember(memo, 3, 'd', 3);
  assert.deepEqual([...memo.keys()], ['b', 'c', 'd']);
});
