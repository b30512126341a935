import assert from 'node:assert/strict';
import { isRefusal } from '../../src/domain/errors.ts';
import type { Engine } from '../../src/storage/connection.ts';
import { auditLines, forgetRefusals } from '../audit-left.ts';
import { emptyCsv } from '../matrix/thing-calls.ts';
import { type Answer, anyPassword, type Person, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { type Cell, openByHand, type StoreByHand, type StoredRow } from '../store-by-hand.ts';
import { askAsDevice } from '../tokens/device-calls.ts';
import { enrol } from '../v1/sign-in-steps.ts';

/**
 * A safe with something in every table, and its store to tamper with: ana owns password 1 (two versions, shared with
 * ben as viewer and with the user group crew, of which cora is a member), password 2 and note 1 (two versions each, shared
 * with nobody); eve has nothing; every person has a key. root is one of two administrators, and his first proposal waits;
 * pia has a second factor, and the policy is not the first.
 */
export type TamperedSafe = {
  safe: TestSafe;
  store: StoreByHand;
  ana: Person;
  ben: Person;
  cora: Person;
  eve: Person;
  root: SignedIn;
  pia: SignedIn;
  /** Of a device that asks to be let in. */
  userCode: string;
  /**
   * Runs one change and what must then be closed, and puts the tables back as they were. An alarm is a line at error in the
   * log and a refusal in the audit.
   */
  closes(change: () => Promise<unknown>, attempt: () => Promise<Answer>, how: 'alarm' | 'moved'): Promise<void>;
  /** The same for a command of the operator. */
  refuses(change: () => Promise<unknown>, command: () => Promise<unknown>): Promise<void>;
  close(): Promise<void>;
};

const secretOf = { first: 'oldest-secret-1', now: 'present-secret-1', other: 'other-secret-2', note: 'note-secret-1' };

const path = '/api/mysafe/password';

export async function startTamperedSafe(engine: Engine): Promise<TamperedSafe> {
  const safe = await startSafe(engine);
  const [ana, ben, cora, eve] = [
    await safe.person('ana'),
    await safe.person('ben'),
    await safe.person('cora'),
    await safe.person('eve'),
  ];
  await safe.operator.run('group.add', { name: 'crew', members: ['cora'] });
  await safe.operator.run('group.add', { name: 'others', members: ['ben'] });
  const shared = { users_allowed: [{ username: 'ben' }], groups_allowed: [{ name: 'crew' }] };
  await ana.call('POST', path, { name: 'one', username: 'u', password: secretOf.first, tags: 'a', ...shared });
  await ana.call('PUT', `${path}/update/1`, { password: secretOf.now });
  await ana.call('POST', path, { name: 'two', username: 'u', password: secretOf.other });
  await ana.call('PUT', `${path}/update/2`, { tags: 'b' });
  await ana.call('POST', '/api/mysafe/note', { name: 'a note', note: secretOf.note });
  await ana.call('PUT', '/api/mysafe/note/update/1', { tags: 'c' });
  const root = await safe.signIn('root', 'admin');
  await safe.operator.run('user.add', { username: 'rita', password: anyPassword, role: 'admin' });
  await root.call('POST', '/api/v1/users/ben/password', { password: 'eight copper bells 52' });
  const pia = await safe.signIn('pia');
  await enrol(pia, new Date());
  await root.call('PATCH', '/api/v1/policy', { idleMinutes: 30 });
  await pia.call('POST', '/api/v1/imports', { file: 'seen.csv', content: emptyCsv });
  const { userCode } = await askAsDevice(safe);
  const store = await openByHand(safe.settings);
  return {
    safe,
    store,
    ana,
    ben,
    cora,
    eve,
    root,
    pia,
    userCode,
    async closes(change, attempt, how) {
      const kept = await keepTables(store);
      const logged = safe.log().length;
      try {
        await change();
        forgetRefusals(safe);
        const answer = await attempt();
        const alarms = alarmsIn(safe.log().slice(logged));
        for (const secret of Object.values(secretOf)) assert.ok(!answer.text.includes(secret), answer.text);
        if (how === 'alarm') {
          assert.equal(answer.status, 500, answer.text);
          const { message, code } = answer.json as { message?: string; code?: string };
          assert.ok(message === 'Unexpected error' || code === 'integrity_broken', answer.text);
          assert.equal(alarms.length, 1, safe.log().slice(logged));
          const left = await auditLines(safe, answer);
          assert.equal(left.length, 1, left.join('\n'));
          assert.match(left[0] ?? '', /^[a-z.-]+\.refused \S+ \S+ integrity_broken$/);
        } else {
          assert.ok([400, 401, 404].includes(answer.status), `${answer.status} ${answer.text}`);
        }
      } finally {
        await putBack(store, kept);
      }
    },
    async refuses(change, command) {
      const kept = await keepTables(store);
      const logged = safe.log().length;
      try {
        await change();
        await assert.rejects(command, (thrown) => isRefusal(thrown, 'integrity_broken'));
        assert.equal(alarmsIn(safe.log().slice(logged)).length, 1, safe.log().slice(logged));
      } finally {
        await putBack(store, kept);
      }
    },
    async close() {
      await store.close();
      await safe.close();
    },
  };
}

/** Log lines that tell of tampering. */
export function alarmsIn(log: string): string[] {
  return log.split('\n').filter((line) => /"level":"error".*was changed by other hands/.test(line));
}

const keptTables = [
  'users',
  'credentials',
  'groups',
  'group_members',
  'items',
  'item_versions',
  'item_index',
  'shares',
  'access_keys',
  'key_use',
  'proposals',
  'imports',
  'sessions',
  'device_sign_ins',
  'second_factors',
  'recovery_codes',
  'policy',
];

async function keepTables(store: StoreByHand): Promise<Map<string, StoredRow[]>> {
  const kept = new Map<string, StoredRow[]>();
  for (const table of keptTables) kept.set(table, await store.all(`select * from ${table}`));
  return kept;
}

async function putBack(store: StoreByHand, kept: Map<string, StoredRow[]>): Promise<void> {
  await store.run('begin');
  for (const [table, rows] of kept) {
    await store.run(`delete from ${table}`);
    for (const row of rows) await insertRow(store, table, row);
  }
  await store.run('commit');
}

/** Adds a row as it is given. */
export async function insertRow(store: StoreByHand, table: string, row: StoredRow): Promise<void> {
  const names = Object.keys(row);
  const slots = names.map(() => '?').join(', ');
  await store.run(`insert into ${table} (${names.join(', ')}) values (${slots})`, ...Object.values(row));
}

const nullable = new Set([
  'disabled_at',
  'tokens_from',
  'decided_by',
  'decided_at',
  'outcome',
  'second_factors.confirmed_at',
  'recovery_codes.used_at',
  'groups.owner_id',
  'public_key',
  'expires_at',
  'revoked_at',
]);
const bytesColumns = new Set(['public_key', 'profile', 'description', 'limits', 'private', 'mac']);

/** Other values that a column could be given by hand. */
export function otherValues(table: string, column: string, cell: Cell): Cell[] {
  const mayBeNull = nullable.has(column) || nullable.has(`${table}.${column}`);
  const empty = mayBeNull && cell !== null ? [null] : [];
  if (cell === null) return bytesColumns.has(column) ? [Buffer.from('0102', 'hex')] : [1, Date.now() + 86_400_000];
  if (typeof cell === 'number') return [cell + 900_001, ...empty];
  if (typeof cell === 'string') return [`${cell}x`, cell.slice(1), ...(cell === '' ? [] : ['']), ...empty];
  const flipped = Buffer.from(cell);
  flipped[flipped.length >> 1] = (flipped[flipped.length >> 1] ?? 0) ^ 1;
  return [flipped, Buffer.from(cell.subarray(0, cell.length - 1)), Buffer.alloc(0), ...empty];
}
