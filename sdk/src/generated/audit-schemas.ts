// Written by `npm run generate` from the operations of the server: change those, and run it again.

export type AuditEntry = {
  /** The lane of its writer and its place in it: `lane:sequence`. */
  id: string;
  /** ISO 8601 in UTC, with milliseconds. */
  at: string;
  event: string;
  /** Lower case. */
  user: string | null;
  accessKey: { id: number; clientId: string } | null;
  /** `password:3`, `user:7`, `group:2`, `access-key:5`. */
  target: string | null;
  address: string | null;
  /** The `X-Request-Id` of the answer. */
  requestId: string;
  /** By event: fields revealed, the reason given, the code of a refusal. Never a secret. */
  details: Record<string, string | number | boolean | null | string[]>;
};

export type AuditPage = {
  entries: AuditEntry[];
  /** Cursor of the next page. */
  next: string | null;
  /** The search stopped before the page was full; `next` goes on. */
  partial: boolean;
  /** What is older is in archives, outside the safe. Null while nothing is. */
  since: string | null;
};
