import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import type { RefusalDetails } from '../domain/errors.ts';
import { readSettings } from '../settings.ts';
import { startThrottle, throttleBucket } from './throttle.ts';

const settings = readSettings({ ARCA_FAILURES_PER_MINUTE: '2', ARCA_FAILURES_PER_ADDRESS: '4' });

describe('startThrottle', () => {
  it('forgives when the minute is over, and says how long that is', async (test) => {
    test.mock.timers.enable({ apis: ['Date', 'setTimeout'], now: 0 });
    const { failed, mustWait } = startThrottle(settings);
    const seconds = async () => {
      const refusal = await failed('10.0.0.1', 'a');
      return refusal && (refusal.details as RefusalDetails['too_many_requests']).retryAfterSeconds;
    };
    assert.deepEqual([await seconds(), await seconds(), await seconds()], [null, null, 60]);
    test.mock.timers.tick(45_500);
    assert.equal(await seconds(), 15);
    test.mock.timers.tick(14_500);
    assert.deepEqual([await seconds(), await seconds(), await seconds()], [null, null, 60]);
    assert.equal(await mustWait('10.0.0.1'), null);
  });

  it('counts each client by itself, and all of an address together', async () => {
    const { failed, mustWait } = startThrottle(settings);
    for (const client of ['a', 'b', 'a', 'b']) assert.equal(await failed('10.0.0.1', client), null);
    assert.equal(await mustWait('10.0.0.1'), null);
    assert.notEqual(await failed('10.0.0.1', 'c'), null);
    assert.notEqual(await mustWait('10.0.0.1'), null);
    assert.equal(await failed('10.0.0.2', 'a'), null);
    assert.equal(await mustWait('10.0.0.2'), null);
  });

  it('takes an IPv6 network of 64 bits for one stranger', async () => {
    const { failed } = startThrottle(settings);
    for (const end of ['1', '2:3', 'ffff']) await failed(`2001:db8:1:2::${end}`, 'a');
    assert.notEqual(await failed('2001:db8:1:2:9::9', 'a'), null);
    assert.equal(await failed('2001:db8:1:3::1', 'a'), null);
  });
});

describe('throttleBucket', () => {
  it('keeps what strangers choose within bounds, and apart', () => {
    const secret = randomBytes(16);
    const buckets = new Set<number>();
    for (let count = 0; count < 100_000; count += 1)
      buckets.add(throttleBucket(secret, `10.0.0.${count}`, `client ${count}`));
    assert.ok([...buckets].every((bucket) => Number.isInteger(bucket) && bucket >= 0 && bucket < 65_536));
    // About 51,300 of 65,536 are expected; far fewer would mean that strangers share more than they should.
    assert.ok(buckets.size > 50_000, String(buckets.size));
    assert.equal(throttleBucket(secret, 'a', 'b'), throttleBucket(secret, 'a', 'b'));
  });

  it('tells nobody without the secret who shares one', () => {
    const [one, other] = [randomBytes(16), randomBytes(16)];
    const same = Array.from({ length: 64 }, (_, at) => `${at}`).filter(
      (name) => throttleBucket(one, name, '') === throttleBucket(other, name, ''),
    );
    assert.ok(same.length < 8);
  });
});
