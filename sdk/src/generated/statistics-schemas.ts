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
    kind: 'password' | 'note' | 'api-secret';
    enabled: number;
    disabled: number;
  }>;
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
  backups: {
    /** ISO 8601 in UTC, with milliseconds. */
    lastMadeAt: string | null;
    /** When a backup was last restored into a scratch place and held. */
    lastProvenAt: string | null;
  };
};
