import assert from 'node:assert/strict';
import { createHash, createPublicKey, randomBytes, sign, verify } from 'node:crypto';
import { test } from 'node:test';
import { auditPublicKeys, entryHash, type HeadClaim, headSignatureHolds, signHead } from './audit-chain.ts';
import { makeSafeKey, makeSafeKeys, openKeyring } from './keyring.ts';
import { encodeFields } from './length-prefixed.ts';

const root = randomBytes(32);
const keys = makeSafeKeys(root, 'safe-a');
const ring = openKeyring(root, 'safe-a', keys);
const head: HeadClaim = { safeId: 'safe-a', lane: 'lane-1', sequence: 7, hash: randomBytes(32), at: 1763700000000 };
const signature = signHead(ring.auditSigning[0], head);
const [{ publicKey }] = auditPublicKeys(ring) as [{ id: string; publicKey: Uint8Array }];

test('an entry hash is SHA-256 of the previous one and the UTF-8 text', () => {
  for (const text of ['', '{"a":"é🔑"}', 'é'.repeat(50_000), '{"after":1}']) {
    const previous = randomBytes(32);
    assert.deepEqual(
      Buffer.from(entryHash(previous, text)),
      createHash('sha256').update(previous).update(text).digest(),
    );
  }
});

test('a previous hash of another length is refused: it could be moved into the text', () => {
  for (const length of [0, 31, 33]) assert.throws(() => entryHash(Buffer.alloc(length), ''), RangeError);
});

test('a signed head holds, and any Ed25519 implementation can tell from the documented bytes', () => {
  assert.ok(headSignatureHolds(publicKey, head, signature));
  const bytes = encodeFields(['arca audit head 1', 'safe-a', 'lane-1', 7, head.hash, head.at]);
  const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  assert.ok(verify(null, bytes, key, signature));
});

test('a head that differs anywhere does not hold', () => {
  const changes: Partial<HeadClaim>[] = [
    { safeId: 'safe-b' },
    { lane: 'lane-2' },
    { sequence: 8 },
    { hash: randomBytes(32) },
    { at: head.at + 1 },
    { safeId: 'safe-alane-1', lane: '' },
  ];
  for (const change of changes) assert.equal(headSignatureHolds(publicKey, { ...head, ...change }, signature), false);
});

test('a changed signature, a stranger, another kind of key and bytes that are none do not hold', () => {
  for (let at = 0; at < 64; at += 1) {
    const changed = Buffer.from(signature);
    changed[at] = (changed[at] as number) ^ 1;
    assert.equal(headSignatureHolds(publicKey, head, changed), false);
  }
  assert.equal(headSignatureHolds(publicKey, head, new Uint8Array()), false);
  const stranger = openKeyring(root, 'safe-a', makeSafeKeys(root, 'safe-a')).auditSigning[0].publicDer;
  for (const der of [stranger, ring.tokenSigning[0].publicDer, new Uint8Array(), publicKey.subarray(1)]) {
    assert.equal(headSignatureHolds(der, head, signature), false);
  }
});

test('a head that an RSA key signed does not hold, though that signature is good', () => {
  const { key, publicDer } = ring.tokenSigning[0];
  const bytes = encodeFields(['arca audit head 1', 'safe-a', 'lane-1', 7, head.hash, head.at]);
  assert.equal(headSignatureHolds(publicDer, head, sign(null, bytes, key)), false);
});

test('after a rotation the new key signs and both are listed, the current one first', () => {
  const next = makeSafeKey(root, 'safe-a', 'audit-signing');
  const rotated = openKeyring(root, 'safe-a', [next, ...keys]);
  const [current, retired] = auditPublicKeys(rotated);
  assert.ok(current && retired);
  assert.equal(current.id, next.id);
  assert.deepEqual(Buffer.from(retired.publicKey), Buffer.from(publicKey));
  assert.ok(headSignatureHolds(current.publicKey, head, signHead(rotated.auditSigning[0], head)));
  assert.equal(headSignatureHolds(retired.publicKey, head, signHead(rotated.auditSigning[0], head)), false);
});
