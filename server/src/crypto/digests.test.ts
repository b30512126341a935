import assert from 'node:assert/strict';
import { createSecretKey } from 'node:crypto';
import { test } from 'node:test';
import { hmacSha256, sha256 } from './digests.ts';

test('SHA-256 of "abc" (FIPS 180-2, B.1), as text and as bytes', () => {
  const expected = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  assert.equal(sha256('abc').toString('hex'), expected);
  assert.equal(sha256(Buffer.from('abc')).toString('hex'), expected);
});

test('HMAC-SHA-256, RFC 4231 cases 1 and 2', () => {
  const mac = (key: Buffer, text: string) => hmacSha256(createSecretKey(key), Buffer.from(text)).toString('hex');
  assert.equal(
    mac(Buffer.alloc(20, 0x0b), 'Hi There'),
    'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
  );
  assert.equal(
    mac(Buffer.from('Jefe'), 'what do ya want for nothing?'),
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  );
});
