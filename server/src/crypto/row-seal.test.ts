import assert from 'node:assert/strict';
import { createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { makeSafeKey, makeSafeKeys, openKeyring } from './keyring.ts';
import { openColumn, sealColumn } from './row-seal.ts';
import { SealBroken } from './seal.ts';

const root = randomBytes(32);
const keys = makeSafeKeys(root, 'safe-a');
const ring = openKeyring(root, 'safe-a', keys);
const place = { table: 'user', row: '17', column: 'profile' };
const sealed = sealColumn(ring, place, '{"email":"joão@example.com"}');

test('the text comes back, also from a plain array', () => {
  assert.equal(openColumn(ring, place, sealed), '{"email":"joão@example.com"}');
  assert.equal(openColumn(ring, place, new Uint8Array(sealed)), '{"email":"joão@example.com"}');
});

test('the stored form is the documented one, opened here by hand with RFC 5869', () => {
  const texts = (...values: string[]) =>
    Buffer.concat(
      values.map((value) => Buffer.concat([Buffer.of(1, 0, 0, 0, Buffer.byteLength(value)), Buffer.from(value)])),
    );
  const hmac = (key: Uint8Array, data: Uint8Array) => createHmac('sha256', key).update(data).digest();
  const extracted = hmac(Buffer.alloc(32), ring.data[0].key.export());
  const key = hmac(extracted, Buffer.concat([texts('arca column 1', 'safe-a', 'user'), Buffer.of(1)]));
  assert.equal(Buffer.from(sealed.subarray(0, 9)).toString('hex'), `01${ring.data[0].id}`);
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(9, 21), { authTagLength: 16 });
  decipher.setAAD(texts('arca column 1', 'safe-a', 'user', '17', 'profile')).setAuthTag(sealed.subarray(-16));
  const plain = Buffer.concat([decipher.update(sealed.subarray(21, -16)), decipher.final()]);
  assert.equal(plain.toString('utf8', 4, 4 + plain.readUInt32BE()), '{"email":"joão@example.com"}');
});

test('every changed byte and every cut is noticed', () => {
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] as number) ^ 1;
    assert.throws(() => openColumn(ring, place, changed), SealBroken, `byte ${at}`);
    assert.throws(() => openColumn(ring, place, sealed.subarray(0, at)), SealBroken, `cut at ${at}`);
  }
});

test('a sealed column opens in no other table, row, column or safe', () => {
  for (const change of [{ table: 'group' }, { row: '18' }, { column: 'settings' }, { row: '1', column: '7profile' }]) {
    assert.throws(() => openColumn(ring, { ...place, ...change }, sealed), SealBroken);
  }
  assert.throws(() => openColumn({ ...ring, safeId: 'safe-b' }, place, sealed), SealBroken);
  assert.throws(() => openColumn(openKeyring(root, 'safe-a', makeSafeKeys(root, 'safe-a')), place, sealed), SealBroken);
});

test('after a rotation old columns open and new ones carry the new key', () => {
  const rotated = openKeyring(root, 'safe-a', [makeSafeKey(root, 'safe-a', 'data'), ...keys]);
  assert.equal(openColumn(rotated, place, sealed), '{"email":"joão@example.com"}');
  const fresh = sealColumn(rotated, place, 'new');
  assert.equal(Buffer.from(fresh).toString('hex', 1, 9), rotated.data[0].id);
  assert.equal(openColumn(rotated, place, fresh), 'new');
});

test('sizes hide the length within 64 bytes, and no two sealings are alike', () => {
  const size = (length: number) => sealColumn(ring, place, 'x'.repeat(length)).length;
  assert.equal(size(0), 1 + 8 + 12 + 64 + 16);
  assert.equal(size(60), size(0));
  assert.equal(size(61), size(0) + 64);
  const seen = Array.from({ length: 10_000 }, () => Buffer.from(sealColumn(ring, place, '')).toString('hex', 9, 21));
  assert.equal(new Set(seen).size, 10_000);
});
