import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openPostgres } from '../../src/storage/postgres.ts';
import { mostStatements } from '../../src/storage/recent-statements.ts';
import { engines, startSafe, type TestSafe } from '../start-safe.ts';

/** Stands for what queries with lists of every length are: texts without end. */
const shapeOf = (at: number) => `select ${at} as shape`;

// The embedded store keeps its statements in the same way, and nobody can count them there.
if (engines.includes('postgres'))
  describe('statements that a connection to PostgreSQL keeps prepared', () => {
    let safe: TestSafe;
    before(async () => {
      safe = await startSafe('postgres');
    });
    after(() => safe.close());

    it('are bounded, and one that had to go is prepared anew', async () => {
      const on = await openPostgres({ url: safe.settings.databaseUrl ?? '', timeoutMilliseconds: 30_000 });
      try {
        for (let at = 1; at <= mostStatements * 1.5; at += 1) {
          assert.deepEqual(await on.first(shapeOf(at), []), { shape: at });
        }
        const names = 'select count(*) as count from pg_prepared_statements where statement like $1';
        const kept = Number((await on.first(names, ['select % as shape']))?.count);
        assert.ok(kept > 0 && kept <= mostStatements, `${kept} are kept`);
        const isKept = async (at: number) => Number((await on.first(names, [shapeOf(at)]))?.count) === 1;
        assert.equal(await isKept(1), false);
        assert.deepEqual(await on.first(shapeOf(1), []), { shape: 1 });
        assert.equal(await isKept(1), true);
      } finally {
        await on.close();
      }
    });
  });
