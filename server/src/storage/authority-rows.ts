import { type Keeping, rowMac, rowMacHolds } from '../crypto/row-mac.ts';
import { refuse } from '../domain/errors.ts';
import { digestOf, followedTables } from './changed-rows.ts';
import type { Row } from './connection.ts';
import { type AuthorityTable, authorityColumns, lateColumns, type Tables, type Value } from './tables.ts';
import type { ReadTx, Tx } from './transaction.ts';

type Column<T extends AuthorityTable> = (typeof authorityColumns)[T][number] & keyof Tables[T];
/** How many of the first columns name a row in the log: ids alone, never what a row holds. */
const namingColumns: Readonly<Record<AuthorityTable, number>> = {
  users: 1,
  credentials: 1,
  second_factors: 1,
  recovery_codes: 1,
  sessions: 1,
  policy: 1,
  proposals: 1,
  groups: 1,
  group_members: 2,
  items: 2,
  imports: 1,
  shares: 4,
  access_keys: 1,
  device_sign_ins: 1,
};

type Unsigned<T extends AuthorityTable> = { [C in Column<T>]: Tables[T][C] };

/** The row with its MAC, to be stored at once: the audit tells that it was. */
export function signed<T extends AuthorityTable>(
  tx: Tx,
  table: T,
  row: Unsigned<T>,
): Unsigned<T> & { mac: Uint8Array } {
  // What this transaction remembers of a caller must not outlive a change of what it was read from.
  if (table === 'users' || table === 'access_keys' || table === 'sessions' || table === 'policy') tx.memo.clear();
  const values = valuesOf(table, row);
  const mac = rowMac(tx.ring, table, values);
  noteChange(tx, table, rowName(table, values), mac);
  return { ...row, mac };
}

/** To be called where a row is deleted, with the columns that name it. */
export function deleted(tx: Tx, table: AuthorityTable, name: readonly Value[]): void {
  noteChange(tx, table, name.join(':'), null);
}

function noteChange(tx: Tx, table: AuthorityTable, row: string, mac: Uint8Array | null, was?: Uint8Array): void {
  const followed = followedTables.find((one) => one === table);
  if (!followed) return;
  const name = `${table} ${row}`;
  const change = [followed, row, mac && digestOf(mac)] as const;
  // What the first change of the action found counts: the next ones find what it made.
  const [, , , first] = tx.changes.get(name) ?? [];
  const found = tx.changes.has(name) ? undefined : (was ?? tx.found?.get(name));
  const before = first ?? (found && digestOf(found));
  tx.changes.set(name, before === undefined ? change : [...change, before]);
}

function rowName(table: AuthorityTable, values: readonly Value[]): string {
  return values.slice(0, namingColumns[table]).join(':');
}

/** A stored row's name, and whether its MAC holds. */
export function inspect<T extends AuthorityTable>(
  tx: ReadTx,
  table: T,
  row: Unsigned<T> & { mac: Uint8Array },
): { name: string; isIntact: boolean } {
  const values = valuesOf(table, row);
  return { name: rowName(table, values), isIntact: rowMacHolds(tx.ring, table, values, row.mac) };
}

/**
 * Checks a stored row's MAC before anything is decided by it. A row that someone changed in the database closes what
 * it would have opened, for its owner too.
 */
export function mustBeIntact<T extends AuthorityTable>(
  tx: ReadTx,
  table: T,
  row: Unsigned<T> & { mac: Uint8Array },
  keeping?: Keeping,
): void {
  const values = valuesOf(table, row);
  if (!rowMacHolds(tx.ring, table, values, row.mac, keeping)) {
    refuse('integrity_broken', { table, row: rowName(table, values) });
  }
  tx.found?.set(`${table} ${rowName(table, values)}`, row.mac);
}

/** Whether a row of a table with authority is the one that was signed, by any key of the ring. For rotations. */
export function isIntact(tx: ReadTx, table: AuthorityTable, row: Row): boolean {
  return rowMacHolds(tx.ring, table, valuesOf(table, row as never), row.mac as Uint8Array);
}

/**
 * The MAC of a row under the current key, to be stored at once in place of `was`: the audit tells of both. For rotations.
 */
export function macOf(tx: Tx, table: AuthorityTable, row: Row, was: Uint8Array): Uint8Array {
  const values = valuesOf(table, row as never);
  const mac = rowMac(tx.ring, table, values);
  if (!Buffer.from(mac).equals(was)) noteChange(tx, table, rowName(table, values), mac, was);
  return mac;
}

function valuesOf<T extends AuthorityTable>(table: T, row: Unsigned<T>): Value[] {
  const source = row as unknown as Record<string, Value>;
  const columns = authorityColumns[table];
  const values = new Array<Value>(columns.length);
  for (let at = 0; at < columns.length; at += 1) values[at] = source[columns[at] as string] as Value;
  for (let late = lateColumns[table]?.length ?? 0; late > 0 && values.at(-1) === null; late -= 1) values.pop();
  return values;
}
