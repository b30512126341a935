import { sql } from 'kysely';
import { openColumn, sealColumn } from '../crypto/row-seal.ts';
import { isActiveAdmin, type Profile, type Role, type User } from '../domain/user.ts';
import { mustBeIntact, signed } from './authority-rows.ts';
import { fromDate, toDate } from './column-forms.ts';
import type { Engine } from './connection.ts';
import { builders, numbersIn, runQuery, statement } from './statement.ts';
import type { Tables } from './tables.ts';
import type { ReadTx, Tx } from './transaction.ts';

type UserRow = Tables['users'];

const place = (id: number) => ({ table: 'users', row: String(id), column: 'profile' });

export async function insertUser(tx: Tx, user: User, profile: Profile): Promise<void> {
  await insert.run(await tx.writing(), rowOf(tx, user, sealColumn(tx.ring, place(user.id), JSON.stringify(profile))));
}

export async function saveUser(tx: Tx, user: User, profile: Profile): Promise<void> {
  await update.run(await tx.writing(), rowOf(tx, user, sealColumn(tx.ring, place(user.id), JSON.stringify(profile))));
}

/** Finds a user by name in lower case. */
export async function findUser(tx: ReadTx, username: string): Promise<User | undefined> {
  // PostgreSQL refuses a text with NUL; no username holds one.
  if (username.includes('\0')) return undefined;
  const row = await byName.first(tx.on, { username });
  return row && userOf(tx, row);
}

/** The same, held against change until the transaction ends. */
export async function findUserForUpdate(tx: Tx, username: string): Promise<User | undefined> {
  if (username.includes('\0')) return undefined;
  const row = await byNameForUpdate.first(tx.on, { username });
  return row && userOf(tx, row);
}

export async function findUserByIdForUpdate(tx: Tx, id: number): Promise<User | undefined> {
  const row = await byIdForUpdate.first(tx.on, { id });
  return row && userOf(tx, row);
}

/** Users by id. */
export async function usersOf(tx: ReadTx, ids: readonly number[]): Promise<Map<number, User>> {
  if (ids.length === 0) return new Map();
  const query = builders[tx.on.engine]
    .selectFrom('users')
    .selectAll()
    .where('id', 'in', numbersIn(JSON.stringify([...new Set(ids)]), tx.on.engine));
  return new Map((await runQuery(tx.on, query.compile())).map((row) => [row.id, userOf(tx, row)]));
}

export async function profileOf(tx: ReadTx, user: User): Promise<Profile> {
  const row = await byName.first(tx.on, { username: user.username });
  if (!row) throw new Error('a user is never removed');
  return openProfile(tx, row);
}

/** Every user by username, with his profile. */
export async function listUsers(tx: ReadTx): Promise<(User & Profile)[]> {
  const rows = await all.all(tx.on, {});
  return rows.map((row) => ({ ...userOf(tx, row), ...openProfile(tx, row) }));
}

/** A slice of all users by username, beginning after one; null begins with the first. */
export async function usersAfter(
  tx: ReadTx,
  username: string | null,
  most: number,
): Promise<{ user: User; profile: Profile }[]> {
  const rows = await slice.all(tx.on, { after: username ?? '', most });
  return rows.map((row) => ({ user: userOf(tx, row), profile: openProfile(tx, row) }));
}

export async function countAllUsers(tx: ReadTx): Promise<number> {
  return (await count.first(tx.on, {}))?.users ?? 0;
}

/** The administrators who are active. Every user is read: a row that was changed by other hands could hide one. */
export async function activeAdmins(tx: ReadTx): Promise<User[]> {
  return (await all.all(tx.on, {})).map((row) => userOf(tx, row)).filter(isActiveAdmin);
}

/** What administrators are told of a user beside his profile. */
export type UserFacts = {
  /** Items that he owns. */
  items: number;
  /** Has he enrolled a second factor? */
  secondFactor: boolean;
  /** Of the sessions that are still kept. */
  lastSignInAt: Date | null;
  lastSeenAt: Date | null;
};

