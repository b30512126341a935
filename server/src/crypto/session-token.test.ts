import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sha256 } from './digests.ts';
import { makeSessionToken } from './session-token.ts';

test('a token is 256 bits in base64url, its hash is stored, and its id tells nothing of it', () => {
  const { id, token, tokenHash } = makeSessionToken();
  assert.match(token, /^[A-Za-z0-9_-]{43}$/);
  assert.equal(Buffer.from(token, 'base64url').length, 32);
  assert.deepEqual(tokenHash, sha256(token));
  assert.match(id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  assert.ok(!token.includes(id.slice(0, 8)));
});

test('no token and no id comes twice, and every bit of a token is either', () => {
  const made = Array.from({ length: 1000 }, makeSessionToken);
  assert.equal(new Set(made.map(({ token }) => token)).size, 1000);
  assert.equal(new Set(made.map(({ id }) => id)).size, 1000);
  const ones = new Array<number>(256).fill(0);
  for (const { token } of made) {
    const bytes = Buffer.from(token, 'base64url');
    for (let bit = 0; bit < 256; bit += 1) ones[bit] = (ones[bit] ?? 0) + (((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1);
  }
  // 500 of each are expected with a deviation of 16.
  for (const [bit, count] of ones.entries()) assert.ok(count > 370 && count < 630, `bit ${bit}: ${count}`);
});
