import { openColumn, sealColumn } from '../crypto/row-seal.ts';
import type { Session } from '../domain/session.ts';
import type { User } from '../domain/user.ts';
import { mustBeIntact, signed } from './authority-rows.ts';
import { fromDate, fromFlag, toDate } from './column-forms.ts';
import { statement } from './statement.ts';
import type { Tables } from './tables.ts';
import type { ReadTx, Tx } from './transaction.ts';
import { userOf } from './users.ts';

type SessionRow = Tables['sessions'];

/** From where a session is used: its last address and what the browser calls itself. */
export type Device = { address: string; browser: string };

const place = (id: string) => ({ table: 'sessions', row: id, column: 'device' });

type Tokens = Pick<SessionRow, 'token_hash' | 'previous_hash' | 'previous_until'>;

export async function insertSession(tx: Tx, session: Session, tokenHash: Uint8Array, device: Device): Promise<void> {
  const tokens = { token_hash: tokenHash, previous_hash: null, previous_until: null };
  await insert.run(await tx.writing(), rowOf(tx, session, tokens, device));
}

/** Saves when a session was last used, whether by a second factor, and whether its password must be changed. */
export async function saveSession(tx: Tx, session: Session): Promise<void> {
  const row = await intactRow(tx, session.id);
  if (!row) return;
  const device = JSON.parse(openColumn(tx.ring, place(row.id), row.device)) as Device;
  await update.run(await tx.writing(), rowOf(tx, session, row, device));
}

/** Saves that a session was proven, and from where, with a new token; the one before counts until then. */
export async function saveProof(
  tx: Tx,
  session: Session,
  device: Device,
  token: { hash: Uint8Array; previousUntil: Date },
): Promise<void> {
  const row = await intactRow(tx, session.id);
  if (!row) return;
  const tokens = {
    token_hash: token.hash,
    previous_hash: row.token_hash,
    previous_until: fromDate(token.previousUntil),
  };
  await update.run(await tx.writing(), rowOf(tx, session, tokens, device));
}

/** It may have ended since: nothing is to be brought back. */
async function intactRow(tx: Tx, id: string): Promise<SessionRow | undefined> {
  const row = await byId.first(tx.on, { id });
  if (row) mustBeIntact(tx, 'sessions', row);
  return row;
}

/**
 * A session with its user as both stand in this transaction; `share` holds them against change until it ends. By a token
 * that was replaced it is found too, with when that ends.
 */
export async function findSessionWithUser(
  tx: ReadTx,
  tokenHash: Uint8Array,
  hold: 'none' | 'share',
): Promise<{ session: Session; user: User; tokenEndsAt: Date | null } | undefined> {
  const current = await withUser[hold].first(tx.on, { tokenHash });
  const row = current ?? (await withUserByPrevious[hold].first(tx.on, { tokenHash }));
  if (!row) return undefined;
  const user = userOf(tx, {
    id: row.user_id,
    username: row.user_username,
    role: row.user_role,
    disabled_at: row.user_disabled_at,
    tokens_from: row.user_tokens_from,
    profile: row.user_profile,
    created_at: row.user_created_at,
    mac: row.user_mac,
  });
  const session = sessionOf(tx, row);
  return { session, user, tokenEndsAt: current ? null : toDate(row.previous_until ?? 0) };
}

export async function findSessionForUpdate(tx: Tx, id: string): Promise<Session | undefined> {
  const row = await byId.first(tx.on, { id });
  return row && sessionOf(tx, row);
}

/** A user's sessions, ended by time ones too, the newest first. */
export async function sessionsOf(tx: ReadTx, userId: number): Promise<(Session & Device)[]> {
  const rows = await byUser.all(tx.on, { userId });
  return rows.map((row) => ({
    ...sessionOf(tx, row),
    ...(JSON.parse(openColumn(tx.ring, place(row.id), row.device)) as Device),
  }));
}

/** Who used a session since a time, the last one first. */
export async function usersSeenSince(tx: ReadTx, since: Date, most: number): Promise<number[]> {
  const rows = await seenSince.all(tx.on, { since: fromDate(since), most });
  return rows.map((row) => row.user_id);
}

export async function deleteSession(tx: Tx, id: string): Promise<void> {
  await remove.run(await tx.writing(), { id });
  tx.memo.clear();
}

/** Ends all sessions of a user but one, or all with null; gives how many that were. */
export async function deleteSessionsOf(tx: Tx, userId: number, but: string | null): Promise<number> {
  const ended = await removeOfUser.all(await tx.writing(), { userId, but: but ?? '' });
  tx.memo.clear();
  return ended.length;
}

