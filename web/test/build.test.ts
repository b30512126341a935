import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { measure } from '../size.ts';

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

test('the first load leaves room: no more script than today', () => {
  const scripts = measure(folder).filter(({ file }) => file.endsWith('.js'));
  const sum = scripts.reduce((total, { gzip }) => total + gzip, 0);
  assert.ok(scripts.length >= 3);
  assert.ok(sum < 256_000, `${sum} bytes`);
});

test('of the words of React Aria only those of our languages are shipped', () => {
  const scripts = globSync('assets/*.js', { cwd: folder }).map((file) => readFileSync(join(folder, file), 'utf8'));
  assert.ok(scripts.some((text) => text.includes('Dispensar') || text.includes('Descartar')));
  assert.ok(!scripts.some((text) => text.includes('Schließen')));
});
