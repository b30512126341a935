import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PasswordItem } from '@arca/sdk';
import { changesOf, draftOf, type SecretStates, secretsOf } from './draft.ts';

const item = {
  kind: 'password',
  number: 12,
  name: 'GitHub',
  username: 'ana',
  url: 'https://github.com',
  tags: ['work'],
  justificationRequired: false,
} as PasswordItem;

const kept = secretsOf('password', false);

test('an untouched form changes nothing', () => {
  assert.deepEqual(changesOf('password', item, draftOf(item), kept), {});
});

test('of an item only what differs is sent, and what was emptied is cleared', () => {
  const values = { ...draftOf(item), name: 'Git Hub', url: '', tags: [] };
  assert.deepEqual(changesOf('password', item, values, kept), { name: 'Git Hub', url: null, tags: null });
});

test('a field that must hold something is sent empty rather than cleared: the form says so first', () => {
  assert.deepEqual(changesOf('password', item, { ...draftOf(item), username: '' }, kept), { username: '' });
});

test('of a new item all that holds something is sent', () => {
  const values = { ...draftOf(null), name: 'Mail', username: 'ana', password: 'not-a-real-one', tags: ['a'] };
  assert.deepEqual(changesOf('password', null, values, secretsOf('password', true)), {
    name: 'Mail',
    username: 'ana',
    password: 'not-a-real-one',
    tags: ['a'],
  });
});

test('a secret is sent when it was typed, and cleared when that was asked', () => {
  const values = { ...draftOf(item), password: 'not-a-real-two', notes: 'as before' };
  const secrets: SecretStates = {
    password: { mode: 'typed', original: null },
    totp: { mode: 'cleared' },
    notes: { mode: 'typed', original: 'as before' },
  };
  assert.deepEqual(changesOf('password', item, values, secrets), { password: 'not-a-real-two', totp: null });
});

test('notes that were read and emptied are cleared; a password field left empty stays as it was', () => {
  const secrets: SecretStates = {
    password: { mode: 'typed', original: null },
    notes: { mode: 'typed', original: 'as before' },
  };
  assert.deepEqual(changesOf('password', item, draftOf(item), secrets), { notes: null });
});

test('the wish for a reason is a change of its own', () => {
  const values = { ...draftOf(item), justificationRequired: true };
  assert.deepEqual(changesOf('password', item, values, kept), { justificationRequired: true });
});
