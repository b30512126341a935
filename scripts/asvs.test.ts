// docs/reference/asvs.md: every requirement once, with its level, and nothing named that is not there.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { asvsLevels } from './asvs-levels.ts';

const root = dirname(import.meta.dirname);
const page = readFileSync(join(root, 'docs/reference/asvs.md'), 'utf8');

const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| V'))
  .map((line) => {
    const [, number = '', level = '', matter = '', state = '', proof = '', ...more] = line.split(/ ?\| ?/);
    return { number, level, matter, state, proof, more };
  });

test('each requirement of levels 1 and 2 stands there once, in order, with its level', () => {
  const wanted = Object.entries(asvsLevels).flatMap(([section, levels]) =>
    [...levels].map((level, at) => `${section}.${at + 1} ${level}`).filter((one) => !one.endsWith(' 3')),
  );
  assert.equal(wanted.length, 253);
  assert.deepEqual(
    rows.map(({ number, level }) => `${number} ${level}`),
    wanted,
  );
});

test('each row has its matter, a state and what is behind it', () => {
  for (const { number, matter, state, proof, more } of rows) {
    assert.ok(matter && proof, number);
    assert.match(state, /^(holds|when set|does not apply|the wire|open)$/, number);
    assert.deepEqual(more, [''], number);
  }
});

/** Paths in backticks; other words there, such as settings, have neither slash nor ending. */
const filesOf = (proof: string): string[] =>
  [...proof.matchAll(/`([\w.-]+(?:\/[\w.-]+)+|\.?\w+\.?\w*)`/g)]
    .map(([, path = '']) => path)
    .filter((path) => path.includes('/') || /^\.\w+$|\.json$/.test(path));

test('each file that is named is there, and what holds or the wire prescribes names one', () => {
  for (const { number, state, proof } of rows) {
    const files = filesOf(proof);
    for (const file of files) assert.ok(existsSync(join(root, file)), `${number}: ${file}`);
    if (['holds', 'when set', 'the wire'].includes(state)) assert.ok(files.length > 0, number);
  }
});

test('the sum at the top is that of the rows', () => {
  const count = (state: string) => rows.filter((row) => row.state === state).length;
  const sum =
    `Of ${rows.length} requirements **${count('holds')} hold, ${count('when set')} hold when set, ${count('does not apply')} do not apply, ` +
    `${count('the wire')} are as the wire has them, ${count('open')} are open**.`;
  assert.ok(page.includes(sum), sum);
});
