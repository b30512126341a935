import type { BackupTable } from '../../storage/backup-rows.ts';
import type { Value } from '../../storage/tables.ts';

export const backupFormat = 'arca-backup-1';

/**
 * A backup is these lines as JSON, one a line: its head, every table in slices, every blob of a file in pieces, the end. Times are
 * milliseconds since 1970; bytes in a row are base64 in a list of one, which nothing else is.
 */
export type BackupLine = BackupHead | BackupRows | BackupBlob | BackupEnd;

export type BackupHead = {
  type: 'safe';
  format: typeof backupFormat;
  safe: string;
  madeAt: number;
  engine: string;
  /** What made the schema that the rows are of. */
  migrations: string[];
  /** Settings of the safe at that time, by their names; none that holds a secret. For who sets up the host anew. */
  settings: Readonly<Record<string, string>>;
};

export type BackupRows = { type: 'rows'; table: BackupTable; columns: string[]; rows: BackupValue[][] };
/** A piece of a blob, sealed as it is stored (base64). Pieces of one follow each other. */
export type BackupBlob = { type: 'blob'; id: string; bytes: string; isLast: boolean };

export type BackupValue = string | number | null | [base64: string];

export type BackupEnd = {
  type: 'end';
  /** Rows by table. */
  rows: Partial<Record<BackupTable, number>>;
  /** The newest signed head of each lane of the audit. */
  heads: { lane: string; sequence: number; hash: string }[];
  /** SHA-256 over all lines before, each with its line feed. */
  digest: string;
  /** The audit-signing key of the safe that signed it. */
  keyId: string;
  signature: string;
};

export function toBackup(value: Value): BackupValue {
  return value instanceof Uint8Array ? [Buffer.from(value).toString('base64')] : value;
}

export function fromBackup(value: BackupValue): Value {
  return Array.isArray(value) ? Buffer.from(value[0], 'base64') : value;
}
