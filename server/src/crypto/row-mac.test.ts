import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { makeSafeKey, makeSafeKeys, openKeyring } from './keyring.ts';
import { type MacValue, rowMac, rowMacHolds } from './row-mac.ts';

const root = randomBytes(32);
const keys = makeSafeKeys(root, 'safe-a');
const ring = openKeyring(root, 'safe-a', keys);
const row: MacValue[] = ['17', 3, null, 'ab', 'c', Uint8Array.of(1, 2), 0.5];
const mac = rowMac(ring, 'share', row);

test('it is HMAC-SHA-256 over the documented bytes', () => {
  const bytes =
    `01 0000000a ${Buffer.from('arca row 1').toString('hex')} 01 00000006 ${Buffer.from('safe-a').toString('hex')}
    01 00000001 74 02 4008000000000000 01 00000001 61 00 02 3ff0000000000000`.replace(/\s/g, '');
  const expected = createHmac('sha256', ring.rowMac[0].key.export()).update(Buffer.from(bytes, 'hex')).digest('hex');
  assert.equal(Buffer.from(rowMac(ring, 't', ['a', null, 1])).toString('hex'), expected);
});

test('it holds for the same row, every time', () => {
  for (let i = 0; i < 3; i += 1) assert.ok(rowMacHolds(ring, 'share', [...row], new Uint8Array(mac)));
});

test('a changed row does not hold, before and after the true one was seen', () => {
  const changed: [string, MacValue[]][] = [
    ['grant', row],
    ['share', row.slice(0, -1)],
    ['share', [...row, null]],
    ['share', [3, '17', ...row.slice(2)]],
    ['share', ['17', 3, '', ...row.slice(3)]],
    ['share', ['17', 3, null, 'a', 'bc', ...row.slice(5)]],
    ['share', ['17', '3', ...row.slice(2)]],
    ['share', ['17', 4, ...row.slice(2)]],
    ['share', ['17', 3, null, 'ab', 'c', 'ab', 0.5]],
  ];
  for (let round = 0; round < 2; round += 1) {
    for (const [table, columns] of changed) assert.equal(rowMacHolds(ring, table, columns, mac), false);
    assert.ok(rowMacHolds(ring, 'share', row, mac));
  }
});

test('a changed, cut or empty MAC does not hold, although the row was seen before', () => {
  assert.ok(rowMacHolds(ring, 'share', row, mac));
  for (let at = 0; at < 32; at += 1) {
    const changed = Buffer.from(mac);
    changed[at] = (changed[at] as number) ^ 1;
    assert.equal(rowMacHolds(ring, 'share', row, changed), false);
  }
  for (const length of [0, 16, 31]) assert.equal(rowMacHolds(ring, 'share', row, mac.subarray(0, length)), false);
  assert.equal(rowMacHolds(ring, 'share', row, Buffer.concat([mac, Buffer.of(0)])), false);
});

test('changing a MAC that was handed out does not change what is remembered', () => {
  const handed = rowMac(ring, 'user', ['x']);
  assert.ok(rowMacHolds(ring, 'user', ['x'], handed));
  handed.fill(0);
  assert.equal(rowMacHolds(ring, 'user', ['x'], handed), false);
});

test('another safe and another key do not hold', () => {
  assert.equal(rowMacHolds({ ...ring, safeId: 'safe-b' }, 'share', row, mac), false);
  const stranger = openKeyring(root, 'safe-a', makeSafeKeys(root, 'safe-a'));
  assert.equal(rowMacHolds(stranger, 'share', row, mac), false);
});

test('after a rotation rows of the retired key hold, new ones need the new key', () => {
  const rotated = openKeyring(root, 'safe-a', [makeSafeKey(root, 'safe-a', 'row-mac'), ...keys]);
  for (let i = 0; i < 2; i += 1) assert.ok(rowMacHolds(rotated, 'share', row, mac));
  assert.equal(rowMacHolds(rotated, 'share', [...row, 1], mac), false);
  const fresh = rowMac(rotated, 'share', row);
  assert.ok(rowMacHolds(rotated, 'share', row, fresh));
  assert.equal(rowMacHolds(ring, 'share', row, fresh), false);
});

test('rows that differ only at their end are not taken for each other', () => {
  const start = Buffer.alloc(1500);
  const [one, two] = [rowMac(ring, 'user', [start, 1]), rowMac(ring, 'user', [start, 2])];
  for (let round = 0; round < 2; round += 1) {
    assert.ok(rowMacHolds(ring, 'user', [start, 1], one));
    assert.ok(rowMacHolds(ring, 'user', [start, 2], two));
    assert.equal(rowMacHolds(ring, 'user', [start, 2], one), false);
  }
});

test('a row that is only passing is judged alike, whether it was remembered or not', () => {
  const fresh = ['passing', randomBytes(8).toString('hex')];
  const mac = Uint8Array.from(rowMac({ ...ring, rowMac: [{ ...ring.rowMac[0] }] }, 'share', fresh));
  for (let round = 0; round < 2; round += 1) {
    assert.ok(rowMacHolds(ring, 'share', fresh, mac, 'passing'));
    assert.equal(rowMacHolds(ring, 'share', [...fresh, 1], mac, 'passing'), false);
  }
  assert.ok(rowMacHolds(ring, 'share', fresh, mac));
  assert.ok(rowMacHolds(ring, 'share', fresh, mac, 'passing'));
});

test('more rows than are remembered, and rows too long to remember, hold as well', () => {
  const macs = Array.from({ length: 5000 }, (_, i) => rowMac(ring, 'user', [i]));
  for (let round = 0; round < 2; round += 1) {
    for (const [i, one] of macs.entries()) assert.ok(rowMacHolds(ring, 'user', [i], one));
  }
  assert.equal(rowMacHolds(ring, 'user', [4999], macs[0] as Uint8Array), false);
  const long = [randomBytes(5000)];
  const longMac = rowMac(ring, 'user', long);
  assert.ok(rowMacHolds(ring, 'user', long, longMac));
  assert.equal(rowMacHolds(ring, 'user', [randomBytes(5000)], longMac), false);
});

test('what is remembered of a row keeps nothing but itself', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const held = () => {
    collect();
    return process.memoryUsage().arrayBuffers;
  };
  const before = held();
  // Between two rows a request makes other short buffers: each of them shares its memory with its neighbours.
  for (let at = 0; at < 2000; at += 1) {
    rowMac(ring, 'share', [at]);
    for (let more = 0; more < 8; more += 1) Buffer.from('x'.repeat(4000));
  }
  assert.ok(held() - before < 4 * 1024 * 1024, `${held() - before} bytes are held`);
});
