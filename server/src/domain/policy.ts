import { refuse } from './errors.ts';
import type { Group } from './group.ts';
import type { User } from './user.ts';

/** What administrators settle for all. `revision` is its ETag. */
export type Policy = {
  revision: number;
  /**
   * Who may make access keys: everyone, or only the chosen users and members of the chosen user groups. Groups by id: one
   * that takes the name of another must not take its place.
   */
  keyMakers: { everyone: boolean; users: readonly string[]; groups: readonly number[] };
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

export type PolicyDraft = { [F in PolicyField]?: Policy[F] | undefined };

/**
 * The policy after a change, and the names of the fields that it changes; the same policy when there are none. Refuses
 * numbers out of range. Names of users and groups are checked by the action.
 */
export function changedPolicy(policy: Policy, draft: PolicyDraft): { policy: Policy; fields: PolicyField[] } {
  const fields = policyFields.filter(
    (field) => draft[field] !== undefined && JSON.stringify(draft[field]) !== JSON.stringify(policy[field]),
  );
  if (fields.length === 0) return { policy, fields };
  const changes = Object.fromEntries(fields.map((field) => [field, draft[field]]));
  const next: Policy = { ...policy, ...changes, revision: policy.revision + 1 };
  mustBeWithin('idleMinutes', next.idleMinutes, 5, 60);
  mustBeWithin('sessionHours', next.sessionHours, 1, 12);
  return { policy: next, fields };
}

const policyFields = ['keyMakers', 'secondFactor', 'idleMinutes', 'sessionHours'] as const;
type PolicyField = (typeof policyFields)[number];

function mustBeWithin(field: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    refuse('field_invalid', { field, why: `must be a whole number from ${least} to ${most}` });
  }
}

export function needsSecondFactor(policy: Policy, user: User): boolean {
  return policy.secondFactor === 'everyone' || (policy.secondFactor === 'admins' && user.role === 'admin');
}

/** `groups` are the enabled groups that he is a member of. */
export function mayMakeKeys({ keyMakers }: Policy, user: User, groups: readonly Pick<Group, 'id'>[]): boolean {
  if (keyMakers.everyone || keyMakers.users.includes(user.username)) return true;
  return groups.some(({ id }) => keyMakers.groups.includes(id));
}
