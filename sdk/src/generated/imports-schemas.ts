// Written by `npm run generate` from the operations of the server: change those, and run it again.

export type Import = {
  id: number;
  /** `waiting` for `apply`; `expired` once its rows are gone, a day after it was planned. */
  status: 'waiting' | 'applying' | 'finished' | 'undoing' | 'undone' | 'failed' | 'expired';
  format:
    | 'arca-json'
    | 'arca-csv'
    | 'arca-xlsx'
    | 'lastpass-csv'
    | 'keeper-json'
    | 'keeper-csv'
    | 'bitwarden-json'
    | 'bitwarden-csv'
    | '1password-1pux'
    | '1password-csv'
    | 'keepass-kdbx'
    | 'keepass-xml'
    | 'chrome-csv'
    | 'firefox-csv'
    | 'mysafe';
  /** The file's name as it was sent; for `mysafe` where it came from. */
  file: string;
  counts: { new: number; same: number; changed: number; rejected: number };
  /** Rows that are done, of `total`. */
  done: number;
  total: number;
  /** What became of rows; `kept` were not undone, for somebody has changed them since. */
  outcomes: { created: number; updated: number; left: number; undone: number; kept: number };
  receipt: {
    from: string;
    counts: Record<string, number>;
    /** SHA-256 over the digest of each answer, in hex. */
    digest: string;
  } | null;
  /** Of a failed one: the code of what went wrong. */
  failure: string | null;
  /** ISO 8601 in UTC, with milliseconds. */
  createdAt: string;
  /** ISO 8601 in UTC, with milliseconds. */
  endedAt: string | null;
  /** ISO 8601 in UTC, with milliseconds. */
  rowsUntil: string;
};

export type ImportPage = {
  imports: Import[];
  /** `before` of the next page. */
  next: number | null;
};

export type ImportRow = {
  /** Counts up in the order of the file. */
  place: number;
  /** Where it begins in the file; of what has no lines its place. */
  line: number;
  /** The kind of an item. */
  kind: 'password' | 'note' | 'api-secret' | 'file';
  name: string;
  username: string;
  url: string;
  verdict: 'new' | 'same' | 'changed' | 'rejected';
  outcome: 'created' | 'updated' | 'left' | 'undone' | 'kept' | null;
  /** The item that it is the same as, changes, or has made. */
  number: number | null;
  /** Why it is rejected, left or kept. */
  reason: string | null;
  /** What is in another place than it was, or not taken over. */
  remarks: string[];
};

export type ImportRowPage = {
  rows: ImportRow[];
  /** `after` of the next page. */
  next: number | null;
};

export type ImportTemplate = {
  file: string;
  /** Its bytes in base64. */
  content: string;
};
