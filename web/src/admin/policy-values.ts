import type { Policy } from '@arca/sdk';

/** The policy as its form holds it. */
export type PolicyValues = {
  makers: 'everyone' | 'chosen';
  users: string[];
  groups: string[];
  secondFactor: Policy['secondFactor'];
  idleMinutes: number;
  sessionHours: number;
};

export const limits = { idleMinutes: [5, 60], sessionHours: [1, 12] } as const;

export function valuesOf({ keyMakers, secondFactor, idleMinutes, sessionHours }: Policy): PolicyValues {
  const { everyone, users, groups } = keyMakers;
  return { makers: everyone ? 'everyone' : 'chosen', users, groups, secondFactor, idleMinutes, sessionHours };
}

export type PolicyChanges = Partial<Omit<Policy, 'revision'>>;

/** What the form changes of a policy: nothing else is sent, so what others changed meanwhile stays. */
export function changesOf(policy: Policy, values: PolicyValues): PolicyChanges {
  const { makers, users, groups, secondFactor, idleMinutes, sessionHours } = values;
  const keyMakers = { everyone: makers === 'everyone', users, groups };
  const wanted = { keyMakers, secondFactor, idleMinutes, sessionHours };
  return Object.fromEntries(
    Object.entries(wanted).filter(([field, value]) => !isSame(value, policy[field as keyof typeof wanted])),
  );
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
