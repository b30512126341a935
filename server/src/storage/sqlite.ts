import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { type Connection, type Row, StoreFault, type StoreFaultKind } from './connection.ts';

/**
 * Opens the embedded store: WAL, every commit durable (`synchronous=FULL`), foreign keys on. The WAL is written back
 * by a worker of its own (checkpoint-worker.ts), so that no commit waits for a checkpoint.
 */
export function openSqlite(path: string, access: 'write' | 'read', busyMilliseconds: number): Connection {
  const database = guarded(() => new DatabaseSync(path, { readOnly: access === 'read', timeout: busyMilliseconds }));
  const prepared = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    let made = prepared.get(sql);
    if (!made) {
      made = database.prepare(sql);
      prepared.set(sql, made);
    }
    return made;
  };
  const connection: Connection = {
    engine: 'sqlite',
    broken: false,
    all: (sql, parameters) => guarded(() => prepare(sql).all(...parameters) as Row[]),
    first: (sql, parameters) => guarded(() => prepare(sql).get(...parameters) as Row | undefined),
    run: (sql, parameters) => guarded(() => void prepare(sql).run(...parameters)),
    exec: (sql) => guarded(() => database.exec(sql)),
    close: () => database.close(),
  };
  try {
    guarded(() => configure(database, access));
  } catch (thrown) {
    database.close();
    throw thrown;
  }
  return connection;
}

function configure(database: DatabaseSync, access: 'write' | 'read'): void {
  if (access === 'write') {
    database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on');
    database.exec('pragma wal_autocheckpoint = 0; pragma cache_size = -32000; pragma temp_store = memory');
    mustBeDurable(database);
  } else {
    database.exec('pragma query_only = on; pragma cache_size = -16000; pragma temp_store = memory');
  }
}

/** A store that may lose an acknowledged write is no store for a safe. */
function mustBeDurable(database: DatabaseSync): void {
  const mode = database.prepare('pragma journal_mode').get()?.journal_mode;
  const level = database.prepare('pragma synchronous').get()?.synchronous;
  if (mode !== 'wal' || level !== 2) {
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
