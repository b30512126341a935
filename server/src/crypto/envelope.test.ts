import assert from 'node:assert/strict';
import { createDecipheriv, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { openOpenPart, openVersion, rewrapVersion, SealBroken, type SealedVersion, sealVersion } from './envelope.ts';
import { makeSafeKey, makeSafeKeys, openKeyring } from './keyring.ts';

const root = randomBytes(32);
const keys = makeSafeKeys(root, 'safe-a');
const ring = openKeyring(root, 'safe-a', keys);
const place = { kind: 'password', number: 312, version: 4 };
const content = { open: '{"name":"Mail"}', secret: '{"password":"s3nha-çã"}' };
const sealed = sealVersion(ring, place, content);

const flipped = (bytes: Uint8Array, at: number) => {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] as number) ^ 0x80;
  return copy;
};
const broken = (change: Partial<SealedVersion>, from = place, by = ring) =>
  assert.throws(() => openVersion(by, from, { ...sealed, ...change }), SealBroken);

test('both parts come back, also from the plain arrays that databases give', () => {
  assert.deepEqual(openVersion(ring, place, sealed), content);
  assert.equal(openOpenPart(ring, place, sealed), content.open);
  const { keyId, wrappedKey, open, secret } = sealed;
  const plain = { wrappedKey: new Uint8Array(wrappedKey), open: new Uint8Array(open), secret: new Uint8Array(secret) };
  assert.deepEqual(openVersion(ring, place, { keyId, ...plain }), content);
});

test('the stored form is the documented one, opened here by hand', () => {
  const text = (value: string) => {
    const bytes = Buffer.from(value);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([Buffer.of(1), length, bytes]);
  };
  const number = (value: number) => {
    const bytes = Buffer.alloc(9, 2);
    bytes.writeDoubleBE(value, 1);
    return bytes;
  };
  const start = [text('arca item version 1'), text('safe-a'), text('password'), number(312), number(4)];
  const open = (key: Uint8Array, bytes: Uint8Array, ...rest: Buffer[]) => {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 13), { authTagLength: 16 });
    decipher.setAAD(Buffer.concat([...start, ...rest])).setAuthTag(bytes.subarray(-16));
    return Buffer.concat([decipher.update(bytes.subarray(13, -16)), decipher.final()]);
  };
  const key = open(ring.data[0].key.export(), sealed.wrappedKey, text('key'), text(sealed.keyId));
  assert.equal(key.length, 32);
  assert.deepEqual(open(key, sealed.open, text('open')).subarray(4, 4 + 15), Buffer.from(content.open));
  assert.equal(open(key, sealed.secret, text('secret')).length, 64);
});

test('the open part opens without the secret part, and is not fooled by it', () => {
  const { secret: _, ...rest } = sealed;
  assert.equal(openOpenPart(ring, place, rest), content.open);
  assert.throws(() => openOpenPart(ring, place, { ...rest, open: sealed.secret }), SealBroken);
});

test('every changed byte of every part is noticed', () => {
  for (const part of ['wrappedKey', 'open', 'secret'] as const) {
    for (let at = 0; at < sealed[part].length; at += 1) broken({ [part]: flipped(sealed[part], at) });
  }
});

test('every cut and every added byte is noticed', () => {
  for (const part of ['wrappedKey', 'open', 'secret'] as const) {
    for (let end = 0; end < sealed[part].length; end += 1) broken({ [part]: sealed[part].subarray(0, end) });
    broken({ [part]: Buffer.concat([sealed[part], Buffer.of(0)]) });
  }
});

test('swapped parts, and parts of another sealing of the same place, do not open', () => {
  broken({ open: sealed.secret, secret: sealed.open });
  broken({ secret: sealed.open });
  const again = sealVersion(ring, place, { open: 'other', secret: 'other' });
  for (const part of ['wrappedKey', 'open', 'secret'] as const) broken({ [part]: again[part] });
});

test('a version opens at no other place: kind, number, an older one under a newer number, another safe', () => {
  broken({}, { ...place, kind: 'note' });
  broken({}, { ...place, number: 313 });
  broken({}, { ...place, version: 5 });
  broken({}, { ...place, version: 3 });
  const otherSafe = { ...ring, safeId: 'safe-b' };
  broken({}, place, otherSafe);
});

test('another ring and an unknown key id open nothing', () => {
  broken({}, place, openKeyring(root, 'safe-a', makeSafeKeys(root, 'safe-a')));
  broken({ keyId: '0'.repeat(16) });
  broken({ keyId: '' });
});

test('after a rotation old versions open, and rewrapping leaves the contents alone', () => {
  const rotated = openKeyring(root, 'safe-a', [makeSafeKey(root, 'safe-a', 'data'), ...keys]);
  assert.deepEqual(openVersion(rotated, place, sealed), content);
  const rewrapped = { ...sealed, ...rewrapVersion(rotated, place, sealed) };
  assert.equal(rewrapped.keyId, rotated.data[0].id);
  assert.deepEqual(openVersion(rotated, place, rewrapped), content);
  broken(rewrapped);
  broken({ ...rewrapped, keyId: sealed.keyId }, place, rotated);
  assert.throws(() => rewrapVersion(rotated, { ...place, version: 5 }, sealed), SealBroken);
});

test('sizes hide the length within 64 bytes', () => {
  const size = (length: number) => sealVersion(ring, place, { open: '', secret: 'x'.repeat(length) }).secret.length;
  assert.equal(size(0), size(60));
  assert.equal(size(61), size(0) + 64);
});

test('10,000 sealings of the same content share no nonce', () => {
  const nonces = new Set<string>();
  for (let i = 0; i < 10_000; i += 1) {
    const { wrappedKey, open, secret } = sealVersion(ring, place, { open: '', secret: '' });
    for (const bytes of [wrappedKey, open, secret]) nonces.add(Buffer.from(bytes.subarray(1, 13)).toString('hex'));
  }
  assert.equal(nonces.size, 30_000);
});

test('the error names no value', () => {
  assert.throws(
    () => openVersion(ring, { ...place, number: 777 }, sealed),
    (error: Error) => {
      return !error.message.includes('777') && !error.message.includes(sealed.keyId) && error.cause === undefined;
    },
  );
});
