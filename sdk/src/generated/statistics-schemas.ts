// Written by `npm run generate` from the operations of the server: change those, and run it again.

export type Statistics = {
  users: {
    active: number;
    disabled: number;
    /** Active ones who own no item. */
    withoutItems: number;
  };
  items: Array<{
    /** The kind of an item. */
    kind: 'password' | 'note' | 'api-secret' | 'file';
    enabled: number;
    disabled: number;
  }>;
  passwords: {
    /** ISO 8601 in UTC, with milliseconds. */
    countedAt: string;
    /** `undefined` for items without a password; `pending` ones were not judged yet. */
    strengths: { pending: number; undefined: number; poor: number; bad: number; good: number; best: number };
    /** The hosts of most passwords, at most 10; only those for which 3 people or more have one. */
    sites: Array<{ site: string; passwords: number; people: number }>;
    /** Who has most passwords that are weak or used twice, at most 10. Which ones only he can see. */
    people: Array<{
      /** Lower case. */
      username: string;
      weak: number;
      reused: number;
    }>;
  } | null;
  /** Items made on each of the last 30 days in UTC with today, oldest first. */
  itemsMade: Array<{ day: string; count: number }>;
  /** Reveals on each of the last 30 days in UTC with today, oldest first. */
  reveals: Array<{ day: string; count: number }>;
  /** Disabled ones too. */
  groups: { user: number; private: number };
  accessKeys: { live: number; held: number; expired: number; revoked: number };
  /** Live ones, as of a minute ago. */
  sessions: number;
  /** What the store takes on disk. */
  storeBytes: number;
  files: {
    /** What the files take where they are stored, with all versions. */
    bytes: number;
    /** How much they may. */
    limit: number;
  };
  backups: {
    /** ISO 8601 in UTC, with milliseconds. */
    lastMadeAt: string | null;
    /** When a backup was last restored into a scratch place and held. */
    lastProvenAt: string | null;
  };
};
