import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Credential } from '../actions/safe.ts';
import { startCallLimits } from './call-limits.ts';

const key = (clientId: string): Credential => ({ kind: 'token', clientId, issuedAt: new Date(0) });
const nobody: Credential = { kind: 'none' };

describe('startCallLimits', () => {
  it('counts each key by itself, from whatever address, and begins anew each minute', () => {
    const limits = startCallLimits(2, 0);
    const waits = (clientId: string, address: string, now: number) =>
      (limits(address, key(clientId), now)?.details as { retryAfterSeconds: number } | undefined)?.retryAfterSeconds;
    assert.deepEqual([waits('a', '192.0.2.1', 0), waits('a', '192.0.2.2', 0)], [undefined, undefined]);
    assert.equal(waits('a', '192.0.2.3', 500), 60);
    assert.equal(waits('a', '192.0.2.3', 59_500), 1);
    assert.equal(waits('b', '192.0.2.3', 59_500), undefined);
    assert.equal(waits('a', '192.0.2.3', 60_000), undefined);
    // A clock that was set back.
    assert.equal(waits('a', '192.0.2.3', -600_000), undefined);
  });

  it('counts calls without a key for their address alone, IPv6 by its network', () => {
    const limits = startCallLimits(1, 2);
    for (const end of ['1', '2']) assert.equal(limits(`2001:db8::${end}`, nobody, 0), null);
    assert.notEqual(limits('2001:db8::3', nobody, 0), null);
    assert.equal(limits('2001:db8:1::3', key('a'), 0), null);
    assert.notEqual(limits('2001:db8:2::3', key('a'), 0), null);
  });

  it('refuses nobody for a flood of others', () => {
    const limits = startCallLimits(0, 1);
    for (let at = 0; at < 100_100; at += 1) limits(`10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`, nobody, 0);
    assert.equal(limits('192.0.2.1', nobody, 0), null);
    assert.equal(limits('192.0.2.1', nobody, 0), null);
    assert.notEqual(limits('10.0.0.1', nobody, 0), null);
  });
});
