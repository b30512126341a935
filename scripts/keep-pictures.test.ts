import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { pictures } from './keep-pictures.ts';

const root = dirname(import.meta.dirname);
const pages = ['README.md', ...globSync('docs/**/*.md', { cwd: root })];
const shown = pages.flatMap((page) =>
  [...readFileSync(join(root, page), 'utf8').matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, path = '']) =>
    join(root, dirname(page), path),
  ),
);

test('each picture that a page shows is there', () => {
  assert.ok(shown.length > 5);
  for (const path of shown) assert.ok(existsSync(path), path);
});

test('each picture that is kept is taken by a story, and shown', () => {
  const kept = globSync('docs/pictures/*', { cwd: root }).map((path) => path.slice('docs/pictures/'.length));
  assert.deepEqual(kept.sort(), Object.keys(pictures).sort());
  for (const name of kept) assert.ok(shown.includes(join(root, 'docs/pictures', name)), name);
});
