import { createHash } from 'node:crypto';
import { openColumn, sealColumn } from '../crypto/row-seal.ts';
import { fromDate } from './column-forms.ts';
import { statement } from './statement.ts';
import type { Tables } from './tables.ts';
import type { ReadTx, Tx } from './transaction.ts';

/**
 * What became of a request that carried an idempotency key, as JSON without any secret. The digest of the request is
 * sealed with it: of a body that holds a password it would let its reader guess.
 */
export type Repeat = { request: string; outcome: unknown };

const place = (scope: string, keyHash: Uint8Array) => ({
  table: 'repeats',
  row: `${scope} ${Buffer.from(keyHash).toString('hex')}`,
  column: 'outcome',
});

/**
 * Holds a caller's key until the transaction ends: of two requests with it at once the second sees what the first did,
 * and not that a name is taken. The embedded store has one writer: none is needed.
 */
export async function holdRepeat(tx: Tx, scope: string, keyHash: Uint8Array): Promise<void> {
  if (tx.on.engine === 'sqlite') return;
  const digest = createHash('sha256').update(`repeat ${scope} `).update(keyHash).digest();
  const lock = [digest.readInt32BE(0), digest.readInt32BE(4)];
  await tx.on.all('select pg_advisory_xact_lock($1::int, $2::int)', lock);
}

export async function findRepeat(tx: ReadTx, scope: string, keyHash: Uint8Array): Promise<Repeat | undefined> {
  const row = await byKey.first(tx.on, { scope, keyHash });
  if (!row) return undefined;
  return JSON.parse(openColumn(tx.ring, place(scope, keyHash), row.outcome)) as Repeat;
}

/** A duplicate means that another lane has just stored the same key: the pump runs the action again, which finds it. */
export async function insertRepeat(
  tx: Tx,
  scope: string,
  keyHash: Uint8Array,
  repeat: Repeat,
  now: Date,
): Promise<void> {
  const sealed = sealColumn(tx.ring, place(scope, keyHash), JSON.stringify(repeat));
  const row = { scope, key_hash: keyHash, outcome: sealed, created_at: fromDate(now) };
  await insert.run(await tx.writing(), row);
}

export async function deleteRepeatsBefore(tx: Tx, before: Date): Promise<void> {
  await removeOld.run(await tx.writing(), { before: fromDate(before) });
}

const byKey = statement((db, p: { scope: string; keyHash: Uint8Array }) =>
  db.selectFrom('repeats').selectAll().where('scope', '=', p.scope).where('key_hash', '=', p.keyHash),
);

const insert = statement((db, p: Tables['repeats']) =>
  db.insertInto('repeats').values({
    scope: p.scope,
    key_hash: p.key_hash,
    outcome: p.outcome,
    created_at: p.created_at,
  }),
);

const removeOld = statement((db, p: { before: number }) => db.deleteFrom('repeats').where('created_at', '<', p.before));
