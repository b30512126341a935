// node bench/large-safe.ts: makes the safe of a large company through the product's own actions and storage, and times
// what could grow with it. docs/operate/scale.md tells of it.

import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startPostgres } from '../scripts/postgres.ts';
import { submit } from '../server/src/actions/act.ts';
import { searchAudit } from '../server/src/actions/audit/search.ts';
import { listItems } from '../server/src/actions/items/list.ts';
import { prepareSearch } from '../server/src/actions/items/prepare-search.ts';
import { searchItems } from '../server/src/actions/items/search.ts';
import { shareItem } from '../server/src/actions/items/share.ts';
import type { Context, Safe } from '../server/src/actions/safe.ts';
import { systemContext } from '../server/src/actions/system-context.ts';
import { contextOf as operatorContext } from '../server/src/admin/operate.ts';
import { makeLog } from '../server/src/main.ts';
import { openSafe } from '../server/src/open-safe.ts';
import { readSettings } from '../server/src/settings.ts';
import { record } from '../server/src/storage/audit.ts';
import { nextNumber } from '../server/src/storage/counters.ts';
import { insertGroup, insertMember } from '../server/src/storage/groups.ts';
import {
  countGroups,
  countItemsByKind,
  countItemsMade,
  countReveals,
  countUsersByState,
} from '../server/src/storage/statistics.ts';
import type { Tx } from '../server/src/storage/transaction.ts';
import { findUser, insertUser } from '../server/src/storage/users.ts';
import { contextOf, fillSafe } from './filled-safe.ts';

const number = (fallback: string) => ({ type: 'string', default: fallback }) as const;
const { values } = parseArgs({
  options: {
    items: number('100000'),
    users: number('2000'),
    groups: number('500'),
    entries: number('1000000'),
    shared: number('10000'),
    engine: number('sqlite'),
  },
});
const [items, users, groups, entries, shared] = [
  values.items,
  values.users,
  values.groups,
  values.entries,
  values.shared,
].map(Number) as [number, number, number, number, number];

