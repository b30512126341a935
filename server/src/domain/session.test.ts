import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isRefusal } from './errors.ts';
import { endsOf, readCode, type Session, sessionIsLive, sudoUntil } from './session.ts';

const minute = 60_000;
const start = new Date('2026-11-20T08:00:00.000Z');
const later = (minutes: number) => new Date(+start + minutes * minute);
const limits = { idleMinutes: 60, sessionHours: 12 };
const session: Session = {
  id: 'one',
  userId: 1,
  secondFactor: false,
  createdAt: start,
  usedAt: start,
  endsAt: later(12 * 60),
  provenAt: start,
  mustChangePassword: false,
};

describe('a session', () => {
  it('lives until it was idle for as long as the policy says', () => {
    assert.ok(sessionIsLive(session, limits, new Date(+later(60) - 1)));
    assert.ok(!sessionIsLive(session, limits, later(60)));
    assert.ok(sessionIsLive({ ...session, usedAt: later(59) }, limits, later(118)));
    assert.ok(!sessionIsLive(session, { ...limits, idleMinutes: 5 }, later(5)));
  });

  it('ends in any case when its time is over, used or not', () => {
    const busy = { ...session, usedAt: later(12 * 60 - 1) };
    assert.ok(sessionIsLive(busy, limits, new Date(+later(12 * 60) - 1)));
    assert.ok(!sessionIsLive(busy, limits, later(12 * 60)));
  });

  it('ends earlier under a policy that got shorter, and no later under one that got longer', () => {
    assert.deepEqual(endsOf(session, { ...limits, sessionHours: 2 }), { endsAt: later(120), idleEndsAt: later(60) });
    const short = { ...session, endsAt: later(60) };
    assert.deepEqual(endsOf(short, limits).endsAt, later(60));
    assert.deepEqual(endsOf({ ...session, usedAt: later(100) }, { ...limits, sessionHours: 2 }).idleEndsAt, later(120));
  });

  it('is proven for ten minutes', () => {
    assert.deepEqual(sudoUntil(session, new Date(+later(10) - 1)), later(10));
    assert.equal(sudoUntil(session, later(10)), null);
  });
});

describe('readCode', () => {
  for (const [sent, code] of [
    ['123456', '123456'],
    [' 123 456 ', '123456'],
    ['00000000', '00000000'],
  ] as const) {
    it(`reads ${JSON.stringify(sent)}`, () => assert.equal(readCode('code', sent), code));
  }
  for (const sent of ['', '12345', '123456789', '12345a', '１２３４５６', '123-456', '+12345']) {
    it(`refuses ${JSON.stringify(sent)}`, () => {
      assert.throws(
        () => readCode('code', sent),
        (thrown) => isRefusal(thrown, 'field_invalid'),
      );
    });
  }
});
