/** How far an archive goes into a lane, signed; bytes are base64. The lane then begins after it. */
export type LanePlace = {
  lane: string;
  archive: number;
  sequence: number;
  hash: string;
  at: number;
  keyId: string;
  signature: string;
};

/** The signed end of an archive's file; bytes are base64. */
export type ArchiveEnd = { digest: string; keyId: string; signature: string };

/** One archive of the audit: counted from 1, each with every entry from before a time that no earlier one has. */
export type ArchivedAudit = {
  number: number;
  before: Date;
  begunAt: Date;
  /** When its file was written and its entries ceased to count in the store; null while it is written. */
  endedAt: Date | null;
  removedAt: Date | null;
  places: readonly LanePlace[];
  entries: number;
  end: ArchiveEnd | null;
};

/** An act's last trace must be there while people ask for it. */
export const leastDaysKept = 1;
