import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { makeDeviceToken, readDeviceToken } from './device-token.ts';
import { makeSafeKey, makeSafeKeys, openKeyring } from './keyring.ts';

const rootKey = randomBytes(32);
const keys = makeSafeKeys(rootKey, 'safe-1');
const ring = openKeyring(rootKey, 'safe-1', keys);
const owner = { userId: 7, passwordHash: '$argon2id$one', tokensFrom: null };
const token = makeDeviceToken(ring, owner);

test('is read for its owner, always as the same device', () => {
  const id = readDeviceToken(ring, owner, token);
  assert.match(id ?? '', /^[A-Za-z0-9_-]{43}$/);
  assert.equal(readDeviceToken(ring, owner, token), id);
  assert.notEqual(readDeviceToken(ring, owner, makeDeviceToken(ring, owner)), id);
});

test('counts for nobody else, and no more after another password or an end of all tokens', () => {
  const others = [
    { ...owner, userId: 8 },
    { ...owner, passwordHash: '$argon2id$two' },
    { ...owner, tokensFrom: new Date(1) },
  ];
  for (const other of others) assert.equal(readDeviceToken(ring, other, token), null);
});

test('cannot be made up: another id, another MAC, parts of two, another form', () => {
  const [id = '', mac = ''] = token.split('.');
  const [otherId = '', otherMac = ''] = makeDeviceToken(ring, owner).split('.');
  const random = randomBytes(32).toString('base64url');
  const forged = [
    `${otherId}.${mac}`,
    `${id}.${otherMac}`,
    `${random}.${mac}`,
    `${id}.${random}`,
    `${id}.`,
    `${id}.${mac}=`,
    `${token}.${mac}`,
    ` ${token}`,
    id,
    '',
  ];
  for (const one of forged) assert.equal(readDeviceToken(ring, owner, one), null, one);
});

test('belongs to one safe, and outlives a rotation of its key', () => {
  const foreign = openKeyring(rootKey, 'safe-2', makeSafeKeys(rootKey, 'safe-2'));
  assert.equal(readDeviceToken(foreign, owner, token), null);
  const rotated = openKeyring(rootKey, 'safe-1', [makeSafeKey(rootKey, 'safe-1', 'row-mac'), ...keys]);
  assert.notEqual(readDeviceToken(rotated, owner, token), null);
  assert.notEqual(readDeviceToken(rotated, owner, makeDeviceToken(rotated, owner)), null);
  assert.equal(readDeviceToken(ring, owner, makeDeviceToken(rotated, owner)), null);
});
