// Written by `npm run generate` from the operations of the server: change those, and run it again.

import type { Proposal } from './schemas.ts';

export type LeaverReport = {
  /** What he did before is in archives of the audit, and not told here. */
  since: string | null;
  items: LeaverRow[];
};

export type LeaverRow = {
  kind: 'password' | 'note' | 'api-secret' | 'file';
  number: number;
  name: string | null;
  /** Lower case. */
  owner: string;
  /** ISO 8601 in UTC, with milliseconds. */
  lastAt: string;
  /** Secret fields that he saw or set. */
  fields: string[];
  /** Those that are still the same. */
  unchanged: string[];
  /** Is the item disabled? */
  disabled: boolean;
  /** How he stands to it now. */
  access: 'owner' | 'editor' | 'viewer' | 'none';
};

/** Callers who are no administrators are told username, name and state; the rest is null. `lastSignInAt` and `lastSeenAt` are known as long as a session of his is kept. */
export type User = {
  /** Lower case. */
  username: string;
  name: string;
  enabled: boolean;
  /** Empty when none is known. Null for callers who are no administrators. */
  email: string | null;
  /** Null for callers who are no administrators. */
  role: 'admin' | 'member' | null;
  /** ISO 8601 in UTC, with milliseconds. */
  createdAt: string | null;
  /** ISO 8601 in UTC, with milliseconds. */
  disabledAt: string | null;
  /** Has he enrolled one? Null for callers who are no administrators. */
  secondFactor: boolean | null;
  /** ISO 8601 in UTC, with milliseconds. */
  lastSignInAt: string | null;
  /** ISO 8601 in UTC, with milliseconds. */
  lastSeenAt: string | null;
  /** How many he owns. Null for callers who are no administrators. */
  items: number | null;
};

export type UserAndProposal = { user: User; proposal: Proposal | null };

export type UserPage = {
  users: User[];
  /** Cursor of the next page. */
  next: string | null;
};
