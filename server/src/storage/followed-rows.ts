import { sql } from 'kysely';
import { inspect } from './authority-rows.ts';
import { digestOf, type FollowedTable } from './changed-rows.ts';
import { builders, runQuery } from './statement.ts';
import type { Tables, Value } from './tables.ts';
import type { ReadTx } from './transaction.ts';

/** A row as it stands: its name as entries tell it, the digest of its state, and whether its MAC holds. */
export type StandingRow = { table: FollowedTable; row: string; digest: string; isIntact: boolean };

/** `next` is where the next page begins; null at the end. */
export type StandingPage = { rows: StandingRow[]; next: Value[] | null };

/** The columns that name a row, by which it is also found again. */
const keys = {
  users: ['id'],
  credentials: ['user_id'],
  second_factors: ['user_id'],
  policy: ['id'],
  proposals: ['id'],
  groups: ['id'],
  group_members: ['group_id', 'user_id'],
  items: ['kind', 'number'],
  imports: ['id'],
  shares: ['kind', 'number', 'subject', 'subject_id'],
  access_keys: ['id'],
} as const satisfies { [T in FollowedTable]: readonly (keyof Tables[T])[] };

/** A slice of a table's rows in the order of their keys, behind `after`. */
export async function standingRows(
  tx: ReadTx,
  table: FollowedTable,
  after: readonly Value[] | null,
  most: number,
): Promise<StandingPage> {
  const columns = sql.join(keys[table].map((column) => sql.ref(column)));
  const behind =
    after === null ? sql`` : sql` where (${columns}) > (${sql.join(after.map((value) => sql.val(value)))})`;
  const query = sql<
    Record<string, Value>
  >`select * from ${sql.table(table)}${behind} order by ${columns} limit ${most}`;
  const found = await runQuery(tx.on, query.compile(builders[tx.on.engine]));
  const rows = found.map((row) => {
    const stored = row as unknown as Tables[typeof table];
    const { name, isIntact } = inspect(tx, table, stored as never);
    return { table, row: name, digest: digestOf(stored.mac), isIntact };
  });
  const last = found.length < most ? undefined : found.at(-1);
  return { rows, next: last ? keys[table].map((column) => last[column] as Value) : null };
}
