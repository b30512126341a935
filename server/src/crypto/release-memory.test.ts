import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { releaseMemory } from './release-memory.ts';

describe('giving memory back', () => {
  it('leaves nothing of bytes that have their memory alone', () => {
    const bytes = Buffer.alloc(64 * 1024, 7);
    releaseMemory(bytes);
    assert.equal(bytes.length, 0);
    releaseMemory(bytes);
  });

  it('leaves bytes that share theirs', () => {
    const whole = Buffer.alloc(100, 7);
    releaseMemory(whole.subarray(10));
    assert.deepEqual(whole, Buffer.alloc(100, 7));
    const shared = new Uint8Array(new SharedArrayBuffer(8));
    releaseMemory(shared);
    assert.equal(shared.length, 8);
  });
});
