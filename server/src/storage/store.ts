import { SealBroken } from '../crypto/envelope.ts';
import type { WrappedKey } from '../crypto/keyring.ts';
import type { LiveKeyring } from '../crypto/live-keyring.ts';
import { isRefusal } from '../domain/errors.ts';
import { house, type Waiter } from '../domain/turns.ts';
import { traced } from '../tracing/spans.ts';
import { type BackupSlice, readRows } from './backup-rows.ts';
import { type Access, type Connection, type Engine, type MaybePromise, StoreFault } from './connection.ts';
import { startJobTurns, type Turn } from './job-turn.ts';
import { refreshKeys } from './live-keys.ts';
import { appliedMigrations, migrate } from './migrate.ts';
import { openPostgres } from './postgres.ts';
import type { PumpFigures } from './pump-figures.ts';
import { openReadPool, type ReadPool } from './read-pool.ts';
import { findFormerRoot } from './rotations.ts';
import { findSafe, insertSafe, type StoredSafe } from './safe-keys.ts';
import { openSqlite } from './sqlite.ts';
import type { ReadTx } from './transaction.ts';
import type { Job } from './write-lane.ts';
import { type PumpSettings, startPump, type WritePump } from './write-pump.ts';

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
  /** Tells that a connection was accepted: somebody is about to ask for something. */
  expect(): void;
  /** Without `by` it is the safe itself that reads. */
  read<T>(work: (tx: ReadTx) => Promise<T>, by?: Waiter): Promise<T>;
  /** The turn of a job that one process at a time does on this store; null while one is at it. */
  takeTurn(job: string): Promise<Turn | null>;
  /** The migrations that made its schema, oldest first. */
  migrations(): Promise<string[]>;
  /** Every row that a backup holds, as one moment saw them, on a connection of its own. */
  backup(): AsyncGenerator<BackupSlice>;
  /** Takes over the safe's keys if another process has changed them more than a second ago. */
  refreshKeys(): Promise<void>;
  /** How often somebody asked for something since it was opened. */
  readonly asked: number;
  /** How many connections were told of by `expect`. */
  readonly accepted: number;
  /** Jobs that wait for a transaction. */
  readonly waiting: number;
  /** What its pump has done since the start. */
  readonly pumped: PumpFigures;
  close(): Promise<void>;
};

export function connectorOf(settings: StoreSettings): (access: Access) => Promise<Connection> {
  const { place, timeoutMilliseconds } = settings;
  return async (access) =>
    place.engine === 'sqlite'
      ? openSqlite(place.path, access, timeoutMilliseconds)
      : await openPostgres({ url: place.url, timeoutMilliseconds });
}

/**
 * Brings the schema up to date and opens the safe's keys with `open`, which can ask when a root key was replaced. A new
 * safe gets the identity and keys that `make` makes. All in one transaction: a start that fails, a wrong root key among
 * the causes, leaves nothing behind, and of two nodes that start at once on an empty database one makes the safe while
 * the other waits.
 */
export async function prepareStore(
  settings: StoreSettings,
  make: () => Promise<{ id: string; keys: WrappedKey[] }>,
  open: (safe: StoredSafe, formerly: (mark: string) => Promise<Date | undefined>) => Promise<LiveKeyring>,
  now: () => number,
): Promise<LiveKeyring> {
  const { place } = settings;
  const on =
    place.engine === 'sqlite'
      ? await connectorOf(settings)('write')
      : await openPostgres({ ...place, ...settings, statementMilliseconds: migrationMilliseconds });
  const prepare = async (): Promise<LiveKeyring> => {
    await on.exec(on.engine === 'sqlite' ? 'begin immediate' : 'begin');
    try {
      await migrate(on, now());
      const found = await findSafe(on);
      const identity = found ?? { ...(await make()), keysRevision: 1 };
      if (!found) await insertSafe(on, identity.id, identity.keys, now());
      const keys = await open(identity, (mark) => findFormerRoot({ on }, mark));
      await on.exec('commit');
      return keys;
    } catch (thrown) {
      await on.exec('rollback');
      throw thrown;
    }
  };
  try {
    for (let tries = 1; ; tries += 1) {
      try {
        return await prepare();
      } catch (thrown) {
        // A migration beside nodes at work: each may wait for a table that the other has.
        if (!(thrown instanceof StoreFault && thrown.kind === 'conflict') || tries === mostTries) throw thrown;
      }
    }
  } finally {
    await on.close();
  }
}

