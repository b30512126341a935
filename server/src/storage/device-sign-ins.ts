import { openColumn, sealColumn } from '../crypto/row-seal.ts';
import type { DeviceDecision, DeviceSignIn, DeviceWish } from '../domain/device-sign-in.ts';
import { mustBeIntact, signed } from './authority-rows.ts';
import { fromDate, toDate } from './column-forms.ts';
import { statement } from './statement.ts';
import type { Tables } from './tables.ts';
import type { ReadTx, Tx } from './transaction.ts';

type Row = Tables['device_sign_ins'];
type Hashes = { deviceCode: Uint8Array; userCode: Uint8Array };
/** One with the hashes of its codes, which are saved along. */
type Stored = { signIn: DeviceSignIn; hashes: Hashes };

const place = (id: string) => ({ table: 'device_sign_ins', row: id, column: 'wish' });

export async function insertDeviceSignIn(tx: Tx, signIn: DeviceSignIn, hashes: Hashes): Promise<void> {
  await insert.run(await tx.writing(), rowOf(tx, signIn, hashes));
}

export async function saveDeviceSignIn(tx: Tx, { signIn, hashes }: Stored): Promise<void> {
  await update.run(await tx.writing(), rowOf(tx, signIn, hashes));
}

export async function deleteDeviceSignIn(tx: Tx, id: string): Promise<void> {
  await remove.run(await tx.writing(), { id });
}

export async function deleteDeviceSignInsEndedBefore(tx: Tx, before: Date): Promise<void> {
  await removeEnded.run(await tx.writing(), { before: fromDate(before) });
}

/** By the code that the device keeps, held until the transaction ends: what it may take is taken once. */
export async function findByDeviceCode(tx: Tx, hash: Uint8Array): Promise<Stored | undefined> {
  const row = await byDeviceCode.first(tx.on, { hash });
  return row && storedOf(tx, row);
}

/** By the code that a person types, of which these may be the hashes; `update` holds it, so that it is decided once. */
export async function findByUserCode(
  tx: ReadTx,
  hashes: readonly Uint8Array[],
  hold: 'none' | 'update',
): Promise<Stored | undefined> {
  for (const hash of hashes) {
    const row = await byUserCode[hold].first(tx.on, { hash });
    if (row) return storedOf(tx, row);
  }
  return undefined;
}

export async function countDeviceSignIns(tx: ReadTx, now: Date): Promise<number> {
  return Number((await running.first(tx.on, { now: fromDate(now) }))?.n ?? 0);
}

function storedOf(tx: ReadTx, row: Row): Stored {
  mustBeIntact(tx, 'device_sign_ins', row);
  const decision =
    row.decided_by === null || row.decided_at === null
      ? null
      : { by: row.decided_by, at: toDate(row.decided_at), outcome: row.outcome as DeviceDecision['outcome'] };
  return {
    signIn: {
      id: row.id,
      wish: JSON.parse(openColumn(tx.ring, place(row.id), row.wish)) as DeviceWish,
      interval: row.interval_seconds,
      askedAt: toDate(row.asked_at),
      createdAt: toDate(row.created_at),
      endsAt: toDate(row.ends_at),
      decision,
    },
    hashes: { deviceCode: row.device_code_hash, userCode: row.user_code_hash },
  };
}

function rowOf(tx: Tx, signIn: DeviceSignIn, hashes: Hashes): Row {
  const { id, wish, interval, askedAt, createdAt, endsAt, decision } = signIn;
  return signed(tx, 'device_sign_ins', {
    id,
    device_code_hash: hashes.deviceCode,
    user_code_hash: hashes.userCode,
    wish: sealColumn(tx.ring, place(id), JSON.stringify(wish)),
    interval_seconds: interval,
    asked_at: fromDate(askedAt),
    created_at: fromDate(createdAt),
    ends_at: fromDate(endsAt),
    decided_by: decision?.by ?? null,
    decided_at: fromDate(decision?.at ?? null),
    outcome: decision?.outcome ?? null,
  });
}

const insert = statement((db, p: Row) =>
  db.insertInto('device_sign_ins').values({
    id: p.id,
    device_code_hash: p.device_code_hash,
    user_code_hash: p.user_code_hash,
    wish: p.wish,
    interval_seconds: p.interval_seconds,
    asked_at: p.asked_at,
    created_at: p.created_at,
    ends_at: p.ends_at,
    decided_by: p.decided_by,
    decided_at: p.decided_at,
    outcome: p.outcome,
    mac: p.mac,
  }),
);

const update = statement((db, p: Row) =>
  db
    .updateTable('device_sign_ins')
    .set({
      wish: p.wish,
      interval_seconds: p.interval_seconds,
      asked_at: p.asked_at,
      decided_by: p.decided_by,
      decided_at: p.decided_at,
      outcome: p.outcome,
      mac: p.mac,
    })
    .where('id', '=', p.id),
);

const byDeviceCode = statement((db, p: { hash: Uint8Array }, engine) =>
  db
    .selectFrom('device_sign_ins')
    .selectAll()
    .where('device_code_hash', '=', p.hash)
    .$if(engine === 'postgres', (query) => query.forUpdate()),
);

const byUserCodeHeld = (hold: 'none' | 'update') =>
  statement((db, p: { hash: Uint8Array }, engine) =>
    db
      .selectFrom('device_sign_ins')
      .selectAll()
      .where('user_code_hash', '=', p.hash)
      .$if(engine === 'postgres' && hold === 'update', (query) => query.forUpdate()),
  );

const byUserCode = { none: byUserCodeHeld('none'), update: byUserCodeHeld('update') };

const running = statement((db, p: { now: number }) =>
  db
    .selectFrom('device_sign_ins')
    .select((query) => query.fn.countAll<number>().as('n'))
    .where('ends_at', '>', p.now),
);

const remove = statement((db, p: { id: string }) => db.deleteFrom('device_sign_ins').where('id', '=', p.id));

const removeEnded = statement((db, p: { before: number }) =>
  db.deleteFrom('device_sign_ins').where('ends_at', '<', p.before),
);
