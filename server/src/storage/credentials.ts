import { mustBeIntact, signed } from './authority-rows.ts';
import { fromDate, toDate } from './column-forms.ts';
import { statement } from './statement.ts';
import type { Tables } from './tables.ts';
import type { ReadTx, Tx } from './transaction.ts';

type CredentialRow = Tables['credentials'];

/** `temporaryUntil`: of a password that somebody else chose; null for a person's own. */
type Credential = { hash: string; temporaryUntil: Date | null };

/** Stores a person's password hash in place of the one before. */
export async function saveCredential(
  tx: Tx,
  userId: number,
  { hash, temporaryUntil }: Credential,
  now: Date,
): Promise<void> {
  const row = signed(tx, 'credentials', {
    user_id: userId,
    password_hash: hash,
    changed_at: fromDate(now),
    temporary_until: temporaryUntil && fromDate(temporaryUntil),
  });
  await upsert.run(await tx.writing(), row);
}

export async function credentialOf(tx: ReadTx, userId: number): Promise<Credential | undefined> {
  const row = await byUser.first(tx.on, { userId });
  if (!row) return undefined;
  mustBeIntact(tx, 'credentials', row);
  return { hash: row.password_hash, temporaryUntil: row.temporary_until === null ? null : toDate(row.temporary_until) };
}

export async function passwordHashOf(tx: ReadTx, userId: number): Promise<string | undefined> {
  return (await credentialOf(tx, userId))?.hash;
}

const upsert = statement((db, p: CredentialRow) =>
  db
    .insertInto('credentials')
    .values({
      user_id: p.user_id,
      password_hash: p.password_hash,
      changed_at: p.changed_at,
      temporary_until: p.temporary_until,
      mac: p.mac,
    })
    .onConflict((conflict) =>
      conflict.column('user_id').doUpdateSet({
        password_hash: p.password_hash,
        changed_at: p.changed_at,
        temporary_until: p.temporary_until,
        mac: p.mac,
      }),
    ),
);

const byUser = statement((db, p: { userId: number }) =>
  db.selectFrom('credentials').selectAll().where('user_id', '=', p.userId),
);
