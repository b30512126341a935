import { setImmediate as breathe } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Connection, Row } from './connection.ts';
import { type Counter, counterNames, sequenceOf } from './sequences.ts';
import { builders, runQuery } from './statement.ts';
import type { Tables, Value } from './tables.ts';

/**
 * Every table with its primary key, in an order in which each refers to earlier ones only; null is left out of a
 * backup. A table that is added and forgotten here does not compile.
 */
const keys = {
  safe: ['id'],
  safe_keys: ['id'],
  rotations: ['id'],
  counters: ['name'],
  users: ['id'],
  credentials: ['user_id'],
  second_factors: ['user_id'],
  recovery_codes: ['user_id', 'code_hash'],
  policy: ['id'],
  proposals: ['id'],
  groups: ['id'],
  group_members: ['user_id', 'group_id'],
  imports: ['id'],
  items: ['kind', 'number'],
  item_versions: ['kind', 'number', 'version'],
  item_index: ['kind', 'number', 'field', 'tag'],
  password_strengths: ['number'],
  blobs: ['id'],
  item_use: ['kind', 'number'],
  shares: ['kind', 'number', 'subject', 'subject_id'],
  access_keys: ['id'],
  key_use: ['key_id'],
  audit_lanes: ['lane'],
  audit_entries: ['lane', 'sequence'],
  audit_archives: ['number'],
  audit_cursors: ['stream', 'lane'],
  uploads: null, // begun anew
  upload_parts: null,
  audit_streams: null, // who sends now
  migrations: null, // told in the head of a backup
  sessions: null, // a restore ends them
  device_sign_ins: null, // like sessions
  import_rows: null, // kept for a day
  repeats: null, // kept for a day, for a caller who asks again
} as const satisfies { [T in keyof Tables]: readonly (keyof Tables[T] & string)[] | null };

export type BackupTable = { [T in keyof typeof keys]: (typeof keys)[T] extends null ? never : T }[keyof typeof keys];

export const backupTables = (Object.keys(keys) as (keyof typeof keys)[]).filter(
  (table): table is BackupTable => keys[table] !== null,
);

/** Rows of one table; each has the values of these columns, in their order. */
export type BackupSlice = { table: BackupTable; columns: string[]; rows: Value[][] };

// A version may hold a long note: fewer, so that a line stays short enough to be held in memory.
const most = (table: BackupTable): number => (table === 'item_versions' ? 100 : 500);

/** Every row that a backup holds, in slices, as one moment saw them. The connection is the caller's own until it ends. */
export async function* readRows(on: Connection): AsyncGenerator<BackupSlice> {
  await on.exec(on.engine === 'sqlite' ? 'begin' : 'begin isolation level repeatable read, read only');
  try {
    for (const table of backupTables) yield* table === 'counters' ? countersOf(on) : rowsOf(on, table);
  } finally {
    await on.exec('rollback');
  }
}

async function* rowsOf(on: Connection, table: Exclude<BackupTable, 'counters'>): AsyncGenerator<BackupSlice> {
  for (let after: Value[] | null = null; ; ) {
    const key: readonly string[] = keys[table];
    const names = sql.join(key.map((name) => sql.ref(name)));
    const beyond = after === null ? sql`` : sql`where (${names}) > (${sql.join(after)})`;
    const slice = sql<Row>`select * from ${sql.table(table)} ${beyond} order by ${names} limit ${sql.lit(most(table))}`;
    const rows: Row[] = await runQuery(on, slice.compile(builders[on.engine]));
    const last = rows.at(-1);
    if (last === undefined) return;
    const columns = Object.keys(last);
    yield { table, columns, rows: rows.map((row) => columns.map((column) => row[column] as Value)) };
    if (rows.length < most(table)) return;
    after = key.map((name) => last[name] as Value);
    // The embedded store answers at once: others have their turn between two slices.
    await breathe();
  }
}

async function* countersOf(on: Connection): AsyncGenerator<BackupSlice> {
  const columns = ['name', 'last'];
  const rows: Value[][] = [];
  for (const name of counterNames) {
    const query =
      on.engine === 'sqlite'
        ? sql<Row>`select last from counters where name = ${name}`
        : sql<Row>`select case when is_called then last_value else 0 end as last from ${sql.table(sequenceOf(name))}`;
    const [row] = await runQuery(on, query.compile(builders[on.engine]));
    rows.push([name, row?.last ?? 0]);
  }
  yield { table: 'counters', columns, rows };
}

/** Puts rows of a backup into an empty store, in the caller's transaction. Throws what the store throws. */
export async function writeRows(on: Connection, { table, columns, rows }: BackupSlice): Promise<void> {
  if (table === 'counters') {
    for (const [name, last] of rows) await setCounter(on, name as Counter, last as number);
    return;
  }
  const names = sql.join(columns.map((column) => sql.ref(column)));
  // Both engines take some ten thousand parameters; a slice of the widest table stays far below.
  const values = sql.join(rows.map((row) => sql`(${sql.join(row)})`));
  await runQuery(on, sql`insert into ${sql.table(table)} (${names}) values ${values}`.compile(builders[on.engine]));
}

async function setCounter(on: Connection, name: Counter, last: number): Promise<void> {
  if (on.engine === 'postgres' && last === 0) return; // a sequence begins at 1
  const query =
    on.engine === 'sqlite'
      ? sql`update counters set last = ${last} where name = ${name}`
      : sql`select setval(cast(${sequenceOf(name)} as regclass), ${last})`;
  await runQuery(on, query.compile(builders[on.engine]));
}
