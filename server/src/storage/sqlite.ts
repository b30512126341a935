import { close, fdatasync, openSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { type Access, type Connection, type Row, StoreFault, type StoreFaultKind } from './connection.ts';
import { keepRecent, mostStatements } from './recent-statements.ts';
import type { Value } from './tables.ts';

/** Stores whose last sync failed: what their WAL holds may be on the disk or not. */
const unsure = new Set<string>();

/**
 * Opens the embedded store: WAL, every commit durable, foreign keys on. The WAL is written back by a worker of its own
 * (checkpoint-worker.ts), so that no commit waits for a checkpoint. SQLite itself syncs each commit on the thread that
 * commits (`synchronous=FULL`); for `batches` it leaves that to `sync`, so that the event loop does not stand still
 * meanwhile, and still syncs whatever a checkpoint needs (`synchronous=NORMAL`).
 */
export function openSqlite(path: string, access: Access, busyMilliseconds: number): Connection {
  const database = guarded(() => new DatabaseSync(path, { readOnly: access === 'read', timeout: busyMilliseconds }));
  // One that goes is finalized when it is collected.
  const prepared = keepRecent<Prepared>(mostStatements);
  const prepare = (sql: string): Prepared => {
    let made = prepared.find(sql);
    if (!made) {
      const query = database.prepare(sql);
      // Asked for objects, node makes slow ones: a dictionary each, its names looked up anew.
      query.setReturnArrays(true);
      made = { query, names: query.columns().map((column) => column.name) };
      prepared.keep(sql, made);
    }
    return made;
  };
  const log = access === 'batches' ? openLog(path) : null;
  const connection: Connection = {
    engine: 'sqlite',
    get broken() {
      return log?.broken ?? false;
    },
    all: (sql, parameters) =>
      guarded(() => {
        const { query, names } = prepare(sql);
        return (query.all(...parameters) as unknown as Value[][]).map((values) => rowOf(names, values));
      }),
    first: (sql, parameters) =>
      guarded(() => {
        const { query, names } = prepare(sql);
        const values = query.get(...parameters) as unknown as Value[] | undefined;
        return values && rowOf(names, values);
      }),
    run: (sql, parameters) => guarded(() => void prepare(sql).query.run(...parameters)),
    exec: (sql) => guarded(() => database.exec(sql)),
    ...(log ? { sync: log.sync } : {}),
    close: () => {
      log?.close();
      database.close();
    },
  };
  try {
    guarded(() => configure(database, access));
    if (access === 'batches' && unsure.has(path)) guarded(() => writeBack(database, path, busyMilliseconds));
  } catch (thrown) {
    database.close();
    throw thrown;
  }
  return connection;
}

type Prepared = { query: StatementSync; names: readonly string[] };

function rowOf(names: readonly string[], values: readonly Value[]): Row {
  const row: Row = {};
  for (let at = 0; at < names.length; at += 1) row[names[at] as string] = values[at] as Value;
  return row;
}

/**
 * The WAL, to be synced beside SQLite. A file of its own to the system: closing it takes none of the locks away that
 * SQLite holds, which are on the other two files.
 */
function openLog(path: string): { readonly broken: boolean; sync(): Promise<void>; close(): void } {
  let file: number | null = null;
  let broken = false;
  return {
    get broken() {
      return broken;
    },
    async sync() {
      // The system tells of what it could not write but once.
      if (broken) throw new StoreFault('unreachable', 'an earlier sync of the WAL failed');
      try {
        file ??= openSync(`${path}-wal`, 'r+');
        await syncData(file);
      } catch (thrown) {
        broken = true;
        unsure.add(path);
        throw new StoreFault('unreachable', `sync of the WAL: ${(thrown as Error).message}`, thrown);
      }
    },
    close() {
      if (file !== null) close(file);
    },
  };
}

function syncData(file: number): Promise<void> {
  return new Promise((resolve, reject) => fdatasync(file, (error) => (error ? reject(error) : resolve())));
}

/**
 * What a failed sync was to write is clean to the system, and no later sync of the WAL would write it: a commit behind it
 * would be lost with it. So the WAL is written back whole, and begins anew, before anything else is committed.
 */
function writeBack(database: DatabaseSync, path: string, busyMilliseconds: number): void {
  // Who reads it may go on for long: the next attempt to write asks again.
  database.exec('pragma busy_timeout = 0');
  const { busy } = database.prepare('pragma wal_checkpoint(truncate)').get() as { busy: number };
  database.exec(`pragma busy_timeout = ${busyMilliseconds}`);
  if (busy !== 0) throw new StoreFault('unreachable', 'a sync of the WAL failed, and it is read: it cannot begin anew');
  unsure.delete(path);
}

/** A connection keeps 16 MB of pages: with twice of it, reads spread over 100,000 items were not faster. */
const memory = 'pragma cache_size = -16000; pragma temp_store = memory';

const levels = { write: 2, batches: 1 } as const;

function configure(database: DatabaseSync, access: Access): void {
  if (access === 'read') {
    database.exec(`pragma query_only = on; ${memory}`);
    return;
  }
  database.exec(`pragma journal_mode = wal; pragma synchronous = ${levels[access]}; pragma foreign_keys = on`);
  database.exec(`pragma wal_autocheckpoint = 0; ${memory}`);
  mustBeDurable(database, levels[access]);
}

/** A store that may lose an acknowledged write is no store for a safe. */
function mustBeDurable(database: DatabaseSync, wanted: number): void {
  const mode = database.prepare('pragma journal_mode').get()?.journal_mode;
  const level = database.prepare('pragma synchronous').get()?.synchronous;
  if (mode !== 'wal' || level !== wanted) {
    throw new StoreFault('unreachable', `the embedded store is not durable: journal ${mode}, synchronous ${level}`);
  }
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw faultOf(thrown);
  }
}

// https://www.sqlite.org/rescode.html : the low byte is the primary code.
const kindOfCode: Readonly<Record<number, StoreFaultKind>> = {
  5: 'timeout', // BUSY
  6: 'timeout', // LOCKED
  8: 'unreachable', // READONLY
  10: 'unreachable', // IOERR
  11: 'unreachable', // CORRUPT
  13: 'unreachable', // FULL
  14: 'unreachable', // CANTOPEN
  26: 'unreachable', // NOTADB
};
const uniqueCodes = [1555, 2067]; // CONSTRAINT_PRIMARYKEY, CONSTRAINT_UNIQUE

function faultOf(thrown: unknown): StoreFault {
  if (thrown instanceof StoreFault) return thrown;
  const { errcode = 0, message = 'unknown' } = thrown as { errcode?: number; message?: string };
  const kind = uniqueCodes.includes(errcode) ? 'duplicate' : (kindOfCode[errcode & 0xff] ?? 'refused');
  return new StoreFault(kind, `sqlite ${errcode}: ${message}`, thrown);
}
