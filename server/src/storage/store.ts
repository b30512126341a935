import type { Keyring, WrappedKey } from '../crypto/keyring.ts';
import { type BackupSlice, readRows } from './backup-rows.ts';
import type { Connection, Engine } from './connection.ts';
import { appliedMigrations, migrate } from './migrate.ts';
import { openPostgres } from './postgres.ts';
import { openReadPool, type ReadPool } from './read-pool.ts';
import { findSafe, insertSafe } from './safe-keys.ts';
import { openSqlite } from './sqlite.ts';
import type { ReadTx } from './transaction.ts';
import type { Job } from './write-lane.ts';
import { type PumpSettings, startPump } from './write-pump.ts';

export type StoreSettings = {
  place: { engine: 'sqlite'; path: string } | { engine: 'postgres'; url: string };
  /** How long the store may take to answer. */
  timeoutMilliseconds: number;
  pump: PumpSettings;
  /** Connections for reading. */
  readers: number;
};

/** The store of one safe: every change goes through its pump, reads that record nothing through its read connections. */
export type Store = {
  readonly engine: Engine;
  submit(job: Job): void;
  read<T>(work: (tx: ReadTx) => Promise<T>): Promise<T>;
  /** The migrations that made its schema, oldest first. */
  migrations(): Promise<string[]>;
  /** Every row that a backup holds, as one moment saw them, on a connection of its own. */
  backup(): AsyncGenerator<BackupSlice>;
  /** Jobs that wait for a transaction. */
  readonly waiting: number;
  close(): Promise<void>;
};

export function connectorOf(settings: StoreSettings): (access: 'write' | 'read') => Promise<Connection> {
  const { place, timeoutMilliseconds } = settings;
  return async (access) =>
    place.engine === 'sqlite'
      ? openSqlite(place.path, access, timeoutMilliseconds)
      : await openPostgres({ url: place.url, timeoutMilliseconds });
}

/**
 * Brings the schema up to date and gives the safe's identity and wrapped keys. A new safe gets those that `make`
 * makes. All in one transaction: a start that fails leaves nothing behind, and of two nodes that start at once on an
 * empty database one makes the safe while the other waits.
 */
export async function prepareStore(
  settings: StoreSettings,
  make: () => Promise<{ id: string; keys: WrappedKey[] }>,
  now: () => number,
): Promise<{ id: string; keys: WrappedKey[] }> {
  const on = await connectorOf(settings)('write');
  try {
    await on.exec(on.engine === 'sqlite' ? 'begin immediate' : 'begin');
    try {
      await migrate(on, now());
      const found = await findSafe(on);
      const identity = found ?? (await make());
      if (!found) await insertSafe(on, identity.id, identity.keys, now());
      await on.exec('commit');
      return identity;
    } catch (thrown) {
      await on.exec('rollback');
      throw thrown;
    }
  } finally {
    await on.close();
  }
}

export function openStore(settings: StoreSettings, ring: Keyring, now: () => number): Store {
  const connect = connectorOf(settings);
  const pump = startPump(() => connect('write'), ring, settings.pump, now);
  const readers: ReadPool = openReadPool(() => connect('read'), settings.readers, settings.timeoutMilliseconds);
  const read = <T>(work: (tx: ReadTx) => Promise<T>) => readers.use((on) => work({ on, ring, memo: new Map() }));
  return {
    engine: settings.place.engine,
    submit: (job) => pump.submit(job),
    read,
    migrations: () => readers.use((on) => appliedMigrations(on)),
    async *backup() {
      const on = await connect('read');
      try {
        yield* readRows(on);
      } finally {
        await on.close();
      }
    },
    get waiting() {
      return pump.waiting;
    },
    async close() {
      await pump.close();
      await readers.close();
    },
  };
}
