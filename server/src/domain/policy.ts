import { refuse } from './errors.ts';
import type { User } from './user.ts';

/** What administrators settle for all. `revision` is its ETag. */
export type Policy = {
  revision: number;
  /** Who may make access keys: everyone, or only the chosen users and members of the chosen user groups. */
  keyMakers: { everyone: boolean; users: readonly string[]; groups: readonly string[] };
  /** From whom a second factor is asked: without one such a person can only enrol it. */
  secondFactor: 'optional' | 'admins' | 'everyone';
  /** Minutes without a call after which a session ends, 5 to 60. */
  idleMinutes: number;
  /** Hours after which a session ends in any case, 1 to 12. */
  sessionHours: number;
};

/** What holds until an administrator settles something else. */
export const firstPolicy: Policy = {
  revision: 0,
  keyMakers: { everyone: true, users: [], groups: [] },
  secondFactor: 'optional',
  idleMinutes: 60,
  sessionHours: 12,
};

export type PolicyDraft = Partial<Omit<Policy, 'revision'>>;

/** The policy after a change; refuses numbers out of range. Names of users and groups are checked by the action. */
export function changedPolicy(policy: Policy, draft: PolicyDraft): Policy {
  const next = { ...policy, ...draft, revision: policy.revision + 1 };
  mustBeWithin('idleMinutes', next.idleMinutes, 5, 60);
  mustBeWithin('sessionHours', next.sessionHours, 1, 12);
  return next;
}

function mustBeWithin(field: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    refuse('field_invalid', { field, why: `must be a whole number from ${least} to ${most}` });
  }
}

export function needsSecondFactor(policy: Policy, user: User): boolean {
  return policy.secondFactor === 'everyone' || (policy.secondFactor === 'admins' && user.role === 'admin');
}

/** `groups` are the names of the enabled user groups that he is a member of. */
export function mayMakeKeys({ keyMakers }: Policy, user: User, groups: readonly string[]): boolean {
  if (keyMakers.everyone || keyMakers.users.includes(user.username)) return true;
  return groups.some((group) => keyMakers.groups.includes(group));
}
