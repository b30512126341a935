import { openColumn, sealColumn } from '../crypto/row-seal.ts';
import { deleted, mustBeIntact, signed } from './authority-rows.ts';
import { fromDate, toDate } from './column-forms.ts';
import { statement } from './statement.ts';
import type { Tables } from './tables.ts';
import type { ReadTx, Tx } from './transaction.ts';

/** A person's time-based codes: SHA-1, six digits, 30 seconds, which every authenticator can. */
export type SecondFactor = {
  /** Base32. */
  seed: string;
  /** Null until a first code was typed: it counts for nothing before. */
  confirmedAt: Date | null;
  /** The newest time step whose code was taken; 0 for none. */
  lastStep: number;
};

const place = (userId: number) => ({ table: 'second_factors', row: String(userId), column: 'seed' });

/** `update` holds it against change, so that no code is taken twice. */
export async function secondFactorOf(
  tx: ReadTx,
  userId: number,
  hold: 'none' | 'update',
): Promise<SecondFactor | undefined> {
  const row = await byUser[hold].first(tx.on, { userId });
  if (!row) return undefined;
  mustBeIntact(tx, 'second_factors', row);
  return {
    seed: openColumn(tx.ring, place(userId), row.seed),
    confirmedAt: toDate(row.confirmed_at),
    lastStep: row.last_step,
  };
}

/** Stores a factor in place of the one before. */
export async function saveSecondFactor(tx: Tx, userId: number, factor: SecondFactor): Promise<void> {
  const row = signed(tx, 'second_factors', {
    user_id: userId,
    seed: sealColumn(tx.ring, place(userId), factor.seed),
    confirmed_at: fromDate(factor.confirmedAt),
    last_step: factor.lastStep,
  });
  await upsert.run(await tx.writing(), row);
}

export async function deleteSecondFactor(tx: Tx, userId: number): Promise<void> {
  await remove.run(await tx.writing(), { userId });
  await removeCodes.run(await tx.writing(), { userId });
  deleted(tx, 'second_factors', [userId]);
}

/** Replaces all recovery codes; each is given as its hash. */
export async function saveRecoveryCodes(tx: Tx, userId: number, hashes: readonly Uint8Array[]): Promise<void> {
  const on = await tx.writing();
  await removeCodes.run(on, { userId });
  for (const code_hash of hashes) {
    await insertCode.run(on, signed(tx, 'recovery_codes', { user_id: userId, code_hash, used_at: null }));
  }
}

export async function countUnusedRecoveryCodes(tx: ReadTx, userId: number): Promise<number> {
  const rows = await codes.all(tx.on, { userId });
  for (const row of rows) mustBeIntact(tx, 'recovery_codes', row);
  return rows.filter((row) => row.used_at === null).length;
}

/** Takes an unused code; false when there is none with this hash. Hold the second factor for update before. */
export async function takeRecoveryCode(tx: Tx, userId: number, hash: Uint8Array, now: Date): Promise<boolean> {
  const row = await code.first(tx.on, { userId, hash });
  if (!row || row.used_at !== null) return false;
  mustBeIntact(tx, 'recovery_codes', row);
  const used = signed(tx, 'recovery_codes', { user_id: userId, code_hash: hash, used_at: fromDate(now) });
  await useCode.run(await tx.writing(), used);
  return true;
}

const byUserHeld = (hold: 'none' | 'update') =>
  statement((db, p: { userId: number }, engine) =>
    db
      .selectFrom('second_factors')
      .selectAll()
      .where('user_id', '=', p.userId)
      .$if(engine === 'postgres' && hold === 'update', (query) => query.forUpdate()),
  );

const byUser = { none: byUserHeld('none'), update: byUserHeld('update') };

const upsert = statement((db, p: Tables['second_factors']) =>
  db
    .insertInto('second_factors')
    .values({ user_id: p.user_id, seed: p.seed, confirmed_at: p.confirmed_at, last_step: p.last_step, mac: p.mac })
    .onConflict((conflict) =>
      conflict
        .column('user_id')
        .doUpdateSet({ seed: p.seed, confirmed_at: p.confirmed_at, last_step: p.last_step, mac: p.mac }),
    ),
);

const remove = statement((db, p: { userId: number }) =>
  db.deleteFrom('second_factors').where('user_id', '=', p.userId),
);

const codes = statement((db, p: { userId: number }) =>
  db.selectFrom('recovery_codes').selectAll().where('user_id', '=', p.userId),
);

const code = statement((db, p: { userId: number; hash: Uint8Array }) =>
  db.selectFrom('recovery_codes').selectAll().where('user_id', '=', p.userId).where('code_hash', '=', p.hash),
);

const insertCode = statement((db, p: Tables['recovery_codes']) =>
  db
    .insertInto('recovery_codes')
    .values({ user_id: p.user_id, code_hash: p.code_hash, used_at: p.used_at, mac: p.mac }),
);

const useCode = statement((db, p: Tables['recovery_codes']) =>
  db
    .updateTable('recovery_codes')
    .set({ used_at: p.used_at, mac: p.mac })
    .where('user_id', '=', p.user_id)
    .where('code_hash', '=', p.code_hash),
);

const removeCodes = statement((db, p: { userId: number }) =>
  db.deleteFrom('recovery_codes').where('user_id', '=', p.userId),
);
