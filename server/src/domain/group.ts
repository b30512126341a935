import { refuse } from './errors.ts';
import { codePoints, normalized } from './text.ts';
import type { User } from './user.ts';

/** A group of users. One without owner is a user group (made by admins), one with an owner his private group. */
export type Group = {
  id: number;
  name: string;
  ownerId: number | null;
  /** May members see who else is one? */
  membersVisible: boolean;
  /** A disabled group gives nothing. */
  disabledAt: Date | null;
  createdAt: Date;
};

export function readGroupName(text: string): string {
  const name = text.trim();
  if (name === '') refuse('field_missing', { field: 'name' });
  if (codePoints(name) > 255 || !name.isWellFormed() || name.includes('\0')) {
    refuse('field_invalid', { field: 'name', why: 'must be at most 255 characters' });
  }
  return name;
}

export function readGroupDescription(text: string): string {
  const description = text.trim();
  if (codePoints(description) > 1000 || !description.isWellFormed()) {
    refuse('field_invalid', { field: 'description', why: 'must be at most 1000 characters' });
  }
  return description;
}

const mostMembers = 10_000;

/** Refuses a group of more members than that. */
export function mustHoldMembers(count: number): void {
  if (count > mostMembers) refuse('field_invalid', { field: 'members', why: `a group has at most ${mostMembers}` });
}

/**
 * May this user see who is in the group? Whoever manages it may; a member may if it says so, while it is enabled: a
 * disabled group gives nothing.
 */
export function maySeeMembers(group: Group, user: User, isMember: boolean): boolean {
  const manages = group.ownerId === null ? user.role === 'admin' : group.ownerId === user.id;
  return manages || (isMember && group.membersVisible && group.disabledAt === null);
}

/** Group names are unique in this form, and found by it. */
export const groupNameKey = normalized;
