import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pad, unpad } from './padding.ts';

test('sizes show in steps of 64 bytes', () => {
  const sizes = [0, 1, 59, 60, 61, 124, 125].map((length) => pad('x'.repeat(length)).length);
  assert.deepEqual(sizes, [64, 64, 64, 64, 128, 128, 192]);
});

test('a text comes back whole, with what looks like padding in it', () => {
  for (const text of ['', 'a', 'ação 🔑', 'x\0\0', '\0'.repeat(60), 'y'.repeat(1000)])
    assert.equal(unpad(pad(text)), text);
});

test('anything but the exact form is refused', () => {
  const changed = (change: (bytes: Buffer) => void) => {
    const bytes = pad('secret');
    change(bytes);
    return unpad(bytes);
  };
  assert.equal(
    changed((bytes) => bytes.writeUInt8(1, 63)),
    null,
  );
  assert.equal(
    changed((bytes) => bytes.writeUInt32BE(61, 0)),
    null,
  );
  assert.equal(
    changed((bytes) => bytes.writeUInt32BE(0xffffffff, 0)),
    null,
  );
  assert.equal(unpad(Buffer.alloc(0)), null);
  assert.equal(unpad(pad('secret').subarray(0, 63)), null);
  assert.equal(unpad(Buffer.concat([pad('secret'), Buffer.alloc(64)])), null);
});
