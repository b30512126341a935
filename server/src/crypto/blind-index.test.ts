import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { blindIndex, NORMALIZATION_VERSION } from './blind-index.ts';
import { makeSafeKeys, openKeyring } from './keyring.ts';
import { encodeFields } from './length-prefixed.ts';

const root = randomBytes(32);
const ring = openKeyring(root, 'safe-a', makeSafeKeys(root, 'safe-a'));
const place = { owner: 5, kind: 'password', field: 'name' };
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const tag = hex(blindIndex(ring, place, 'mail'));

test('it is the first 16 bytes of HMAC-SHA-256 over safe, owner, kind, field, normalization version and value', () => {
  const fields = ['arca blind index 1', 'safe-a', 5, 'password', 'name', NORMALIZATION_VERSION, 'mail'];
  const mac = createHmac('sha256', ring.index[0].key.export()).update(encodeFields(fields)).digest('hex');
  assert.equal(tag, mac.slice(0, 32));
});

test('equal values of a place give equal tags, everything else gives another', () => {
  assert.equal(hex(blindIndex(ring, { ...place }, 'mail')), tag);
  const others = [
    blindIndex(ring, place, 'mail2'),
    blindIndex(ring, place, ''),
    blindIndex(ring, { ...place, owner: 6 }, 'mail'),
    blindIndex(ring, { ...place, kind: 'note' }, 'mail'),
    blindIndex(ring, { ...place, field: 'url' }, 'mail'),
    blindIndex(ring, { owner: 5, kind: 'passwordn', field: 'ame' }, 'mail'),
    blindIndex({ ...ring, safeId: 'safe-b' }, place, 'mail'),
    blindIndex(openKeyring(root, 'safe-a', makeSafeKeys(root, 'safe-a')), place, 'mail'),
  ].map(hex);
  assert.equal(new Set([tag, ...others]).size, others.length + 1);
});

test('a tag stands alone: a later one does not change it', () => {
  const first = blindIndex(ring, place, 'mail');
  blindIndex(ring, place, 'other');
  assert.equal(hex(first), tag);
});
