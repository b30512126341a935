import assert from 'node:assert/strict';
import { randomBytes, sign, verify } from 'node:crypto';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { type KeyPurpose, makeSafeKey, makeSafeKeys, openKeyring, WrongRootKey } from './keyring.ts';

const SAFE = 'safe-a';
const root = randomBytes(32);
const keys = makeSafeKeys(root, SAFE);
const PURPOSES: KeyPurpose[] = ['data', 'index', 'pepper', 'row-mac', 'audit-signing', 'token-signing'];

test('a new safe has one key per purpose, each with an id of its own', () => {
  assert.deepEqual(
    keys.map(({ purpose }) => purpose),
    PURPOSES,
  );
  for (const { id } of keys) assert.match(id, /^[0-9a-f]{16}$/);
  assert.equal(new Set(keys.map(({ id }) => id)).size, PURPOSES.length);
  assert.deepEqual(
    keys.filter(({ publicKey }) => publicKey).map(({ purpose }) => purpose),
    PURPOSES.slice(4),
  );
});

test('the keys open to 32 bytes each, an Ed25519 pair and an RSA-2048 pair that sign', () => {
  const ring = openKeyring(root, SAFE, keys);
  const secrets = [ring.data, ring.index, ring.pepper, ring.rowMac].map(([first]) => first.key.export());
  assert.deepEqual(
    secrets.map(({ length }) => length),
    [32, 32, 32, 32],
  );
  assert.equal(new Set(secrets.map((secret) => secret.toString('hex'))).size, 4);
  const [audit] = ring.auditSigning;
  const [token] = ring.tokenSigning;
  assert.equal(audit.key.asymmetricKeyType, 'ed25519');
  assert.equal(token.key.asymmetricKeyDetails?.modulusLength, 2048);
  assert.ok(verify(null, Buffer.from('x'), audit.publicKey, sign(null, Buffer.from('x'), audit.key)));
  assert.ok(verify('sha256', Buffer.from('x'), token.publicKey, sign('sha256', Buffer.from('x'), token.key)));
});

test('another root key, safe, purpose or id opens nothing', () => {
  const foreign = { name: 'WrongRootKey', message: /^The root key does not belong to this safe, or .*\.$/ };
  assert.throws(() => openKeyring(randomBytes(32), SAFE, keys), foreign);
  assert.throws(() => openKeyring(root, 'safe-b', keys), foreign);
  const swapped = keys.map((key) => (key.purpose === 'data' ? { ...key, purpose: 'index' as const } : key));
  assert.throws(() => openKeyring(root, SAFE, swapped), foreign);
  const renamed = keys.map((key) => (key.purpose === 'data' ? { ...key, id: '0'.repeat(16) } : key));
  assert.throws(() => openKeyring(root, SAFE, renamed), foreign);
});

test('every changed or missing byte of a wrapped key is noticed', () => {
  const [data, ...others] = keys;
  assert.ok(data);
  for (let at = 0; at < data.wrapped.length; at += 1) {
    const wrapped = Buffer.from(data.wrapped);
    wrapped[at] = (wrapped[at] as number) ^ 1;
    assert.throws(() => openKeyring(root, SAFE, [{ ...data, wrapped }, ...others]), WrongRootKey, `byte ${at}`);
    const cut = data.wrapped.subarray(0, at);
    assert.throws(() => openKeyring(root, SAFE, [{ ...data, wrapped: cut }, ...others]), WrongRootKey);
  }
});

test('a public half that is not the private one is refused', () => {
  const stranger = makeSafeKeys(root, SAFE);
  for (const purpose of ['audit-signing', 'token-signing']) {
    for (const publicKey of [stranger.find((key) => key.purpose === purpose)?.publicKey ?? null, null]) {
      const changed = keys.map((key) => (key.purpose === purpose ? { ...key, publicKey } : key));
      assert.throws(() => openKeyring(root, SAFE, changed), WrongRootKey);
    }
  }
});

test('a missing purpose and a root key of a wrong size are refused', () => {
  for (const purpose of PURPOSES) {
    const others = keys.filter((key) => key.purpose !== purpose);
    assert.throws(() => openKeyring(root, SAFE, others), {
      name: 'WrongRootKey',
      message: new RegExp(`for ${purpose}`),
    });
  }
  assert.throws(() => openKeyring(root.subarray(1), SAFE, keys), WrongRootKey);
  assert.throws(() => makeSafeKeys(root.subarray(1), SAFE), RangeError);
});

test('the first of a purpose is the current one, the others stay', () => {
  const next = makeSafeKey(root, SAFE, 'data');
  const ring = openKeyring(root, SAFE, [next, ...keys]);
  assert.deepEqual(
    ring.data.map(({ id }) => id),
    [next.id, keys[0]?.id],
  );
});

test('a ring that is printed or serialized shows no key', () => {
  const ring = openKeyring(root, SAFE, keys);
  const shown = inspect(ring, { depth: 9 }) + JSON.stringify(ring);
  for (const [{ key }] of [ring.data, ring.index, ring.pepper, ring.rowMac]) {
    for (const form of ['hex', 'base64', 'latin1'] as const) assert.ok(!shown.includes(key.export().toString(form)));
  }
  assert.ok(!shown.includes('PRIVATE'));
});