export async function factsOf(tx: ReadTx, ids: readonly number[]): Promise<Map<number, UserFacts>> {
  const facts = new Map<number, UserFacts>();
  if (ids.length === 0) return facts;
  const db = builders[tx.on.engine];
  const owned = await runQuery(
    tx.on,
    db
      .selectFrom('items')
      .select(['owner_id', (query) => query.fn.countAll<number>().as('items')])
      .where('owner_id', 'in', ids)
      .groupBy('owner_id')
      .compile(),
  );
  const enrolled = await runQuery(
    tx.on,
    db
      .selectFrom('second_factors')
      .select('user_id')
      .where('user_id', 'in', ids)
      .where('confirmed_at', 'is not', null)
      .compile(),
  );
  const seen = await runQuery(
    tx.on,
    db
      .selectFrom('sessions')
      .select([
        'user_id',
        ({ fn }) => fn.max('created_at').as('created_at'),
        ({ fn }) => fn.max('used_at').as('used_at'),
      ])
      .where('user_id', 'in', ids)
      .groupBy('user_id')
      .compile(),
  );
  for (const id of ids) {
    const last = seen.find((row) => row.user_id === id);
    facts.set(id, {
      items: owned.find((row) => row.owner_id === id)?.items ?? 0,
      secondFactor: enrolled.some((row) => row.user_id === id),
      lastSignInAt: toDate(last?.created_at ?? null),
      lastSeenAt: toDate(last?.used_at ?? null),
    });
  }
  return facts;
}

export function userOf(tx: ReadTx, row: UserRow): User {
  mustBeIntact(tx, 'users', row);
  return {
    id: row.id,
    username: row.username,
    role: row.role as Role,
    disabledAt: toDate(row.disabled_at),
    tokensFrom: toDate(row.tokens_from),
    createdAt: toDate(row.created_at),
  };
}

function openProfile(tx: ReadTx, row: UserRow): Profile {
  return JSON.parse(openColumn(tx.ring, place(row.id), row.profile)) as Profile;
}

function rowOf(tx: Tx, user: User, profile: Uint8Array): UserRow {
  return signed(tx, 'users', {
    id: user.id,
    username: user.username,
    role: user.role,
    disabled_at: fromDate(user.disabledAt),
    tokens_from: fromDate(user.tokensFrom),
    profile,
    created_at: fromDate(user.createdAt),
  });
}

const insert = statement((db, p: UserRow) =>
  db.insertInto('users').values({
    id: p.id,
    username: p.username,
    role: p.role,
    disabled_at: p.disabled_at,
    tokens_from: p.tokens_from,
    profile: p.profile,
    created_at: p.created_at,
    mac: p.mac,
  }),
);

const update = statement((db, p: UserRow) =>
  db
    .updateTable('users')
    .set({ role: p.role, disabled_at: p.disabled_at, tokens_from: p.tokens_from, profile: p.profile, mac: p.mac })
    .where('id', '=', p.id),
);

const byName = statement((db, p: { username: string }) =>
  db.selectFrom('users').selectAll().where('username', '=', p.username),
);

const byNameForUpdate = statement((db, p: { username: string }, engine) =>
  db
    .selectFrom('users')
    .selectAll()
    .where('username', '=', p.username)
    .$if(engine === 'postgres', (query) => query.forUpdate()),
);

const byIdForUpdate = statement((db, p: { id: number }, engine) =>
  db
    .selectFrom('users')
    .selectAll()
    .where('id', '=', p.id)
    .$if(engine === 'postgres', (query) => query.forUpdate()),
);

const all = statement((db) => db.selectFrom('users').selectAll().orderBy('username'));

const count = statement((db) => db.selectFrom('users').select((query) => query.fn.countAll<number>().as('users')));

// By bytes on both engines, whatever PostgreSQL's own order of letters is.
const username = (engine: Engine) =>
  engine === 'postgres' ? sql<string>`username collate "C"` : sql.ref<string>('username');

const slice = statement((db, p: { after: string; most: number }, engine) =>
  db.selectFrom('users').selectAll().where(username(engine), '>', p.after).orderBy(username(engine)).limit(p.most),
);
