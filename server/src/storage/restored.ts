import { mustBeIntact, signed } from './authority-rows.ts';
import { type BackupSlice, readRows } from './backup-rows.ts';
import { fromDate } from './column-forms.ts';
import { statement } from './statement.ts';
import { type AuthorityTable, authorityColumns, type Tables, type Value } from './tables.ts';
import type { ReadTx, Tx } from './transaction.ts';

/** Checks the MAC of every row of a slice, if its table grants anything. Throws the refusal that a reader would get. */
export function mustAllBeIntact(tx: ReadTx, { table, columns, rows }: BackupSlice): void {
  if (!isAuthority(table)) return;
  for (const row of rows) mustBeIntact(tx, table, named(columns, row) as never);
}

function isAuthority(table: string): table is AuthorityTable {
  return Object.hasOwn(authorityColumns, table);
}

function named(columns: readonly string[], row: readonly Value[]): Record<string, Value> {
  return Object.fromEntries(columns.map((column, at) => [column, row[at] as Value]));
}

/** Every token and session from before `now` has ended, whoever holds it. */
export async function endAllTokens(tx: ReadTx, now: Date): Promise<void> {
  const tokensFrom = fromDate(now);
  for (const { mac: _, ...row } of await users.all(tx.on, {})) {
    const tokens_from = Math.max(row.tokens_from ?? 0, tokensFrom);
    const { mac } = signed(tx, 'users', { ...row, tokens_from });
    await setTokensFrom.run(tx.on, { id: row.id, tokens_from, mac });
  }
}

/** No access key works until it is confirmed: a key may have been revoked after the backup was made. Gives how many. */
export async function holdAllKeys(tx: ReadTx, now: Date): Promise<number> {
  const held_at = fromDate(now);
  const left = await openKeys.all(tx.on, {});
  for (const { mac: _, ...row } of left) {
    const { mac } = signed(tx, 'access_keys', { ...row, held_at });
    await setHeld.run(tx.on, { id: row.id, held_at, mac });
  }
  return left.length;
}

/** Leaves word for the next opening, which records the restore. */
export async function markRestored(tx: ReadTx, madeAt: Date): Promise<void> {
  await setRestoredFrom.run(tx.on, { restored_from: fromDate(madeAt) });
}

/** When the backup was made that this store was restored from; asked once, when that is recorded. */
export async function takeRestored(tx: Tx): Promise<Date | null> {
  const row = await restoredFrom.first(tx.on, {});
  if (!row || row.restored_from === null) return null;
  await setRestoredFrom.run(await tx.writing(), { restored_from: null });
  return new Date(row.restored_from);
}

/** Reads every row of the store once and checks those that grant anything. Gives the rows of each table. */
export async function checkAllRows(tx: ReadTx): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for await (const slice of readRows(tx.on)) {
    mustAllBeIntact(tx, slice);
    counts.set(slice.table, (counts.get(slice.table) ?? 0) + slice.rows.length);
  }
  return counts;
}

const users = statement((db) => db.selectFrom('users').selectAll());

const setTokensFrom = statement((db, p: Pick<Tables['users'], 'id' | 'tokens_from' | 'mac'>) =>
  db.updateTable('users').set({ tokens_from: p.tokens_from, mac: p.mac }).where('id', '=', p.id),
);

const openKeys = statement((db) =>
  db.selectFrom('access_keys').selectAll().where('revoked_at', 'is', null).where('held_at', 'is', null),
);

const setHeld = statement((db, p: Pick<Tables['access_keys'], 'id' | 'held_at' | 'mac'>) =>
  db.updateTable('access_keys').set({ held_at: p.held_at, mac: p.mac }).where('id', '=', p.id),
);

const restoredFrom = statement((db) => db.selectFrom('safe').select('restored_from'));

const setRestoredFrom = statement((db, p: { restored_from: number | null }) =>
  db.updateTable('safe').set({ restored_from: p.restored_from }),
);
