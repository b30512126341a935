import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFiltered, plainList, readAddress, writeAddress } from './address.ts';

test('a list without a query is plain, and a plain list has no query', () => {
  assert.deepEqual(readAddress(''), plainList);
  assert.equal(writeAddress(plainList), '');
  assert.equal(isFiltered(plainList), false);
});

test('what is written is read again', () => {
  const address = {
    q: 'r&d "mail"',
    state: 'all',
    owner: 'others',
    tag: 'ção #1',
    health: 'weak',
    sort: '-updatedAt',
  } as const;
  assert.deepEqual(readAddress(writeAddress(address)), address);
  assert.equal(isFiltered(address), true);
});

test('what is not known counts as absent', () => {
  assert.deepEqual(readAddress('?state=gone&owner=ana&sort=password&tag=&view=history'), plainList);
});

test('an order alone leaves nothing out', () => {
  assert.equal(isFiltered({ ...plainList, sort: '-number', q: '  ' }), false);
});
