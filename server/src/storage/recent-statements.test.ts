import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { keepRecent } from './recent-statements.ts';

describe('prepared statements that are kept', () => {
  it('stay below their bound however many shapes come, and each that goes is told once', () => {
    const kept = keepRecent<number>(10);
    const gone: string[] = [];
    for (let at = 0; at < 100; at += 1) {
      gone.push(...kept.keep(`shape ${at}`, at));
      assert.ok(kept.size <= 10);
    }
    assert.equal(new Set(gone).size, gone.length);
    assert.equal(gone.length + kept.size, 100);
    for (const key of gone) assert.equal(kept.find(key), undefined);
  });

  it('that are asked for all the time outlive those that are not', () => {
    const kept = keepRecent<number>(10);
    kept.keep('hot', -1);
    for (let at = 0; at < 100; at += 1) {
      assert.equal(kept.find('hot'), -1, `after ${at}`);
      kept.keep(`shape ${at}`, at);
    }
  });
});
