import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { engines, type Person, startSafe, type TestSafe } from '../start-safe.ts';
import { askedQueries } from './asked-statements.ts';

const wire = '/api/mysafe/password';
/** With this tag, put beside the few that are made by calls. */
const many = 20_000;
const page = 3;

type Plan = { 'Actual Rows': number; 'Actual Loops': number; 'Rows Removed by Filter'?: number; Plans?: Plan[] };

/** Rows that the leaves of a plan read, those that they threw away among them. */
function rowsRead(plan: Plan): number {
  const below = (plan.Plans ?? []).reduce((sum, one) => sum + rowsRead(one), 0);
  const own = (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0)) * plan['Actual Loops'];
  return below + (plan.Plans ? 0 : own);
}

for (const engine of engines) {
  describe(`a page of what has a tag, where many have it (${engine})`, () => {
    let safe: TestSafe;
    let ana: Person;
    before(async () => {
      safe = await startSafe(engine);
      ana = await safe.person('ana');
      const ben = await safe.person('ben');
      for (const [at, who] of [ana, ana, ana, ana, ana, ben, ben].entries()) {
        const draft = { name: `n${at}`, username: 'u', password: 'p', tags: 'x', users_allowed: [] };
        const shared = who === ben ? { users_allowed: [{ username: 'ana', can_edit: false }] } : {};
        const answer = await who.call('POST', wire, { ...draft, ...shared });
        assert.equal(answer.status, 201, answer.text);
      }
      await safe.restart();
    });
    after(() => safe?.close());

    it('costs what the page holds, by each value and by two at once', async () => {
      const asked = await askedQueries(async () => {
        for (const query of ['tag=x', 'tag=x&username=u', 'tag=x&after=2']) {
          const answer = await ana.call('GET', `${wire}?${query}&limit=${page}`);
          assert.equal(answer.status, 200, answer.text);
          assert.equal((answer.json as { password_on_list: unknown[] }).password_on_list.length, page);
        }
      });
      const seeking = [...asked].filter(([sql]) => sql.includes('"item_index"'));
      assert.ok(seeking.length >= 2);
      if (engine === 'sqlite') {
        const database = new DatabaseSync(join(safe.settings.dataDir, 'safe.db'), { readOnly: true });
        for (const [sql] of seeking) {
          const steps = (database.prepare(`explain query plan ${sql}`).all() as { detail: string }[]).map(
            ({ detail }) => detail,
          );
          // What walks an index in order and stops, or looks up what it was given.
          for (const step of steps)
            assert.doesNotMatch(
              step,
              /^SCAN (?!json_each|imports)|TEMP B-TREE|MATERIALIZE|items USING .*number>/,
              steps.join('; '),
            );
          const [walk = ''] = steps.filter((step) => / item_index /.test(step));
          assert.match(
            walk,
            /item_index_by_value \(kind=\? AND <expr>=\? AND field=\? AND tag=\? AND number>\?\)|PRIMARY KEY \(kind=\? AND number=\?\)/,
          );
        }
        database.close();
        return;
      }
      const client = new pg.Client({ connectionString: safe.settings.databaseUrl ?? '' });
      await client.connect();
      try {
        await client.query(
          `insert into items (kind, number, owner_id, version, revision, justification_required, approval_required, created_at, updated_at, mac)
           select kind, 1000 + at, owner_id, version, revision, 0, 0, created_at, updated_at, mac
           from items, generate_series(1, ${many}) as at where number = 1`,
        );
        await client.query(
          `insert into item_index (kind, number, field, tag)
           select kind, 1000 + at, field, tag from item_index, generate_series(1, ${many}) as at where number = 1`,
        );
        await client.query('vacuum analyze items, item_index, shares');
        for (const [text, values] of seeking) {
          const { rows } = await client.query({
            text: `explain (analyze, format json) ${text}`,
            values: values as unknown[],
          });
          const [{ Plan: plan }] = rows[0]['QUERY PLAN'] as [{ Plan: Plan }];
          const read = rowsRead(plan);
          assert.ok(read < 200, `${read} rows: ${text} ${JSON.stringify(plan)}`);
        }
      } finally {
        await client.end();
      }
    });
  });
}
