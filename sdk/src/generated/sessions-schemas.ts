// Written by `npm run generate` from the operations of the server: change those, and run it again.

export type EndedSessions = {
  /** How many; those that were idle for too long already count too. */
  ended: number;
};

export type SessionList = {
  sessions: Array<{
    id: string;
    /** ISO 8601 in UTC, with milliseconds. */
    createdAt: string;
    /** Exact to a minute. */
    usedAt: string;
    /** ISO 8601 in UTC, with milliseconds. */
    endsAt: string;
    /** From where he signed in or proved anew who he is. */
    address: string;
    /** What the browser calls itself. */
    browser: string;
    /** Is it the one that asks? */
    current: boolean;
  }>;
};
