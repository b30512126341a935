// Written by `npm run generate` from the operations of the server: change those, and run it again.

import type { GroupMember } from './schemas.ts';

export type ListedUserGroup = {
  id: number;
  name: string;
  description: string;
  /** A disabled group gives nothing. */
  enabled: boolean;
  memberCount: number;
  /** Is the caller a member? */
  isMember: boolean;
};

/** What follows `isMember` is null for all but administrators and members who may see each other. */
export type UserGroup = {
  id: number;
  name: string;
  description: string;
  /** A disabled group gives nothing. */
  enabled: boolean;
  memberCount: number;
  /** Is the caller a member? */
  isMember: boolean;
  /** May members see who else is one? */
  membersVisible: boolean | null;
  /** ISO 8601 in UTC, with milliseconds. */
  createdAt: string | null;
  /** ISO 8601 in UTC, with milliseconds. */
  disabledAt: string | null;
  /** Is anything shared with it? */
  holdsShares: boolean | null;
  /** By username. */
  members: GroupMember[] | null;
};

export type UserGroupPage = {
  groups: ListedUserGroup[];
  /** Cursor of the next page. */
  next: string | null;
};
