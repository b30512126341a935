import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PasswordItem } from '@arca/sdk';
import { conflictOf, withoutFields } from './conflict.ts';

const before = {
  kind: 'password',
  number: 12,
  name: 'GitHub',
  username: 'ana',
  url: '',
  tags: ['work'],
  justificationRequired: false,
} as unknown as PasswordItem;

test('a field changed by both is to be decided, with both texts', () => {
  const now = { ...before, name: 'GitHub of Ben' };
  assert.deepEqual(conflictOf(before, now, { name: 'GitHub of Ana' }, new Set(['name'])), {
    clashes: [{ field: 'name', isSecret: false, mine: 'GitHub of Ana', theirs: 'GitHub of Ben' }],
    onlyMine: [],
    onlyTheirs: [],
  });
});

test('what only one of them changed needs no decision', () => {
  const now = { ...before, url: 'https://github.com' };
  assert.deepEqual(conflictOf(before, now, { tags: ['work', 'code'] }, new Set(['url'])), {
    clashes: [],
    onlyMine: ['tags'],
    onlyTheirs: ['url'],
  });
});

test('the same change by both is none', () => {
  const now = { ...before, username: 'ana@example.com' };
  assert.deepEqual(conflictOf(before, now, { username: 'ana@example.com' }, new Set(['username'])), {
    clashes: [],
    onlyMine: [],
    onlyTheirs: [],
  });
});

test('a secret changed by both is to be decided without telling the other', () => {
  assert.deepEqual(conflictOf(before, before, { password: 'not-a-real-one' }, new Set(['password', 'notes'])), {
    clashes: [{ field: 'password', isSecret: true, mine: 'not-a-real-one', theirs: null }],
    onlyMine: [],
    onlyTheirs: ['notes'],
  });
});

test('a cleared field clashes as an empty text, and tags as one text', () => {
  const now = { ...before, tags: ['work', 'code'] };
  assert.deepEqual(conflictOf(before, now, { tags: null }, new Set(['tags'])).clashes, [
    { field: 'tags', isSecret: false, mine: '', theirs: 'work, code' },
  ]);
});

test('fields for which the other was chosen are not sent', () => {
  assert.deepEqual(withoutFields({ name: 'a', url: null, tags: ['b'] }, ['name', 'tags']), { url: null });
});
