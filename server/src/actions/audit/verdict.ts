export type AuditProblem = { lane: string | null; sequence: number | null; problem: string };

export type AuditVerdict = {
  /** True when nothing was found. */
  holds: boolean;
  safe: string | null;
  lanes: number;
  entries: number;
  /** Anchors of this safe that hold and are no younger than the export. */
  anchors: number;
  /** ISO 8601: by the anchors, nothing from before is missing. Null without anchors, or when it does not hold. */
  completeTo: string | null;
  /** ISO 8601 time of the newest signed head; null when nothing is signed. */
  signedTo: string | null;
  /** Whether the keys were given from outside, or only those that the export itself names. */
  trustedKeys: boolean;
  /** The archives of what was before, oldest first, and whether they were looked at. */
  archives: ArchiveTold[];
  problems: AuditProblem[];
};

/** `before` is ISO 8601. */
export type ArchiveTold = { number: number; before: string; entries: number; given: boolean };

export type Say = (lane: string | null, sequence: number | null, problem: string) => void;
