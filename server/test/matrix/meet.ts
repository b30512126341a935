import assert from 'node:assert/strict';
import type { Action } from '../../src/domain/access.ts';
import { auditLines } from '../audit-left.ts';
import type { Answer, TestSafe } from '../start-safe.ts';
import { keyRestricted, mustBe, noAccess, notAuthorized } from '../wire-envelopes.ts';
import { type Outcome, type Right, rights } from './expected.ts';
import { told } from './people.ts';

const v1Told: Readonly<Record<Exclude<Outcome, 'allowed' | 'hidden'>, string>> = {
  token_missing: '401 token_missing',
  token_invalid: '401 token_invalid',
  key_restricted: '403 key_restricted',
  access_denied: '403 access_denied',
  proof_required: '403 proof_required',
  second_factor_not_enrolled: '403 second_factor_not_enrolled',
  password_change_required: '403 password_change_required',
};
const wireTold = {
  token_missing: notAuthorized,
  token_invalid: notAuthorized,
  key_restricted: keyRestricted,
  access_denied: noAccess,
};

/** Who is nobody to the safe leaves an entry without a user. */
const isNobody = (outcome: Outcome) => ['token_missing', 'token_invalid', 'key_restricted'].includes(outcome);

export const rightTo = (action: Action): Right => {
  const right = rights.find((one) => one.action === action);
  if (!right) throw new Error(`no row for ${action}`);
  return right;
};

/** Holds an answer to its cell: what is told, and the one entry that a refusal leaves. */
export async function mustMeet(
  safe: TestSafe,
  answer: Answer,
  outcome: Outcome,
  cell: { dialect: 'v1' | 'wire'; action: Action; username: string; target: RegExp; allowed: string; hidden?: string },
  about: string,
): Promise<void> {
  const { dialect, action, username, target, allowed, hidden = '' } = cell;
  const what = `${about}: ${outcome}, but ${answer.status} ${answer.text.slice(0, 300)}`;
  if (outcome === 'allowed') {
    assert.equal(dialect === 'wire' ? String(answer.status) : told(answer), allowed, what);
    return;
  }
  if (dialect === 'wire') mustBe(answer, wireTold[outcome as keyof typeof wireTold], what);
  else assert.equal(told(answer), outcome === 'hidden' ? hidden : v1Told[outcome], what);
  const reason = outcome === 'hidden' ? hidden.split(' ')[1] : outcome;
  const [line = '', ...more] = await auditLines(safe, answer);
  assert.deepEqual(more, [], what);
  const [event, user, on = '', why] = line.split(' ');
  assert.deepEqual([event, user, why], [`${action}.refused`, isNobody(outcome) ? '-' : username, reason], what);
  assert.match(on, target, what);
}
