import assert from 'node:assert/strict';
import { createCipheriv, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { asBuffer, SealBroken, seal, unseal } from './seal.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

test('opens test case 16 of the GCM specification (AES-256, associated data)', () => {
  const key = hex('feffe9928665731c6d6a8f9467308308 feffe9928665731c6d6a8f9467308308');
  const associated = hex('feedfacedeadbeeffeedfacedeadbeefabaddad2');
  const sealed = hex(
    `cafebabefacedbaddecaf888
     522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662
     76fc6ece0f4e1768cddf8853bb2d551b`.replaceAll('\n', ''),
  );
  assert.equal(
    unseal(key, associated, sealed, 0).toString('hex'),
    'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
  );
});

test('a tag shorter than 16 bytes does not open', () => {
  const key = randomBytes(32);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: 4 });
  cipher.setAAD(Buffer.from('place'));
  const sealed = Buffer.concat([nonce, cipher.update('sixteen bytes at least'), cipher.final(), cipher.getAuthTag()]);
  assert.throws(() => unseal(key, Buffer.from('place'), sealed, 0), SealBroken);
});

test('every length from nothing up opens as it was, no shorter one does', () => {
  const key = randomBytes(32);
  const place = Buffer.from('place');
  for (let length = 0; length < 40; length += 1) {
    const sealed = seal(key, place, Uint8Array.of(1, 2), Buffer.alloc(length, 7));
    assert.deepEqual([...sealed.subarray(0, 2)], [1, 2]);
    assert.deepEqual(unseal(key, place, sealed, 2), Buffer.alloc(length, 7));
    assert.throws(() => unseal(key, place, sealed.subarray(0, -1), 2), SealBroken);
  }
  for (let length = 0; length < 30; length += 1) {
    assert.throws(() => unseal(key, place, Buffer.alloc(length), 2), SealBroken);
  }
});

test('a view into a larger array keeps its bounds', () => {
  assert.deepEqual(asBuffer(Uint8Array.of(1, 2, 3, 4).subarray(1, 3)), Buffer.of(2, 3));
});
