import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { appSources } from './sources.ts';

// TypeScript takes any name of a class for given: styles.lable is a string to it.

const sheets = new Map(appSources('.module.css').map((file) => [file, classesOf(readFileSync(file, 'utf8'))]));
const uses = new Map([...sheets.keys()].map((file) => [file, new Set<string>()]));
const missing: string[] = [];
for (const file of [...appSources('.tsx'), ...appSources('.ts')]) {
  const source = readFileSync(file, 'utf8');
  for (const [, name = '', path = ''] of source.matchAll(/import (\w+) from '(\.{1,2}\/[^']+\.module\.css)'/g)) {
    const sheet = join(dirname(file), path);
    if (!existsSync(sheet)) missing.push(`${file}: ${path}`);
    const names = [name, ...exportedAs(source, name)];
    for (const one of names) note(file, source, one, sheet);
    if (names.length > 1)
      for (const other of appSources('.tsx')) note(other, readOther(other, names), names[1] ?? '', sheet);
  }
}

test('every class that a component names is in its style sheet', () => {
  assert.deepEqual(missing, []);
  assert.ok(sheets.size > 30);
});

test('every class of a style sheet is used', () => {
  const idle = [...sheets].flatMap(([file, classes]) =>
    [...classes].filter((name) => !uses.get(file)?.has(name)).map((name) => `${file}: .${name}`),
  );
  assert.deepEqual(idle, []);
});

/** `export const fieldStyles = styles` gives one sheet to several components, which may rename it at import. */
function exportedAs(source: string, name: string): string[] {
  return [...source.matchAll(new RegExp(`export const (\\w+) = ${name};`, 'g'))].map(([, as = '']) => as);
}

function readOther(file: string, names: string[]): string {
  const source = readFileSync(file, 'utf8');
  return source.replaceAll(new RegExp(`${names[1]} as (\\w+)`, 'g'), '').includes(names[1] ?? '')
    ? source
    : source.includes(`${names[1]} as styles`)
      ? source.replaceAll('styles.', `${names[1]}.`)
      : '';
}

function note(file: string, source: string, name: string, sheet: string): void {
  const classes = sheets.get(sheet) ?? new Set();
  for (const [, named = ''] of source.matchAll(new RegExp(`\\b${name}\\.(\\w+)`, 'g'))) {
    uses.get(sheet)?.add(named);
    if (!classes.has(named)) missing.push(`${file}: ${name}.${named}`);
  }
  // styles[variant]: any class of the sheet may be meant
  if (new RegExp(`\\b${name}\\[`).test(source)) for (const one of classes) uses.get(sheet)?.add(one);
}

function classesOf(css: string): Set<string> {
  const selectors = css.replaceAll(/\/\*.*?\*\//gs, '').replaceAll(/\{[^{}]*\}/g, '{}');
  return new Set([...selectors.matchAll(/\.([a-z]\w*)/gi)].map(([, name = '']) => name));
}
