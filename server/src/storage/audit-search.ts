/** A place in the order of a search: by time, then by lane and sequence, which never change. */
export type AuditPlace = { at: Date; lane: string; sequence: number };

/** What entries are looked for. */
export type AuditSearch = {
  /** Any of these. */
  events?: readonly string[] | undefined;
  userId?: number | undefined;
  target?: string | undefined;
  since?: Date | undefined;
  until?: Date | undefined;
  /** Entries behind this place. */
  before?: AuditPlace | undefined;
  most: number;
};
