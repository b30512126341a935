import { mustBeIntact, signed } from './authority-rows.ts';
import { fromDate } from './column-forms.ts';
import { statement } from './statement.ts';
import type { Tables } from './tables.ts';
import type { ReadTx, Tx } from './transaction.ts';

type CredentialRow = Tables['credentials'];

/** Stores a person's password hash in place of the one before. */
export async function savePasswordHash(tx: Tx, userId: number, passwordHash: string, now: Date): Promise<void> {
  const row = signed(tx, 'credentials', { user_id: userId, password_hash: passwordHash, changed_at: fromDate(now) });
  await upsert.run(await tx.writing(), row);
}

export async function passwordHashOf(tx: ReadTx, userId: number): Promise<string | undefined> {
  const row = await byUser.first(tx.on, { userId });
  if (row) mustBeIntact(tx, 'credentials', row);
  return row?.password_hash;
}

const upsert = statement((db, p: CredentialRow) =>
  db
    .insertInto('credentials')
    .values({ user_id: p.user_id, password_hash: p.password_hash, changed_at: p.changed_at, mac: p.mac })
    .onConflict((conflict) =>
      conflict.column('user_id').doUpdateSet({ password_hash: p.password_hash, changed_at: p.changed_at, mac: p.mac }),
    ),
);

const byUser = statement((db, p: { userId: number }) =>
  db.selectFrom('credentials').selectAll().where('user_id', '=', p.userId),
);
