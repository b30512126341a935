// Written by `npm run generate` from the operations of the server: change those, and run it again.

export type Rotation = {
  id: number;
  /** Which keys are replaced. */
  what: 'data' | 'index' | 'rows' | 'signing' | 'pepper' | 'root';
  /** Contents are encrypted anew, too. */
  reseal: boolean;
  phase: 'announced' | 'rewriting' | 'retiring' | 'finished';
  /** Rows that were gone through so far. */
  done: number;
  /** Rows that there are to go through. */
  total: number;
  /** Rows that are not as they were stored: left as they are, and told of in the log. */
  broken: number;
  /** When it was begun. */
  startedAt: string;
  /** When it was finished; null while it is under way. */
  finishedAt: string | null;
};

export type SafeKey = {
  id: string;
  purpose: 'data' | 'index' | 'pepper' | 'row-mac' | 'audit-signing' | 'token-signing';
  /** A `next` key is read but not yet written with, a `replaced` one is read but no longer written with; of a `retired` one only what the audit needs is left. */
  state: 'next' | 'current' | 'replaced' | 'retired';
  /** When it was made. */
  createdAt: string;
  /** Since when another key is written with. */
  replacedAt: string | null;
};

export type SafeKeys = {
  safeId: string;
  keys: SafeKey[];
  rotation: Rotation | null;
  dataKeyUse: {
    /** Sealings under the current data key, at the most. */
    uses: number;
    /** From here on a new data key is due. */
    warnsAt: number;
    /** More than this are not safe. */
    budget: number;
  };
};
