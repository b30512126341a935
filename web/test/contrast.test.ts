import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { contrast, pairs, ratioOf, readColors, tableRows } from './colors.ts';

test('contrast is measured as WCAG measures it', () => {
  assert.equal(contrast('#000000', '#ffffff').toFixed(2), '21.00');
  assert.equal(contrast('#777777', '#ffffff').toFixed(2), '4.48');
});

for (const theme of ['light', 'dark'] as const) {
  test(`text and controls stand out, ${theme}`, () => {
    const colors = readColors();
    const weak = pairs
      .map((pair) => ({ ...pair, ratio: ratioOf(colors, pair.front, pair.back, theme) }))
      .filter(({ ratio, least }) => ratio < least)
      .map(({ front, back, ratio, least }) => `${front} on ${back}: ${ratio.toFixed(2)}, less than ${least}`);
    assert.deepEqual(weak, []);
    assert.ok(pairs.length > 50);
  });
}

test('docs/design.md tells the numbers as they are', () => {
  const text = readFileSync(join(import.meta.dirname, '../../docs/design.md'), 'utf8');
  const told = text.split('\n').filter((line) => /^\| [\w-]+ \| [\w-]+ \| (3|4\.5) \|/.test(line));
  assert.deepEqual(told, tableRows());
});
