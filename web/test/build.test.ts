import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { limits, measure, scriptOf } from '../size.ts';

const folder = join(import.meta.dirname, '../dist'); // `npm test` builds it

test('the page holds no script and no style of its own', () => {
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  assert.doesNotMatch(page, /<style|\sstyle=|\son\w+=/);
  const scripts = [...page.matchAll(/<script([^>]*)>([^<]*)</g)];
  assert.equal(scripts.length, 2);
  for (const [, attributes = '', content] of scripts) {
    assert.match(attributes, /src="\/assets\/[\w-]+-[\w-]{8}\.js"/);
    assert.equal(content, '');
  }
});

for (const upTo of ['signIn', 'home'] as const) {
  test(`the script of the first load stays small: ${upTo}`, () => {
    const files = measure(folder, upTo);
    const { gzip } = scriptOf(files);
    assert.ok(files.filter(({ file }) => file.endsWith('.js')).length >= 3);
    assert.ok(gzip > 100_000, `${gzip} bytes: what is measured must be what is loaded`);
    assert.ok(gzip <= limits[upTo], `${gzip} bytes`);
  });
}

test('what runs before the first paint is one small script and no module', () => {
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const [, file = ''] = /<script src="\/(assets\/theme-first-[^"]+)">/.exec(page) ?? [];
  const script = readFileSync(join(folder, file), 'utf8');
  assert.ok(script.length < 1_000);
  assert.doesNotMatch(script, /\b(import|export)\b/);
});

test('of the words of React Aria only those of our languages are shipped', () => {
  const scripts = globSync('assets/*.js', { cwd: folder }).map((file) => readFileSync(join(folder, file), 'utf8'));
  assert.ok(scripts.some((text) => text.includes('Dispensar') || text.includes('Descartar')));
  assert.ok(!scripts.some((text) => text.includes('Schließen')));
});
