import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closeness } from './fuzzy.ts';

const found: [typed: string, text: string][] = [
  ['bank', 'Bank of Brasília'],
  ['brasilia', 'Bank of Brasília'],
  ['bob', 'Bank of Brasília'],
  ['fin aws', 'Finance AWS'],
  ['aws fin', 'Finance AWS'],
  ['faws', 'Finance AWS'],
  ['', 'anything'],
];

for (const [typed, text] of found) {
  test(`"${typed}" finds ${text}`, () => assert.ok(closeness(typed, text) > 0));
}

test('signs that are not there, or in another order, find nothing', () => {
  assert.equal(closeness('xyz', 'Finance AWS'), 0);
  assert.equal(closeness('swa', 'AWS'), 0);
});

const better: [typed: string, first: string, second: string][] = [
  ['bank', 'Bank', 'Snowbank'],
  ['aws', 'AWS root', 'Always on'],
  ['git', 'GitHub', 'Digital'],
  ['fa', 'Finance AWS', 'Fedora'],
];

for (const [typed, first, second] of better) {
  test(`"${typed}" prefers ${first} to ${second}`, () => {
    assert.ok(closeness(typed, first) > closeness(typed, second));
  });
}
