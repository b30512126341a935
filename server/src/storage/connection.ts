import type { Value } from './tables.ts';

export type Engine = 'sqlite' | 'postgres';
export type Row = Record<string, Value>;
/** SQLite answers at once, PostgreSQL later: callers await either. */
export type MaybePromise<T> = T | Promise<T>;

/** One connection to the store. Whatever it throws is a StoreFault. */
export type Connection = {
  readonly engine: Engine;
  /** Nothing more can be done on it, whatever its last fault was called. */
  readonly broken: boolean;
  all(sql: string, parameters: readonly Value[]): MaybePromise<Row[]>;
  first(sql: string, parameters: readonly Value[]): MaybePromise<Row | undefined>;
  run(sql: string, parameters: readonly Value[]): MaybePromise<void>;
  exec(sql: string): MaybePromise<void>;
  /** Makes durable what was committed, where a commit alone does not: no answer may tell of it before. */
  sync?(): Promise<void>;
  close(): MaybePromise<void>;
};

/** `batches`: writes, and makes its commits durable by `sync`, while the next batch runs. */
export type Access = 'read' | 'write' | 'batches';

/**
 * - `unreachable`: the store is gone, full, read-only or broken; nothing more can be done on this connection
 * - `timeout`: it did not answer in time
 * - `conflict`: a deadlock or serialization failure; the same work may be run again
 * - `duplicate`: a unique constraint refused a row
 * - `refused`: any other statement error (a bug of ours)
 */
export type StoreFaultKind = 'unreachable' | 'timeout' | 'conflict' | 'duplicate' | 'refused';

export class StoreFault extends Error {
  readonly kind: StoreFaultKind;

  constructor(kind: StoreFaultKind, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StoreFault';
    this.kind = kind;
  }
}

export async function closeQuietly(connection: Connection): Promise<void> {
  try {
    await connection.close();
  } catch {
    // It was broken already.
  }
}
