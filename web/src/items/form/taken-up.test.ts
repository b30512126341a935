import assert from 'node:assert/strict';
import { test } from 'node:test';
import { offerAgain, secretsFrom, takeUp, valuesFrom } from './taken-up.ts';

const item = { kind: 'password', number: 3 } as const;

test('what was not saved is taken up once, by the form of its own item', () => {
  offerAgain(item, { username: 'ben', password: 'not-real' });
  assert.deepEqual(takeUp({ kind: 'note', number: 3 }), {});
  assert.deepEqual(takeUp(item), {});
  offerAgain(item, { username: 'ben' });
  assert.deepEqual(takeUp(item), { username: 'ben' });
  assert.deepEqual(takeUp(item), {});
});

test('the form begins with its texts, and knows which secrets were typed and which cleared', () => {
  const changes = { tags: null, url: null, password: 'not-real', notes: null };
  assert.deepEqual(valuesFrom(changes), { tags: [], url: '', password: 'not-real', notes: '' });
  assert.deepEqual(secretsFrom('password', changes), {
    password: { mode: 'typed', original: null },
    notes: { mode: 'cleared' },
  });
});
