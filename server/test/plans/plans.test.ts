import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { engines, type Person, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { askedStatements } from './asked-statements.ts';

/** Tables that grow with use. To read one of them from end to end is to grow slower than what is asked for. */
const growing = [
  'access_keys',
  'audit_entries',
  'credentials',
  'group_members',
  'groups',
  'item_index',
  'item_use',
  'item_versions',
  'items',
  'key_use',
  'password_strengths',
  'repeats',
  'sessions',
  'shares',
  'users',
];

/** Which of these tables a statement reads from end to end, past every index. */
type Scans = (sql: string) => Promise<string[]>;
/** Whether it puts all that it finds in order before the first of it is answered. */
type Sorts = (sql: string) => Promise<boolean>;

const stepsOf = (database: DatabaseSync, sql: string) =>
  database.prepare(`explain query plan ${sql}`).all() as { detail: string }[];

function scansOfSqlite(database: DatabaseSync): Scans {
  return async (sql) => {
    const steps = stepsOf(database, sql);
    const found = steps.map(({ detail }) => /^SCAN (\w+)(?! USING)/.exec(detail)?.[1] ?? '');
    return found.filter((table, at) => growing.includes(table) && !steps[at]?.detail.includes(' USING '));
  };
}

function scansOfPostgres(client: pg.Client): Scans {
  return async (sql) => {
    // A plan for any values, and of tables that are small here: what still reads one through has no index that fits.
    const { rows } = await client.query(`explain (generic_plan) ${sql}`);
    const lines = rows.map((row) => String(row['QUERY PLAN']));
    const found = lines.map((line) => /Seq Scan on (?:\w+\.)?(\w+)/.exec(line)?.[1] ?? '');
    return found.filter((table) => growing.includes(table));
  };
}

// What has the same time is put in order by itself, which is no sort of all.
const sortsOfSqlite =
  (database: DatabaseSync): Sorts =>
  async (sql) =>
    stepsOf(database, sql).some(({ detail }) => detail === 'USE TEMP B-TREE FOR ORDER BY');

const sortsOfPostgres =
  (client: pg.Client): Sorts =>
  async (sql) => {
    const { rows } = await client.query(`explain (generic_plan) ${sql}`);
    return rows.some((row) => /^\s*(-> +)?Sort {2}\(/.test(row['QUERY PLAN']));
  };

/** By which index it finds the audit's entries. */
type IndexOf = (sql: string) => Promise<string | undefined>;

const indexOfSqlite =
  (database: DatabaseSync): IndexOf =>
  async (sql) =>
    stepsOf(database, sql)
      .map(({ detail }) => /^SEARCH audit_entries USING INDEX (\w+) \(lane=\? AND <expr>=\?/.exec(detail)?.[1])
      .find((name) => name !== undefined);

const indexOfPostgres =
  (client: pg.Client): IndexOf =>
  async (sql) => {
    const { rows } = await client.query(`explain (generic_plan) ${sql}`);
    const lines = rows.map((row) => String(row['QUERY PLAN']));
    const condition = lines.find((line) => /Index Cond: .*lane = .*sequence \/ 1024/.test(line));
    return (
      condition &&
      lines
        .map((line) => /(?:Index Scan using|on) (audit_\w+)/.exec(line)?.[1])
        .find((name) => name !== 'audit_entries' && name)
    );
  };

type Explainer = { scans: Scans; sorts: Sorts; indexOf: IndexOf; close(): Promise<void> };

async function openExplainer(safe: TestSafe): Promise<Explainer> {
  const { databaseUrl, dataDir } = safe.settings;
  if (databaseUrl === null) {
    const database = new DatabaseSync(join(dataDir, 'safe.db'), { readOnly: true });
    return {
      scans: scansOfSqlite(database),
      sorts: sortsOfSqlite(database),
      indexOf: indexOfSqlite(database),
      close: async () => database.close(),
    };
  }
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('set enable_seqscan = off; set enable_sort = off');
  return {
    scans: scansOfPostgres(client),
    sorts: sortsOfPostgres(client),
    indexOf: indexOfPostgres(client),
    close: () => client.end(),
  };
}

for (const engine of engines) {
  describe(`the plans of what is asked often, on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    let boss: SignedIn;
    let owner: SignedIn;
    let explainer: Explainer;
    before(async () => {
      safe = await startSafe(engine);
      ana = await safe.person('ana');
      await safe.person('ben');
      boss = await safe.signIn('boss', 'admin');
      owner = await safe.signIn('ana');
      await safe.operator.run('group.add', { name: 'readers', members: ['ben'] });
      for (let at = 1; at <= 3; at += 1) {
        const draft = { name: `n${at}`, username: 'u', password: 'p', tags: 'x' };
        assert.equal((await ana.call('POST', '/api/mysafe/password', draft)).status, 201);
      }
      // Fresh connections, which prepare everything anew.
      await safe.restart();
      explainer = await openExplainer(safe);
    });
    after(async () => {
      await explainer.close();
      await safe.close();
    });

    /** What each request asks of the store that no index answers, as `table: statement`. */
    async function unindexed(work: () => Promise<void>): Promise<string[]> {
      const asked = await askedStatements(work);
      assert.ok(asked.size > 3, `only ${asked.size} statements were seen`);
      const found: string[] = [];
      for (const sql of asked) for (const table of await explainer.scans(sql)) found.push(`${table}: ${sql}`);
      return found;
    }
    const must = async (answer: Promise<{ status: number; text: string }>, status = 200) => {
      const { status: is, text } = await answer;
      assert.equal(is, status, text);
    };

    it('tokens, reads, lists, changes and shares use an index for every table that grows', async () => {
      const wire = '/api/mysafe/password';
      const own = '/api/v1/items/password';
      const { id } = (await safe.operator.run('group.list', undefined as never))[0] ?? { id: 0 };
      const found = await unindexed(async () => {
        await safe.token(ana.clientId, ana.clientSecret);
        await must(ana.call('GET', `${wire}/1`));
        await must(ana.call('GET', `${wire}?limit=2&after=1`));
        await must(ana.call('GET', `${wire}?tag=x&url=y&name=n1&username=u`));
        await must(ana.call('POST', wire, { name: 'new', username: 'u', password: 'p', identifier_code: 'c1' }), 201);
        await must(ana.call('PUT', `${wire}/update/1`, { name: 'other', username: 'u', password: 'q' }));
        await must(ana.call('POST', `${wire}/inactive/2`));
        await must(owner.call('GET', '/api/v1/items?kind=password&limit=2&q=n'));
        await must(owner.call('POST', `${own}/1/reveal`, {}));
        await must(owner.call('PUT', `${own}/1/shares/groups/${id}`, { role: 'viewer' }));
        await must(owner.call('PUT', `${own}/1/shares/users/ben`, { role: 'viewer' }));
        await must(owner.call('GET', `${own}/1/shares`));
        await must(owner.call('GET', `${own}/1/access`));
        await must(owner.call('GET', `${own}/1/versions`));
        await must(owner.call('GET', '/api/v1/sessions'));
        await must(owner.call('GET', '/api/v1/access-keys?limit=2'));
      });
      assert.deepEqual(found, []);
    });

    it('a statement without an index is found', async () => {
      const column = { items: 'revision', audit_entries: 'request_id' };
      for (const table of ['items', 'audit_entries'] as const) {
        assert.deepEqual(await explainer.scans(`select * from ${table} where ${column[table]} = '7'`), [table]);
      }
    });

    it('statistics, health, people and figures', async () => {
      const found = await unindexed(async () => {
        await must(boss.call('GET', '/api/v1/statistics'));
        await must(boss.call('GET', '/api/v1/password-health'));
        await must(boss.call('GET', '/api/v1/users?limit=2&q=a'));
        await must(boss.call('GET', '/api/v1/user-groups?limit=2'));
        await must(boss.call('GET', '/api/v1/access-keys/report'));
        await must(safe.call('GET', '/metrics'));
      });
      assert.deepEqual(found, []);
    });

    it('the audit is searched by an index, whatever is asked for', async () => {
      const search = async () => {
        for (const query of [
          'limit=2',
          'event=item.revealed&limit=2',
          'user=ana&limit=2',
          'item=password:1&limit=2',
          'since=2026-01-01T00:00:00.000Z&until=2027-01-01T00:00:00.000Z&limit=2',
          'event=item.&limit=2',
          'event=item.revealed&user=ana&item=password:1&limit=2',
          'address=127.0.0.1&limit=2',
          'reason=denied&limit=2',
          'event=item.revealed&since=2026-01-01T00:00:00.000Z&limit=2&cursor=1795946416000.0123456789abcdef.7',
        ]) {
          await must(boss.call('GET', `/api/v1/audit?${query}`));
        }
      };
      assert.deepEqual(await unindexed(search), []);
      // A page stops at its end: nothing beyond it is read to be put in order. Several events are one walk each.
      await safe.restart();
      const walks = [...(await askedStatements(search))].filter((sql) => /from "audit_entries"/.test(sql));
      const inPieces = walks.filter((sql) => /"sequence" \/ 1024/.test(sql));
      assert.ok(walks.length - inPieces.length >= 4);
      for (const sql of walks.filter((one) => !one.includes('union all') && !inPieces.includes(one))) {
        assert.equal(await explainer.sorts(sql), false, sql);
      }
      // Users and targets are found in pieces of a lane, whose number of entries is bounded.
      const indexes = await Promise.all(inPieces.map((sql) => explainer.indexOf(sql)));
      assert.deepEqual([...new Set(indexes)].sort(), ['audit_pieces_by_target', 'audit_pieces_by_user']);
      const bySize = 'select * from audit_entries order by length(details)';
      assert.equal(await explainer.sorts(bySize), true);
    });
  });
}
