import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAddress, isAnywhere, isBlock, readRule } from './address-rules.ts';

const rows: [text: string, rule: ReturnType<typeof readRule>][] = [
  ['*', { kind: 'any' }],
  ['10.0.0.5', { kind: 'one' }],
  ['10.0.0.5/32', { kind: 'one' }],
  ['10.0.0.0/8', { kind: 'block', bits: 8, of: 32 }],
  ['0.0.0.0/0', { kind: 'any' }],
  ['::/0', { kind: 'any' }],
  ['::1', { kind: 'one' }],
  ['2001:db8::/32', { kind: 'block', bits: 32, of: 128 }],
  ['::ffff:10.0.0.1', { kind: 'one' }],
  ['2001:DB8::1', { kind: 'one' }],
  ['10.0.0', null],
  ['10.0.0.256', null],
  ['10.0.0.5/33', null],
  ['10.0.0.5/', null],
  ['10.0.0.5/8/8', null],
  ['10.0.0.5-9', null],
  ['2001:db8::/129', null],
  ['2001:db8:::1', null],
  ['::1]/', null],
  ['fe80::1%eth0', null],
  ['host.example', null],
  ['', null],
];

for (const [text, rule] of rows) {
  test(`${JSON.stringify(text)} is ${rule === null ? 'no rule' : rule.kind}`, () => {
    assert.deepEqual(readRule(text), rule);
  });
}

test('an address is no block, a block no address', () => {
  assert.ok(isAddress('10.0.0.5') && isBlock('10.0.0.5') && isBlock('10.0.0.0/8'));
  assert.ok(!isAddress('10.0.0.0/8') && !isAddress('*') && !isBlock('*'));
});

test('no rules, a star and the whole of the internet let everybody in', () => {
  assert.ok(isAnywhere([]) && isAnywhere(['10.0.0.5', '*']) && isAnywhere(['::/0']));
  assert.ok(!isAnywhere(['10.0.0.0/8']));
});
