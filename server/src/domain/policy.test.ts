import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isRefusal } from './errors.ts';
import { changedPolicy, firstPolicy, mayMakeKeys, needsSecondFactor, type Policy } from './policy.ts';
import type { User } from './user.ts';

const member: User = {
  id: 2,
  username: 'ben',
  role: 'member',
  disabledAt: null,
  tokensFrom: null,
  createdAt: new Date(0),
};
const admin: User = { ...member, id: 1, username: 'ana', role: 'admin' };

describe('changedPolicy', () => {
  it('names what it changes and counts the revision', () => {
    const { policy, fields } = changedPolicy(firstPolicy, { idleMinutes: 30, secondFactor: 'optional' });
    assert.deepEqual(fields, ['idleMinutes']);
    assert.deepEqual(policy, { ...firstPolicy, revision: 1, idleMinutes: 30 });
  });

  it('is the same policy when nothing differs', () => {
    const keyMakers = { everyone: true, users: [], groups: [] };
    for (const draft of [{}, { keyMakers }, { idleMinutes: 60, sessionHours: undefined }]) {
      const { policy, fields } = changedPolicy(firstPolicy, draft);
      assert.equal(policy, firstPolicy);
      assert.deepEqual(fields, []);
    }
  });

  for (const [field, unfit, fit] of [
    ['idleMinutes', [4, 61, 5.5, Number.NaN], [5, 60]],
    ['sessionHours', [0, 13, 1.5, -1], [1, 12]],
  ] as const) {
    it(`keeps ${field} within its range`, () => {
      for (const value of unfit) {
        const isRefused = (thrown: unknown) => isRefusal(thrown, 'field_invalid') && thrown.details.field === field;
        assert.throws(() => changedPolicy(firstPolicy, { [field]: value }), isRefused, String(value));
      }
      for (const value of fit) assert.equal(changedPolicy(firstPolicy, { [field]: value }).policy[field], value);
    });
  }
});

describe('needsSecondFactor', () => {
  for (const [secondFactor, ofMember, ofAdmin] of [
    ['optional', false, false],
    ['admins', false, true],
    ['everyone', true, true],
  ] as const) {
    it(`${secondFactor}: member ${ofMember}, admin ${ofAdmin}`, () => {
      const policy: Policy = { ...firstPolicy, secondFactor };
      assert.equal(needsSecondFactor(policy, member), ofMember);
      assert.equal(needsSecondFactor(policy, admin), ofAdmin);
    });
  }
});

describe('mayMakeKeys', () => {
  const only = (users: string[], groups: number[]): Policy => ({
    ...firstPolicy,
    keyMakers: { everyone: false, users, groups },
  });
  it('is everyone until something else is settled', () => assert.ok(mayMakeKeys(firstPolicy, member, [])));
  it('is then who is named, or in a named group, and nobody else: no admin either', () => {
    assert.ok(mayMakeKeys(only(['ben'], []), member, []));
    assert.ok(mayMakeKeys(only([], [7]), member, [{ id: 3 }, { id: 7 }]));
    assert.ok(!mayMakeKeys(only(['ana'], [7]), member, [{ id: 3 }]));
    assert.ok(!mayMakeKeys(only([], []), admin, [{ id: 7 }]));
  });
});
