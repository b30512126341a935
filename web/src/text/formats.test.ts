import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatsOf, regionOf } from './formats.ts';
import { firstKnown } from './languages.ts';

const now = new Date('2026-11-21T12:00:00Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);

test('a time ago is told in its largest unit', () => {
  const english = formatsOf('en-US');
  assert.equal(english.relative(ago(20), now), 'now');
  assert.equal(english.relative(ago(3 * 60), now), '3 minutes ago');
  assert.equal(english.relative(ago(26 * 3600), now), 'yesterday');
  assert.equal(formatsOf('pt-BR').relative(ago(2 * 86_400), now), 'anteontem');
});

test('numbers, sizes and durations are those of the language', () => {
  const portuguese = formatsOf('pt-BR');
  assert.equal(portuguese.number(1234.5), '1.234,5');
  assert.equal(portuguese.bytes(1_500_000), '1,5 MB');
  assert.equal(formatsOf('en-US').bytes(0), '0 bytes');
  assert.equal(formatsOf('en-US').duration(4_800), '1 hr 20 min');
  assert.equal(formatsOf('en-US').duration(0.2), '1 sec');
});

test('the language is the first of ours that the browser asks for', () => {
  assert.equal(firstKnown(['de-DE', 'pt-PT', 'en-US']), 'pt-BR');
  assert.equal(firstKnown(['en-GB', 'pt-BR']), 'en');
  assert.equal(firstKnown(['de']), undefined);
});

test("dates are written as in the browser's region where it speaks the language", () => {
  assert.equal(regionOf('en', ['pt-BR', 'en-GB']), 'en-GB');
  assert.equal(regionOf('pt-BR', ['en-GB']), 'pt-BR');
});
