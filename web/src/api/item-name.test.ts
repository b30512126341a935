import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathOfItem, readItem, spellItem } from './item-name.ts';

test('items of every kind are named as the safe names them, and have a page', () => {
  for (const kind of ['password', 'note', 'api-secret', 'file'] as const) {
    const name = { kind, number: 12 };
    assert.deepEqual(readItem(spellItem(name)), name);
    assert.equal(pathOfItem(name), `/${kind}s/12`);
  }
  for (const text of ['', 'file', 'file:0', 'file:x', 'folder:1', 'file:1 ']) assert.equal(readItem(text), null);
});
