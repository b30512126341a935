import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareTexts, type Part } from './differences.ts';

const shown = (parts: Part[]) => parts.map(({ text, isDifferent }) => (isDifferent ? `[${text}]` : text)).join('');

const rows: [before: string, after: string, marked: [string, string]][] = [
  ['same', 'same', ['same', 'same']],
  ['', 'new', ['', '[new]']],
  ['old', '', ['[old]', '']],
  ['hunter2', 'hunter3', ['hunter[2]', 'hunter[3]']],
  ['one two three', 'one four three', ['one [two] three', 'one [four] three']],
  ['a b c d', 'a c d e', ['a [b ]c d', 'a c d[ e]']],
  ['line\nother', 'line\nadded\nother', ['line\nother', 'line\n[added\n]other']],
  ['ação', 'acao', ['a[çã]o', 'a[ca]o']],
];

for (const [before, after, marked] of rows) {
  test(`${JSON.stringify(before)} beside ${JSON.stringify(after)}`, () => {
    const [one, other] = compareTexts(before, after);
    assert.deepEqual([shown(one), shown(other)], marked);
  });
}

test('nothing of either text is lost', () => {
  const before = 'The quick brown fox. '.repeat(40);
  const after = before.replaceAll('quick', 'slow').replace('fox', 'dog\n\n');
  const [one, other] = compareTexts(before, after);
  assert.equal(one.map(({ text }) => text).join(''), before);
  assert.equal(other.map(({ text }) => text).join(''), after);
});

test('very long texts are compared at once, their middle as a whole', () => {
  const before = `start ${Array.from({ length: 20_000 }, (_, at) => `a${at}`).join(' ')} end`;
  const after = `start ${Array.from({ length: 20_000 }, (_, at) => `b${at}`).join(' ')} end`;
  const [one] = compareTexts(before, after);
  assert.equal(one[0]?.text, 'start ');
  assert.equal(one.at(-1)?.text, ' end');
  assert.equal(one.length, 3);
});
