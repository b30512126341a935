import { mustBeIntact, signed } from './authority-rows.ts';
import { type BackupSlice, readRows } from './backup-rows.ts';
import { fromDate, fromFlag } from './column-forms.ts';
import type { Connection } from './connection.ts';
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
export async function endAllTokens(tx: Tx, now: Date): Promise<void> {
  const tokensFrom = fromDate(now);
  for (const { mac, ...row } of await users.all(tx.on, {})) {
    mustBeIntact(tx, 'users', { ...row, mac });
    const tokens_from = Math.max(row.tokens_from ?? 0, tokensFrom);
    const next = signed(tx, 'users', { ...row, tokens_from });
    await setTokensFrom.run(await tx.writing(), next);
  }
}

/** No access key works until it is confirmed: a key may have been revoked after the backup was made. Gives how many. */
export async function holdAllKeys(tx: Tx, now: Date): Promise<number> {
  const held_at = fromDate(now);
  const left = await openKeys.all(tx.on, {});
  for (const { mac, ...row } of left) {
    mustBeIntact(tx, 'access_keys', { ...row, mac });
    await setHeld.run(await tx.writing(), signed(tx, 'access_keys', { ...row, held_at }));
  }
  return left.length;
}

/** What a restore leaves for the opening that follows it. */
export type RestoreMark = { madeAt: Date; keepsKeys: boolean };

/** Leaves word for the next opening, which ends tokens, holds keys and records it. */
export async function markRestored(on: Connection, { madeAt, keepsKeys }: RestoreMark): Promise<void> {
  await setRestored.run(on, { restored_from: fromDate(madeAt), restored_keys: fromFlag(keepsKeys) });
}

/** The word that a restore left, once. */
export async function takeRestored(tx: Tx): Promise<RestoreMark | null> {
  const row = await restored.first(tx.on, {});
  if (!row || row.restored_from === null) return null;
  await setRestored.run(await tx.writing(), { restored_from: null, restored_keys: null });
  return { madeAt: new Date(row.restored_from), keepsKeys: row.restored_keys === 1 };
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

const restored = statement((db) => db.selectFrom('safe').select(['restored_from', 'restored_keys']));

const setRestored = statement((db, p: Pick<Tables['safe'], 'restored_from' | 'restored_keys'>) =>
  db.updateTable('safe').set({ restored_from: p.restored_from, restored_keys: p.restored_keys }),
);
