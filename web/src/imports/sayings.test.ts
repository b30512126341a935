import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sayingOf } from './sayings.ts';

const server = join(import.meta.dirname, '../../../server/src');

/** All that is said by these words in the sources, with a 7 in the place of what is filled in. */
function said(files: string[], pattern: RegExp): string[] {
  const texts = files.flatMap((file) => [...readFileSync(join(server, file), 'utf8').matchAll(pattern)]);
  return texts.map(([, , text = '']) => text.replaceAll(/\$\{[^}]*\}/g, '7'));
}

test('what the safe says of files and of other safes has words in both languages', () => {
  const files = globSync('import/**/*.ts', { cwd: server });
  const all = said(files, /new (?:File|Source)Problem\(\s*(['`])(.*?)\1/g);
  assert.ok(all.length > 40, String(all.length));
  assert.deepEqual(
    all.filter((text) => sayingOf(text.replace(': ${', ' 7')) === null),
    [],
  );
});

test('what the safe says of rows has words in both languages', () => {
  const ofDomain = said(
    ['domain/import.ts'],
    /(?:reason: |remarks\.push\(|return )(['`])([a-z$][^'`]* [^'`]*)\1(?! in)/g,
  );
  const ofReaders = said(globSync('import/**/*.ts', { cwd: server }), /refused(?:: |\(| = )(['`])(.*?)\1/g);
  const ofActions = said(globSync('actions/imports/*.ts', { cwd: server }), /reason: (['`])(.*?)\1(?! in)/g);
  // Where a sentence is filled in as a whole, its parts are among the others.
  const all = [
    ...ofDomain,
    ...ofReaders.map((text) => text.replace(/^(missing|not )/, 'content is $1')),
    ...ofActions,
  ].filter((text) => !/^(content )?is 7$/.test(text));
  assert.ok(all.length > 15, String(all.length));
  assert.deepEqual(
    all.filter((text) => sayingOf(text) === null),
    [],
  );
});

test('what is filled in comes from what was said', () => {
  const { name, filled = {} } = sayingOf('notes longer than 10000 characters') ?? {};
  assert.deepEqual([name, { ...filled }], ['fieldTooLong', { field: 'notes', limit: '10000' }]);
  assert.deepEqual(sayingOf('left: 2 passkeys')?.filled.count, '2');
  assert.equal(sayingOf('something new'), null);
});
