import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeRecoveryCodes, recoveryCodeHash } from './recovery-codes.ts';

test('a set is ten codes of six groups, none twice, of more than 112 bits', () => {
  const codes = makeRecoveryCodes();
  assert.equal(codes.length, 10);
  assert.equal(new Set(codes).size, 10);
  for (const code of codes) assert.match(code, /^[2-9a-hjkmnp-z]{4}(-[2-9a-hjkmnp-z]{4}){5}$/);
  assert.ok(Math.log2(31) * 24 > 112);
});

test('no letter is likelier than another, and none looks like another', () => {
  const counts = new Map<string, number>();
  for (let set = 0; set < 267; set += 1) {
    for (const letter of makeRecoveryCodes().join('').replaceAll('-', '')) {
      counts.set(letter, (counts.get(letter) ?? 0) + 1);
    }
  }
  assert.deepEqual([...counts.keys()].sort().join(''), '23456789abcdefghjkmnpqrstuvwxyz');
  // 64,080 letters of 31: 2,067 of each, and eight times the deviation of 45 to either side.
  for (const [letter, count] of counts) assert.ok(Math.abs(count - 2067) < 360, `${letter}: ${count}`);
});

test('case, spaces and hyphens are free, and nothing else is', () => {
  const hash = recoveryCodeHash('k3mp-9xwr-tq2n-h7ds');
  assert.equal(hash.length, 32);
  for (const same of ['k3mp9xwrtq2nh7ds', 'K3MP-9XWR-TQ2N-H7DS', ' k3mp 9xwr tq2n h7ds\n', 'k3mp–9xwr–tq2n–h7ds']) {
    assert.deepEqual(recoveryCodeHash(same), hash, same);
  }
  for (const other of [
    'k3mp-9xwr-tq2n-h7dt',
    'k3mp-9xwr-tq2n-h7d',
    'k3mp-9xwr-tq2n-h7dss',
    '',
    '9xwr-k3mp-tq2n-h7ds',
  ]) {
    assert.notDeepEqual(recoveryCodeHash(other), hash, other);
  }
});