const mostTries = 10;
/** An index over millions of rows takes its time, and other nodes wait for it. */
const migrationMilliseconds = 1_800_000;

export function openStore(settings: StoreSettings, keys: LiveKeyring, now: () => number): Store {
  const connect = connectorOf(settings);
  const pump = startPump(() => connect('batches'), keys, settings.pump, now);
  const readers: ReadPool = openReadPool(() => connect('read'), { ...settings, queue: settings.pump.queue });
  const turns = startJobTurns(() => connect('read'));
  const { engine } = settings.place;
  const reading = engine === 'sqlite' ? readAlone(readers, keys, pump) : readBesideOthers(readers, keys);
  let asked = 0;
  let accepted = 0;
  return {
    engine,
    submit(job) {
      asked += 1;
      pump.submit(job);
    },
    expect() {
      accepted += 1;
      pump.expect();
    },
    read(work, by) {
      asked += 1;
      return traced('store.read', () => reading.read(work, by));
    },
    get asked() {
      return asked;
    },
    get accepted() {
      return accepted;
    },
    refreshKeys: reading.refreshKeys,
    takeTurn: (job) => turns.take(job),
    migrations: () => readers.use((on) => appliedMigrations(on), house),
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
    pumped: pump.figures,
    async close() {
      await pump.close();
      await turns.close();
      await readers.close();
    },
  };
}

type Reading = Pick<Store, 'read' | 'refreshKeys'>;

/**
 * The embedded store has one process, whose pump knows of every change of its keys before a row does. What was read may
 * be of a commit that is not durable yet: nobody is told of it before it is.
 */
function readAlone(readers: ReadPool, keys: LiveKeyring, pump: WritePump): Reading {
  return {
    async read(work, by = house) {
      const value = await readers.use((on) => readAgain(on, keys, work, () => undefined), by);
      await pump.durable;
      return value;
    },
    refreshKeys: async () => undefined,
  };
}

/** What does not open may be of a key that has just come or gone: with other keys it is read once more. */
async function readAgain<T>(
  on: Connection,
  keys: LiveKeyring,
  work: (tx: ReadTx) => Promise<T>,
  refresh: (on: Connection) => MaybePromise<void>,
): Promise<T> {
  const { revision, ring } = keys;
  try {
    return await work({ on, ring, memo: new Map() });
  } catch (thrown) {
    if (!(thrown instanceof SealBroken || isRefusal(thrown, 'integrity_broken'))) throw thrown;
    await refresh(on);
    if (keys.revision === revision) throw thrown;
    return work({ on, ring, memo: new Map() });
  }
}

/** For how long a read may go on with the keys that were last looked at; a next key is announced for longer than that. */
const freshMilliseconds = 1000;

/** Reads with keys that are fresh enough: another node may change them. */
function readBesideOthers(readers: ReadPool, keys: LiveKeyring): Reading {
  let freshUntil = performance.now() + freshMilliseconds;
  const refresh = async (on: Connection): Promise<void> => {
    freshUntil = performance.now() + freshMilliseconds;
    await refreshKeys(on, keys);
  };
  return {
    read: (work, by = house) =>
      readers.use(async (on) => {
        if (performance.now() > freshUntil) await refresh(on);
        return readAgain(on, keys, work, refresh);
      }, by),
    async refreshKeys() {
      // Anybody may ask for this as often as he likes, and what is known is answered while the store is away.
      if (performance.now() > freshUntil) await readers.use(refresh, house).catch(() => undefined);
    },
  };
}