const year = 365 * 86_400_000;
const root = dirname(import.meta.dirname);
mkdirSync(join(root, '.cache'), { recursive: true });
const folder = mkdtempSync(join(root, '.cache', 'large-'));
const postgres = values.engine === 'postgres' ? await startPostgres({ durable: true }) : null;
try {
  await main();
} finally {
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function main(): Promise<void> {
  const filled = await timed(`${items} items`, () => fillSafe(folder, postgres?.url ?? null, items));
  const settings = readSettings({ ...filled.environment, ARCA_BATCH: '1000', ARCA_STORE_TIMEOUT: '300' });
  const before = await sizeOf();
  // The entries are spread over the year that ends now.
  let held: Date | null = new Date(Date.now() - year);
  const clock = () => held ?? new Date();
  const { safe, close } = await timed('open', () => openSafe(settings, { log: makeLog('warn'), clock }));
  try {
    const made = await timed(`${users} users`, () => addUsers(safe));
    await timed(`${groups} groups of 20`, () => addGroups(safe, made));
    await timed(`${entries} entries of the audit`, () =>
      addEntries(safe, made, (at) => {
        held = at;
      }),
    );
    held = null;
    const grown = (await sizeOf()) - before;
    console.log(`bytes for each item ${Math.round(before / items)}, for each entry ${Math.round(grown / entries)}`);
    await measure(safe, contextOf(safe, filled.clientId), made);
  } finally {
    await close();
  }
}

/** What the rows and their indexes take, in bytes. */
async function sizeOf(): Promise<number> {
  if (!postgres) {
    return ['safe.db', 'safe.db-wal']
      .map((name) => statSync(join(folder, 'data', name), { throwIfNoEntry: false })?.size ?? 0)
      .reduce((sum, one) => sum + one, 0);
  }
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  const { rows } = await client.query('select pg_database_size(current_database()) as size');
  await client.end();
  return Number(rows[0]?.size);
}

async function measure(safe: Safe, owner: Context, made: readonly number[]): Promise<void> {
  const ownerId = await safe.store.read(async (tx) => (await findUser(tx, 'owner'))?.id ?? 0);
  const list = { kind: 'password', filters: {}, enabled: true } as const;
  await repeated('list 100 after the middle', () =>
    listItems(owner, () => ({ ...list, after: Math.floor(items / 2), most: 100 })),
  );
  await repeated('filter by a tag, 100', () =>
    listItems(owner, () => ({ ...list, filters: { tags: 'production' }, after: 0, most: 100 })),
  );
  const search = {
    kinds: ['password'],
    filters: {},
    owner: null,
    enabled: true,
    ailment: null,
    sort: { by: 'name', descending: false },
    limit: 50,
    cursor: null,
  } as const;
  const newest = { ...search, words: '', sort: { by: 'createdAt', descending: true } } as const;
  await timed('list of the newest, the first', () => searchItems(owner, newest));
  await timed('prepare a search, beside others', () =>
    prepareSearch(systemContext(safe), ownerId, new AbortController().signal),
  );
  await timed('search, the first', () => searchItems(owner, { ...search, words: 'server 777' }));
  await repeated('search, later', () => searchItems(owner, { ...search, words: 'server 778' }));
  const admin = operatorContext(safe, 'bench');
  const nothing = { user: null, event: null, item: null, since: null, until: null, address: null, reason: null };
  for (const [what, filter] of [
    ['audit, the newest 50', {}],
    ['audit of a user', { user: 'person7' }],
    ['audit of an item', { item: { kind: 'password', number: 7 } }],
    ['audit of an event', { event: 'item.revealed' }],
  ] as const) {
    await repeated(what, () => searchAudit(admin, { ...nothing, ...filter, limit: 50, cursor: null }));
  }
  await repeated('statistics', () =>
    safe.store.read(async (tx) => {
      const now = new Date();
      const month = new Date(+now - 30 * 86_400_000);
      await countUsersByState(tx);
      await countItemsByKind(tx);
      await countItemsMade(tx, month, now);
      await countReveals(tx, month, now);
      await countGroups(tx);
    }),
  );
  const group = await inStore(safe, async (tx) => {
    const id = await addGroup(tx, 'everybody of the floor');
    for (const user of made.slice(0, 200)) await insertMember(tx, id, user, new Date());
    return id;
  });
  const many = Array.from({ length: Math.min(shared, items) }, (_, at) => at + 1);
  await timed(`share ${many.length} items with a group of 200`, async () => {
    for (let from = 0; from < many.length; from += 1000) {
      const some = many.slice(from, from + 1000);
      const role = 'viewer' as const;
      await Promise.all(
        some.map((at) =>
          shareItem(owner, {
            kind: 'password',
            number: String(at),
            subject: { group },
            role,
            expiresAt: null,
            revision: null,
          }),
        ),
      );
    }
  });
  console.log(`memory ${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB`);
}

function inStore<T>(safe: Safe, steps: (tx: Tx) => Promise<T>): Promise<T> {
  const known = { caller: null, account: '' };
  return submit(systemContext(safe), { action: 'safe.tend', target: null }, known, steps);
}

/** Without passwords, whose hashing would take most of the time. */
async function addUsers(safe: Safe): Promise<number[]> {
  const ids: number[] = [];
  const add = async (tx: Tx, at: number) => {
    const id = await nextNumber(tx, 'user');
    const user = { id, username: `person${at}`, role: 'member', disabledAt: null, tokensFrom: null } as const;
    await insertUser(tx, { ...user, createdAt: new Date() }, { name: `Person ${at}`, email: '', locale: null });
    ids.push(id);
  };
  await Promise.all(Array.from({ length: users }, (_, at) => inStore(safe, (tx) => add(tx, at))));
  return ids;
}

async function addGroup(tx: Tx, name: string): Promise<number> {
  const id = await nextNumber(tx, 'group');
  const group = { id, name, ownerId: null, membersVisible: true, disabledAt: null, createdAt: new Date() };
  await insertGroup(tx, group, '');
  return id;
}

async function addGroups(safe: Safe, made: readonly number[]): Promise<void> {
  const add = async (tx: Tx, at: number) => {
    const id = await addGroup(tx, `Team ${at}`);
    const members = new Set(Array.from({ length: 20 }, (_, member) => made[(at * 7 + member * 13) % made.length] ?? 0));
    for (const user of members) await insertMember(tx, id, user, new Date());
  };
  await Promise.all(Array.from({ length: groups }, (_, at) => inStore(safe, (tx) => add(tx, at))));
}

async function addEntries(safe: Safe, made: readonly number[], setClock: (at: Date) => void): Promise<void> {
  const each = 500;
  const events = ['item.revealed', 'item.revealed', 'item.revealed', 'token.issued', 'item.updated'] as const;
  const begin = Date.now() - year;
  const timeOf = (at: number) => new Date(begin + Math.floor((at / entries) * year));
  for (let from = 0; from < entries; from += each) {
    setClock(timeOf(from));
    await inStore(safe, async (tx) => {
      for (let at = from; at < Math.min(entries, from + each); at += 1) {
        const event = events[at % events.length] ?? 'item.revealed';
        const userId = made[(at * 31) % made.length] ?? null;
        const target = `password:${1 + ((at * 17) % items)}`;
        const details = { address: `192.0.2.${at % 256}`, fields: ['password'] };
        record(tx, { event, userId, accessKeyId: null, target, details }, timeOf(at), `bench-${at}`);
      }
    });
  }
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const from = performance.now();
  const value = await work();
  console.log(`${what}: ${(performance.now() - from).toFixed(1)} ms`);
  return value;
}

/** The median of nine. */
async function repeated(what: string, work: () => Promise<unknown>): Promise<void> {
  const times: number[] = [];
  for (let count = 0; count < 9; count += 1) {
    const from = performance.now();
    await work();
    times.push(performance.now() - from);
  }
  console.log(`${what}: ${times.toSorted((a, b) => a - b)[4]?.toFixed(1)} ms`);
}
