import { type CompiledQuery, sql } from 'kysely';
import type { KeyState } from '../domain/access-key.ts';
import { type Kind, kinds } from '../domain/kind.ts';
import type { Policy } from '../domain/policy.ts';
import { isInState } from './access-keys.ts';
import { fromDate } from './column-forms.ts';
import { isSeen } from './seen-items.ts';
import { builders, runQuery, statement } from './statement.ts';
import type { ReadTx } from './transaction.ts';

// Counts of rows as they stand: nothing is opened and nobody's access hangs on them, so no MAC is checked. What grows
// without end, items and entries, is counted in their indexes alone.

export type UserCounts = { active: number; disabled: number; withoutItems: number };

/** `withoutItems` are active users who own none, enabled or disabled. */
export async function countUsersByState(tx: ReadTx): Promise<UserCounts> {
  const [states] = await userStates.all(tx.on, {});
  const [idle] = await usersWithoutItems.all(tx.on, {});
  const { users = 0, disabled = 0 } = states ?? {};
  return { active: users - disabled, disabled, withoutItems: idle?.count ?? 0 };
}

/** By kind; a kind without items is not in it. */
export async function countItemsByKind(tx: ReadTx): Promise<{ kind: Kind; enabled: number; disabled: number }[]> {
  const rows = await itemStates.all(tx.on, {});
  return rows.map(({ kind, items, disabled }) => ({ kind, enabled: items - disabled, disabled }));
}

/** Items made in a stretch of time, disabled ones too. */
export async function countItemsMade(tx: ReadTx, from: Date, to: Date): Promise<number> {
  return (await itemsMade.first(tx.on, { from: fromDate(from), to: fromDate(to) }))?.count ?? 0;
}

/** Reveals in a stretch of time, of whatever field of whatever item. */
export async function countReveals(tx: ReadTx, from: Date, to: Date): Promise<number> {
  return (await reveals.first(tx.on, { from: fromDate(from), to: fromDate(to) }))?.count ?? 0;
}

/** Disabled ones too. */
export async function countGroups(tx: ReadTx): Promise<{ user: number; private: number }> {
  const row = await groupSorts.first(tx.on, {});
  const { groups = 0, owned = 0 } = row ?? {};
  return { user: groups - owned, private: owned };
}

export async function countKeys(tx: ReadTx, state: KeyState, now: Date): Promise<number> {
  return countOf(
    tx,
    builders[tx.on.engine]
      .selectFrom('access_keys')
      .select((key) => key.fn.countAll<number>().as('count'))
      .where(isInState(state, now))
      .compile(),
  );
}

/** Sessions that have not ended: not by themselves, not by the policy's two limits, not with their user's tokens. */
export async function countSessions(tx: ReadTx, policy: Policy, now: Date): Promise<number> {
  const startedAfter = fromDate(now) - policy.sessionHours * 3_600_000;
  const usedAfter = fromDate(now) - policy.idleMinutes * 60_000;
  return (await sessions.first(tx.on, { now: fromDate(now), startedAfter, usedAfter }))?.count ?? 0;
}

/** What the store takes on disk, in bytes; of the embedded one without what still stands in its write-ahead log. */
export async function storeSize(tx: ReadTx): Promise<number> {
  const size =
    tx.on.engine === 'sqlite'
      ? sql<{ count: number }>`select page_count * page_size as count from pragma_page_count(), pragma_page_size()`
      : sql<{ count: number }>`select pg_database_size(current_database()) as count`;
  return countOf(tx, size.compile(builders[tx.on.engine]));
}

async function countOf(tx: ReadTx, query: CompiledQuery<{ count: number }>): Promise<number> {
  const [row] = await runQuery(tx.on, query);
  return row?.count ?? 0;
}

/** Numbers of enabled passwords greater than `after`, ascending. */
export async function enabledPasswordsAfter(tx: ReadTx, after: number, most: number): Promise<number[]> {
  return (await passwordNumbers.all(tx.on, { after, most })).map(({ number }) => number);
}

const passwordNumbers = statement((db, p: { after: number; most: number }) =>
  db
    .selectFrom('items')
    .select('number')
    .where('kind', '=', 'password')
    .where('number', '>', p.after)
    .where('disabled_at', 'is', null)
    .where(isSeen)
    .orderBy('number')
    .limit(p.most),
);

const userStates = statement((db) =>
  db
    .selectFrom('users')
    .select(({ fn }) => [fn.countAll<number>().as('users'), fn.count<number>('disabled_at').as('disabled')]),
);

const usersWithoutItems = statement((db) =>
  db
    .selectFrom('users')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('disabled_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('items').select('items.number').whereRef('items.owner_id', '=', 'users.id'))),
    ),
);

const itemStates = statement((db) =>
  db
    .selectFrom('items')
    .select(({ fn }) => ['kind', fn.countAll<number>().as('items'), fn.count<number>('disabled_at').as('disabled')])
    .groupBy('kind')
    .orderBy('kind'),
);

const itemsMade = statement((db, p: { from: number; to: number }) =>
  db
    .selectFrom('items')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    // Their index begins with the kind.
    .where('kind', 'in', [...kinds])
    .where('created_at', '>=', p.from)
    .where('created_at', '<', p.to),
);

const reveals = statement((db, p: { from: number; to: number }) =>
  db
    .selectFrom('audit_entries')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('event', '=', 'item.revealed')
    .where('at', '>=', p.from)
    .where('at', '<', p.to),
);

const groupSorts = statement((db) =>
  db
    .selectFrom('groups')
    .select(({ fn }) => [fn.countAll<number>().as('groups'), fn.count<number>('owner_id').as('owned')]),
);

const sessions = statement((db, p: { now: number; startedAfter: number; usedAfter: number }) =>
  db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('sessions.ends_at', '>', p.now)
    .where('sessions.created_at', '>', p.startedAfter)
    .where('sessions.used_at', '>', p.usedAfter)
    .where('users.disabled_at', 'is', null)
    .where((user) =>
      user.or([
        user('users.tokens_from', 'is', null),
        user('sessions.created_at', '>=', user.ref('users.tokens_from')),
      ]),
    ),
);
