import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { test } from 'node:test';
import { makeAnswerKeyPair, makeClientId, makeClientSecret, sameText } from './credentials.ts';

test('client ids have 41 lower-case hex characters, secrets 32, and none comes twice', () => {
  const ids = Array.from({ length: 1000 }, makeClientId);
  const secrets = Array.from({ length: 1000 }, makeClientSecret);
  for (const id of ids) assert.match(id, /^[0-9a-f]{41}$/);
  for (const secret of secrets) assert.match(secret, /^[0-9a-f]{32}$/);
  assert.equal(new Set([...ids, ...secrets]).size, 2000);
  assert.equal(new Set(ids.map((id) => id.at(-1))).size, 16);
});

test('texts are the same or not, whatever their lengths', () => {
  for (const text of ['', 'a', 'é'.repeat(5000)]) assert.ok(sameText(text, `${text}`));
  const different: [string, string][] = [
    ['', 'a'],
    ['a', 'A'],
    ['a', 'aa'],
    ['abc', 'abd'],
    ['a', 'a\0'],
    ['é', 'e\u0301'],
  ];
  for (const [a, b] of different) assert.deepEqual([sameText(a, b), sameText(b, a)], [false, false]);
});

test('an answer key pair is RSA of the asked size, SPKI DER and an unencrypted PKCS#8 PEM that belong together', async () => {
  const { publicKey, privateKeyPem } = await makeAnswerKeyPair(4096);
  assert.match(privateKeyPem, /^-----BEGIN PRIVATE KEY-----\n[\s\S]+\n-----END PRIVATE KEY-----\n$/);
  const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  assert.equal(key.asymmetricKeyType, 'rsa');
  assert.deepEqual(key.asymmetricKeyDetails, { modulusLength: 4096, publicExponent: 65537n });
  assert.ok(createPublicKey(createPrivateKey(privateKeyPem)).equals(key));
});
