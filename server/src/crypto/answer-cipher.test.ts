import assert from 'node:assert/strict';
import { constants, createPrivateKey, createPublicKey, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { test } from 'node:test';
import { compactDecrypt } from 'jose';
import { AnswerTooLong, encryptAnswerField } from './answer-cipher.ts';

const pair = (modulusLength: number) => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength });
  return { der: publicKey.export({ format: 'der', type: 'spki' }), privateKey };
};
const { der, privateKey } = pair(4096);
const openBlock = (text: string, oaepHash = 'sha1') =>
  privateDecrypt(
    { key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash },
    Buffer.from(text, 'base64'),
  ).toString();

test('rsa-oaep: one block in standard padded base64, OAEP with SHA-1 and no label', () => {
  for (const text of ['', 'segredo çã 🔑', 'x'.repeat(470)]) {
    const sealed = encryptAnswerField('rsa-oaep', der, text);
    assert.match(sealed, /^[A-Za-z0-9+/]{683}=$/);
    assert.equal(openBlock(sealed), text);
    assert.throws(() => openBlock(sealed, 'sha256'));
  }
});

test('rsa-oaep: at most 470 bytes of UTF-8 with 4096 bits, not characters', () => {
  assert.throws(() => encryptAnswerField('rsa-oaep', der, 'x'.repeat(471)), AnswerTooLong);
  assert.equal(openBlock(encryptAnswerField('rsa-oaep', der, 'é'.repeat(235))), 'é'.repeat(235));
  assert.throws(() => encryptAnswerField('rsa-oaep', der, 'é'.repeat(236)), AnswerTooLong);
});

// A fixed public key: making one of this size takes too long for a test.
test('rsa-oaep: at most 982 bytes with 8192 bits', () => {
  const n = Buffer.alloc(1024, 0xc5).toString('base64url');
  const der8192 = spkiOf(n);
  assert.equal(Buffer.from(encryptAnswerField('rsa-oaep', der8192, 'x'.repeat(982)), 'base64').length, 1024);
  assert.throws(() => encryptAnswerField('rsa-oaep', der8192, 'x'.repeat(983)), AnswerTooLong);
});

function spkiOf(n: string): Buffer {
  return createPublicKey({ key: { kty: 'RSA', n, e: 'AQAB' }, format: 'jwk' }).export({ format: 'der', type: 'spki' });
}

test('jwe: jose opens it, RSA-OAEP-256 and A256GCM, of any length', async () => {
  for (const text of ['', 'segredo çã 🔑', 'x'.repeat(100_000)]) {
    const sealed = encryptAnswerField('jwe', der, text);
    const { plaintext, protectedHeader } = await compactDecrypt(sealed, privateKey);
    assert.equal(Buffer.from(plaintext).toString(), text);
    assert.deepEqual(protectedHeader, { alg: 'RSA-OAEP-256', enc: 'A256GCM' });
  }
});

test('jwe: a changed part or another key does not open', async () => {
  const parts = encryptAnswerField('jwe', der, 'secret').split('.');
  assert.equal(parts.length, 5);
  for (let i = 1; i < 5; i += 1) {
    const bytes = Buffer.from(parts[i] as string, 'base64url');
    bytes[0] = (bytes[0] as number) ^ 1;
    await assert.rejects(compactDecrypt(parts.with(i, bytes.toString('base64url')).join('.'), privateKey));
  }
  await assert.rejects(compactDecrypt(parts.join('.'), pair(2048).privateKey));
});

test('the same value never gives the same text', () => {
  for (const scheme of ['rsa-oaep', 'jwe'] as const) {
    const sealed = new Set(Array.from({ length: 50 }, () => encryptAnswerField(scheme, der, 'same')));
    assert.equal(sealed.size, 50);
  }
});

test('each value goes to the key that was given, and bytes that are no key are refused', () => {
  const others = Array.from({ length: 3 }, () => pair(1024));
  for (const other of [...others, ...others]) {
    const sealed = Buffer.from(encryptAnswerField('rsa-oaep', other.der, 'mine'), 'base64');
    const key = createPrivateKey(other.privateKey.export({ format: 'pem', type: 'pkcs8' }));
    const plain = privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }, sealed);
    assert.equal(plain.toString(), 'mine');
  }
  assert.throws(() => encryptAnswerField('jwe', Buffer.from('no key'), 'x'));
});
