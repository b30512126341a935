import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { type Connection, type Row, StoreFault, type StoreFaultKind } from './connection.ts';
import { keepRecent, mostStatements } from './recent-statements.ts';
import type { Value } from './tables.ts';

/**
 * Opens the embedded store: WAL, every commit durable (`synchronous=FULL`), foreign keys on. The WAL is written back
 * by a worker of its own (checkpoint-worker.ts), so that no commit waits for a checkpoint.
 */
export function openSqlite(path: string, access: 'write' | 'read', busyMilliseconds: number): Connection {
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
  const connection: Connection = {
    engine: 'sqlite',
    broken: false,
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

type Prepared = { query: StatementSync; names: readonly string[] };

function rowOf(names: readonly string[], values: readonly Value[]): Row {
  const row: Row = {};
  for (let at = 0; at < names.length; at += 1) row[names[at] as string] = values[at] as Value;
  return row;
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
