import type { AuditDetails } from '../../domain/audit.ts';

/**
 * An export is these lines as JSON, one a line: first the safe, then each lane followed by its entries, then the end.
 * Bytes are base64, times milliseconds since 1970. `opened` is for readers; the hash covers the columns as stored.
 * `exportedAt` is taken before the lanes are read.
 */
export type ExportLine =
  | { type: 'safe'; format: typeof exportFormat; safe: string; exportedAt: number; keys: ExportedKey[] }
  | ExportedLane
  | ExportedEntry
  | { type: 'end'; lanes: number; entries: number };

export const exportFormat = 'arca-audit-1';

export type ExportedKey = { id: string; publicKey: string };

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
  hash: string;
  opened?: AuditDetails;
};
