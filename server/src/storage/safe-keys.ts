import type { KeyPurpose, WrappedKey } from '../crypto/keyring.ts';
import type { Connection } from './connection.ts';
import { statement } from './statement.ts';
import type { Tx } from './transaction.ts';

/** The safe's id and its wrapped keys, the current one of each purpose first; undefined before it was made. */
export async function findSafe(on: Connection): Promise<{ id: string; keys: WrappedKey[] } | undefined> {
  const row = await safe.first(on, {});
  if (!row) return undefined;
  const rows = await keys.all(on, {});
  return {
    id: row.id,
    keys: rows.map((key) => ({
      id: key.id,
      purpose: key.purpose as KeyPurpose,
      wrapped: key.wrapped,
      publicKey: key.public_key,
    })),
  };
}

/** Stores a new safe's identity and keys, in the caller's transaction. */
export async function insertSafe(on: Connection, id: string, made: readonly WrappedKey[], now: number): Promise<void> {
  await insertIdentity.run(on, { id, now });
  for (const key of made) {
    await insertKey.run(on, { id: key.id, purpose: key.purpose, wrapped: key.wrapped, publicKey: key.publicKey });
  }
}

const safe = statement((db) => db.selectFrom('safe').selectAll());

const keys = statement((db) => db.selectFrom('safe_keys').selectAll().orderBy('purpose').orderBy('rank', 'desc'));

const insertIdentity = statement((db, p: { id: string; now: number }) =>
  db.insertInto('safe').values({ id: p.id, created_at: p.now }),
);

const insertKey = statement(
  (db, p: { id: string; purpose: string; wrapped: Uint8Array; publicKey: Uint8Array | null }) =>
    db
      .insertInto('safe_keys')
      .values({ id: p.id, purpose: p.purpose, rank: 1, wrapped: p.wrapped, public_key: p.publicKey }),
);

/** Holds the safe as a whole until the transaction ends: for what may happen once, whichever lane or node is first. */
export async function holdSafe(tx: Tx): Promise<void> {
  await hold.first(tx.on, {});
}

const hold = statement((db, _p: Record<string, never>, engine) =>
  db
    .selectFrom('safe')
    .select('id')
    .$if(engine === 'postgres', (query) => query.forUpdate()),
);
