import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { house } from '../../src/domain/turns.ts';
import type { Connection, Engine } from '../../src/storage/connection.ts';
import { openPostgres } from '../../src/storage/postgres.ts';
import { openReadPool } from '../../src/storage/read-pool.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { createDatabase, engines } from '../start-safe.ts';

type Counted = { connect: () => Promise<Connection>; readonly open: number };

/** Real connections to an empty store, and how many of them are open. */
async function connections(engine: Engine, test: TestContext): Promise<Counted> {
  let open = 0;
  const counted = (on: Connection): Connection => {
    open += 1;
    return {
      ...on,
      broken: false,
      async close() {
        await on.close();
        open -= 1;
      },
    };
  };
  const count = (connect: () => Promise<Connection>): Counted => ({
    connect: async () => counted(await connect()),
    get open() {
      return open;
    },
  });
  if (engine === 'postgres') {
    const { url, drop } = await createDatabase();
    test.after(drop);
    return count(() => openPostgres({ url, timeoutMilliseconds: 10_000 }));
  }
  const folder = mkdtempSync(join(tmpdir(), 'arca-reads-'));
  test.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'safe.db');
  await openSqlite(path, 'write', 1000).close();
  return count(async () => openSqlite(path, 'read', 1000));
}

for (const engine of engines) {
  describe(`closing the connections for reading on ${engine}`, () => {
    it('waits for a read that has begun, turns away who waits or comes later, and leaves none open', async (test) => {
      const made = await connections(engine, test);
      const pool = openReadPool(made.connect, { readers: 1, queue: 10, timeoutMilliseconds: 10_000 });
      const entered = Promise.withResolvers<void>();
      const released = Promise.withResolvers<void>();
      const begun = pool.use(async (on) => {
        entered.resolve();
        await released.promise;
        return on.first('select 7 as number', []);
      }, house);
      await entered.promise;
      const turnedAway = assert.rejects(
        pool.use(async () => 1, house),
        /the safe is closing/,
      );
      let isClosed = false;
      const closed = pool.close().then(() => {
        isClosed = true;
      });
      await turnedAway;
      await assert.rejects(
        pool.use(async () => 1, house),
        /the safe is closing/,
      );
      assert.deepEqual([isClosed, made.open], [false, 1]);
      released.resolve();
      assert.equal((await begun)?.number, 7);
      await closed;
      assert.equal(made.open, 0);
    });

    it('does not wait for good, and closes what comes back afterwards', async (test) => {
      const made = await connections(engine, test);
      const pool = openReadPool(made.connect, { readers: 1, queue: 10, timeoutMilliseconds: 50 });
      const entered = Promise.withResolvers<void>();
      const released = Promise.withResolvers<void>();
      const begun = pool.use(async () => {
        entered.resolve();
        await released.promise;
      }, house);
      await entered.promise;
      await pool.close();
      assert.equal(made.open, 1);
      released.resolve();
      await begun;
      assert.equal(made.open, 0);
    });
  });
}
