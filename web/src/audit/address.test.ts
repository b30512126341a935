import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSought, nothingSought, readAddress, searchOf, writeAddress } from './address.ts';

const now = new Date(2026, 10, 21, 15, 30);

test('an address says what is sought, and what it does not understand counts as absent', () => {
  const query = new URLSearchParams('user=ana&what=viewed&item=password:12&span=week&from=10.0.0.0/8&page=3');
  const address = readAddress(query);
  assert.deepEqual(
    writeAddress(address).toString(),
    'user=ana&what=viewed&item=password%3A12&span=week&from=10.0.0.0%2F8',
  );
  assert.deepEqual(searchOf(address, now), {
    user: 'ana',
    event: 'item.revealed',
    item: 'password:12',
    since: new Date(2026, 10, 14).toISOString(),
    address: '10.0.0.0/8',
  });
  const odd = new URLSearchParams('user=&what=x&item=folder:1&span=year&since=yesterday&until=');
  assert.deepEqual(readAddress(odd), nothingSought);
  assert.ok(!isSought(readAddress(odd)) && isSought(address));
});

test('refusals are sought by their reason, times between two moments', () => {
  const address = readAddress(
    new URLSearchParams('what=denied&since=2026-11-01T10:00:00Z&until=2026-11-02T10:00:00.000Z'),
  );
  assert.deepEqual(searchOf(address, now), {
    reason: 'access_denied',
    since: '2026-11-01T10:00:00.000Z',
    until: '2026-11-02T10:00:00.000Z',
  });
});
