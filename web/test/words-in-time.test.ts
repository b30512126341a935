import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { first } from '../src/text/en/first.ts';
import { home } from '../src/text/en/home.ts';
import { en } from '../src/text/en.ts';

// The words come in three parts. What is shown before a part is there must not need it.

const source = join(import.meta.dirname, '../src');
const rooms = new RegExp(`['\`]((?:${Object.keys(en).join('|')})\\.[^'\`\\s]+)['\`]`, 'g');

test('the sign-in, and what may stand around it, says only what is loaded first', () => {
  assert.deepEqual(missing(['app/main.tsx'], ['app/inside.tsx'], first), []);
});

test('the frame, the home and their dialogs say only what is loaded with the home', () => {
  const loadedByRoutes = [
    ...readFileSync(join(source, 'app/routes.tsx'), 'utf8').matchAll(/import\('\.\.\/([^']+)'\)/g),
  ];
  assert.ok(loadedByRoutes.length > 10);
  assert.deepEqual(
    missing(
      ['app/inside.tsx'],
      loadedByRoutes.map(([, file = '']) => file),
      home,
    ),
    [],
  );
});

test('a word that is not there in time is found', () => {
  assert.deepEqual(missing(['admin/panel-page.tsx'], [], first).slice(0, 1), [
    'admin/panel-page.tsx: admin.panel.title',
  ]);
});

/** The words that these files and all that they import say, and that are not among the given ones. */
function missing(from: string[], without: string[], words: object): string[] {
  const known = namesOf(words);
  // It names operations of the API, which look alike.
  const seen = new Set([...without, 'api/attend.ts'].map((file) => join(source, file)));
  const found: string[] = [];
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = readFileSync(file, 'utf8');
    for (const [, name = ''] of text.matchAll(rooms)) {
      const start = name.replace(/\$\{.*/, '');
      const isKnown = known.some((one) =>
        start === name ? one.replace(/_(one|many|other)$/, '') === name : one.startsWith(start),
      );
      if (!isKnown) found.push(`${file.slice(source.length + 1)}: ${name}`);
    }
    for (const [, path = ''] of text.matchAll(/(?:from |import\()'(\.{1,2}\/[^']+\.tsx?)'/g)) {
      const next = join(dirname(file), path);
      if (!next.startsWith(join(source, 'text'))) visit(next);
    }
  };
  for (const file of from) visit(join(source, file));
  return found;
}

function namesOf(words: object, above = ''): string[] {
  return Object.entries(words).flatMap(([name, value]) =>
    typeof value === 'string' ? [above + name] : namesOf(value, `${above}${name}.`),
  );
}
