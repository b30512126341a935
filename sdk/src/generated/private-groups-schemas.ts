// Written by `npm run generate` from the operations of the server: change those, and run it again.

import type { GroupMember } from './schemas.ts';

export type ListedPrivateGroup = {
  id: number;
  name: string;
  description: string;
  /** A disabled group gives nothing. */
  enabled: boolean;
  memberCount: number;
  /** Is the caller a member? */
  isMember: boolean;
  /** Lower case. */
  owner: string;
  /** May members see who else is one? */
  membersVisible: boolean;
};

export type PrivateGroup = {
  id: number;
  name: string;
  description: string;
  /** A disabled group gives nothing. */
  enabled: boolean;
  memberCount: number;
  /** Is the caller a member? */
  isMember: boolean;
  /** Lower case. */
  owner: string;
  /** May members see who else is one? */
  membersVisible: boolean;
  /** ISO 8601 in UTC, with milliseconds. */
  createdAt: string;
  /** ISO 8601 in UTC, with milliseconds. */
  disabledAt: string | null;
  /** Is anything shared with it? */
  holdsShares: boolean;
  /** By username. */
  members: GroupMember[];
};

export type PrivateGroupPage = {
  groups: ListedPrivateGroup[];
  /** Cursor of the next page. */
  next: string | null;
};