export async function deleteSessionsEndedBefore(tx: Tx, before: Date): Promise<void> {
  await removeEnded.run(await tx.writing(), { before: fromDate(before) });
}

function sessionOf(tx: ReadTx, row: SessionRow): Session {
  mustBeIntact(tx, 'sessions', row);
  return {
    id: row.id,
    userId: row.user_id,
    secondFactor: row.second_factor === 1,
    createdAt: toDate(row.created_at),
    usedAt: toDate(row.used_at),
    endsAt: toDate(row.ends_at),
    provenAt: toDate(row.proven_at),
    mustChangePassword: row.must_change === 1,
  };
}

function rowOf(tx: Tx, session: Session, tokens: Tokens, device: Device): SessionRow {
  return signed(tx, 'sessions', {
    id: session.id,
    token_hash: tokens.token_hash,
    user_id: session.userId,
    second_factor: fromFlag(session.secondFactor),
    created_at: fromDate(session.createdAt),
    used_at: fromDate(session.usedAt),
    ends_at: fromDate(session.endsAt),
    proven_at: fromDate(session.provenAt),
    device: sealColumn(tx.ring, place(session.id), JSON.stringify(device)),
    previous_hash: tokens.previous_hash,
    previous_until: tokens.previous_until,
    must_change: session.mustChangePassword ? 1 : null,
  });
}

const insert = statement((db, p: SessionRow) =>
  db.insertInto('sessions').values({
    id: p.id,
    token_hash: p.token_hash,
    user_id: p.user_id,
    second_factor: p.second_factor,
    created_at: p.created_at,
    used_at: p.used_at,
    ends_at: p.ends_at,
    proven_at: p.proven_at,
    device: p.device,
    previous_hash: p.previous_hash,
    previous_until: p.previous_until,
    must_change: p.must_change,
    mac: p.mac,
  }),
);

const update = statement((db, p: SessionRow) =>
  db
    .updateTable('sessions')
    .set({
      token_hash: p.token_hash,
      second_factor: p.second_factor,
      used_at: p.used_at,
      proven_at: p.proven_at,
      device: p.device,
      previous_hash: p.previous_hash,
      previous_until: p.previous_until,
      must_change: p.must_change,
      mac: p.mac,
    })
    .where('id', '=', p.id),
);

const withUserHeld = (column: 'token_hash' | 'previous_hash', hold: 'none' | 'share') =>
  statement((db, p: { tokenHash: Uint8Array }, engine) =>
    db
      .selectFrom('sessions')
      .innerJoin('users', 'users.id', 'sessions.user_id')
      .selectAll('sessions')
      .select([
        'users.username as user_username',
        'users.role as user_role',
        'users.disabled_at as user_disabled_at',
        'users.tokens_from as user_tokens_from',
        'users.profile as user_profile',
        'users.created_at as user_created_at',
        'users.mac as user_mac',
      ])
      .where(`sessions.${column}`, '=', p.tokenHash)
      .$if(engine === 'postgres' && hold === 'share', (query) => query.forShare(['sessions', 'users'])),
  );

const withUser = { none: withUserHeld('token_hash', 'none'), share: withUserHeld('token_hash', 'share') };
const withUserByPrevious = {
  none: withUserHeld('previous_hash', 'none'),
  share: withUserHeld('previous_hash', 'share'),
};

const byId = statement((db, p: { id: string }, engine) =>
  db
    .selectFrom('sessions')
    .selectAll()
    .where('id', '=', p.id)
    .$if(engine === 'postgres', (query) => query.forUpdate()),
);

const byUser = statement((db, p: { userId: number }) =>
  db.selectFrom('sessions').selectAll().where('user_id', '=', p.userId).orderBy('created_at', 'desc').orderBy('id'),
);

const seenSince = statement((db, p: { since: number; most: number }) =>
  db
    .selectFrom('sessions')
    .select('user_id')
    .where('used_at', '>', p.since)
    .groupBy('user_id')
    .orderBy((row) => row.fn.max('used_at'), 'desc')
    .limit(p.most),
);

const remove = statement((db, p: { id: string }) => db.deleteFrom('sessions').where('id', '=', p.id));

const removeOfUser = statement((db, p: { userId: number; but: string }) =>
  db.deleteFrom('sessions').where('user_id', '=', p.userId).where('id', '!=', p.but).returning('id'),
);

const removeEnded = statement((db, p: { before: number }) => db.deleteFrom('sessions').where('ends_at', '<', p.before));
