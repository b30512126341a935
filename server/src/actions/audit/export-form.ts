import type { AuditDetails } from '../../domain/audit.ts';

/**
 * An export is these lines as JSON, one a line: first the safe, then each lane followed by its entries, then the end.
 * Bytes are base64, times milliseconds since 1970. `opened` is for readers; the hash covers the columns as stored.
 * `exportedAt` is taken before the lanes are read. An archive has the same lines: its lanes end at a signed place in
 * place of their head, and its own end is signed.
 */
export type ExportLine =
  | {
      type: 'safe';
      format: typeof exportFormat | typeof archiveFormat;
      safe: string;
      exportedAt: number;
      keys: ExportedKey[];
      /** Of an export: the archives that were made before, oldest first. */
      archives?: ExportedArchive[];
      /** Of an archive: which one it is, and the digest of the one before. */
      archive?: { number: number; before: number; previous: string | null };
    }
  | ExportedLane
  | ExportedEntry
  | { type: 'end'; lanes: number; entries: number; seal?: ArchiveSeal };

export const exportFormat = 'arca-audit-1';
export const archiveFormat = 'arca-audit-archive-1';

/** `signedBy`: the key before signed this one when it was replaced by it; see crypto/audit-key-link.ts. */
export type ExportedKey = { id: string; publicKey: string; signedBy?: { key: string; at: number; signature: string } };

/** The signed end of an archive; see crypto/audit-place.ts. */
export type ArchiveSeal = { digest: string; keyId: string; signature: string };

/** What the safe knows of an archive; `previous` is the digest of the one before. */
export type ExportedArchive = ArchiveSeal & {
  number: number;
  before: number;
  entries: number;
  previous: string | null;
};

/** The place after which a lane begins, once what was before is in `archive`. */
export type ExportedPlace = {
  archive: number;
  sequence: number;
  hash: string;
  at: number;
  keyId: string;
  signature: string;
};

export type ExportedLane = {
  type: 'lane';
  lane: string;
  openedAt: number;
  closedAt: number | null;
  sequence: number;
  hash: string;
  signedAt: number;
  keyId: string;
  signature: string;
  begins?: ExportedPlace;
};

export type ExportedEntry = {
  type: 'entry';
  lane: string;
  sequence: number;
  at: number;
  event: string;
  userId: number | null;
  accessKeyId: number | null;
  target: string | null;
  requestId: string;
  details: string | null;
  /** What became of the rows that the act changed: JSON as stored, or null. */
  changedRows: string | null;
  /** How long other lanes were: JSON as stored; left out where it tells of none. */
  lanesTold?: string;
  hash: string;
  opened?: AuditDetails;
};
