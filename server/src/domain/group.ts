import { refuse } from './errors.ts';
import { codePoints, normalized } from './text.ts';

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

/** Group names are unique in this form, and found by it. */
export const groupNameKey = normalized;
