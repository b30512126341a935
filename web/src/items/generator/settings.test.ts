import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstSettings, settingsFrom } from './settings.ts';

const first = firstSettings('pt-BR');

test('nothing stored, or nothing sensible, gives the first settings', () => {
  for (const stored of [null, 7, 'x', [], { makes: 'coffee', password: 3, phrase: null }]) {
    assert.deepEqual(settingsFrom(stored, first), first);
  }
  assert.equal(first.phrase.list, 'pt-BR');
  assert.equal(firstSettings('en').phrase.list, 'en');
});

test('what was stored comes back', () => {
  const stored = {
    makes: 'phrase',
    password: { length: 40, upper: false, lower: true, digits: false, symbols: false, noLookAlikes: true },
    phrase: { words: 4, list: 'en', separator: ' ', isCapitalized: true, hasDigit: true },
  } as const;
  assert.deepEqual(settingsFrom(JSON.parse(JSON.stringify(stored)), first), stored);
});

test('what is out of bounds or of another type is replaced one by one', () => {
  const stored = {
    password: { length: 5000, upper: 'yes', lower: false, digits: false, symbols: false },
    phrase: { words: 0, list: 'xx', separator: '<', hasDigit: true },
  };
  const settings = settingsFrom(stored, first);
  assert.equal(settings.password.length, 20);
  assert.equal(settings.password.upper, true);
  assert.equal(settings.phrase.words, 6);
  assert.equal(settings.phrase.separator, '-');
  assert.equal(settings.phrase.list, 'pt-BR');
  assert.equal(settings.phrase.hasDigit, true);
});

test('at least one class of signs is always on', () => {
  const none = { password: { upper: false, lower: false, digits: false, symbols: false } };
  assert.equal(settingsFrom(none, first).password.lower, true);
});
