import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { policy, styleHashes, styleTexts } from '../policy.ts';

test('the hashes are those of the two style elements', () => {
  const hashes = styleTexts.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  assert.deepEqual(styleHashes, hashes);
  for (const hash of hashes) assert.ok(policy.includes(hash));
});

// The second is put into the page by iPhones alone, which no test here is.
test('React Aria still has these two texts', () => {
  const manifest = createRequire(import.meta.url).resolve('react-aria/package.json');
  const files = ['interactions/usePress.mjs', 'overlays/usePreventScroll.mjs'];
  for (const [at, file] of files.entries()) {
    const source = readFileSync(join(dirname(manifest), 'dist/private', file), 'utf8');
    const given = /style\.textContent = `([^`]*)`\s*\.trim\(\)/.exec(source)?.[1] ?? '';
    const text = given.replace(/\$\{[^}]*PRESSABLE_ATTRIBUTE\}/, 'data-react-aria-pressable').trim();
    assert.equal(text, styleTexts[at]);
  }
});

test('nothing inline and nothing from elsewhere is let through', () => {
  assert.doesNotMatch(policy, /unsafe|https?:|\*/);
});
