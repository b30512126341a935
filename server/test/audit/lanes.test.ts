import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { ResultOf } from '../../src/admin/commands.ts';
import { operate } from '../../src/admin/operate.ts';
import { makeLog, type Serving, startServer } from '../../src/main.ts';
import { type Bare, bareSettings } from '../bare-settings.ts';
import { anyPassword, engines } from '../start-safe.ts';
import { openByHand, type StoreByHand } from '../store-by-hand.ts';

type Entry = ResultOf<'audit.list'>[number];

/** A store and starts of servers on it, all closed when the test ends. */
async function stage(test: TestContext, engine: (typeof engines)[number]) {
  const bare: Bare = await bareSettings(engine);
  let store: StoreByHand | null = null;
  const open: Serving[] = [];
  let lines = '';
  const sink = {
    write(line: string) {
      lines += line;
    },
  };
  test.after(async () => {
    for (const serving of open) await serving.close();
    await store?.close();
    await bare.remove();
  });
  return {
    bare,
    log: () => lines,
    store: async () => (store ??= await openByHand(bare.settings)),
    async start(settings = bare.with({ ARCA_LANES: '1' })): Promise<Serving> {
      const serving = await startServer(settings, makeLog('error', sink));
      open.push(serving);
      return serving;
    },
    async stop(serving: Serving): Promise<void> {
      open.splice(open.indexOf(serving), 1);
      await serving.close();
    },
  };
}

/** Until a statement of the server waits for a lock. */
async function untilOneWaits(store: StoreByHand): Promise<void> {
  const waiting = `select pid from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
  while ((await store.all(waiting)).length === 0);
}

async function closedLanes({ safe }: Serving): Promise<Entry['details'][]> {
  const entries = await operate(safe, 'tester').run('audit.list', { event: 'audit.lane-closed' });
  return entries.map(({ details }) => details).reverse();
}

const problemsIn = async ({ safe }: Serving) =>
  (await operate(safe, 'tester').run('audit.verify', undefined as never)).problems;

for (const engine of engines) {
  describe(`audit lanes on ${engine}`, () => {
    it('each start opens a lane, closes the one before and never writes to it again', async (test) => {
      const { start, stop, store: opened, log } = await stage(test, engine);
      await stop(await start());
      const store = await opened();
      const first = await store.one('select lane, sequence, closed_at from audit_lanes');
      assert.equal(first.closed_at, null);
      const entries = await store.all('select * from audit_entries order by sequence');
      await stop(await start());
      const third = await start();
      const lanes = await store.all('select lane, closed_at, sequence from audit_lanes order by opened_at');
      assert.deepEqual(
        lanes.map(({ closed_at }) => closed_at === null),
        [false, false, true],
      );
      assert.deepEqual(
        await store.all('select * from audit_entries where lane = ? order by sequence', String(first.lane)),
        entries,
      );
      assert.deepEqual(
        await closedLanes(third),
        lanes.slice(0, 2).map(({ lane, sequence }) => ({ lane, entries: sequence, holds: true })),
      );
      const events = (
        await store.all('select event from audit_entries where lane = ? order by sequence', String(lanes[1]?.lane))
      ).map(({ event }) => event);
      assert.deepEqual(events, ['audit.lane-closed', 'safe.opened', 'safe.closed']);
      assert.deepEqual(await problemsIn(third), []);
      assert.equal(log(), '');
    });

    for (const [what, ...changes] of [
      [
        'its last entry was cut off',
        'delete from audit_entries where sequence = (select max(sequence) from audit_entries)',
      ],
      ['it was emptied', 'delete from audit_entries'],
      [
        'its end and its head were cut off',
        'delete from audit_entries where sequence = (select max(sequence) from audit_entries)',
        'update audit_lanes set sequence = sequence - 1, hash = (select hash from audit_entries order by sequence desc limit 1)',
      ],
      [
        'an entry was added to it',
        `insert into audit_entries (lane, sequence, at, event, request_id, hash)
         select lane, 900, 1, 'user.added', 'r', hash from audit_entries where sequence = 1`,
      ],
      [
        'its last entry was changed',
        'update audit_entries set hash = (select hash from audit_entries where sequence = 1)',
      ],
    ] as const) {
      it(`alarms at the next start when ${what} while the safe was closed`, async (test) => {
        const { start, stop, store: opened, log } = await stage(test, engine);
        await stop(await start());
        const store = await opened();
        const { lane } = await store.one('select lane from audit_lanes');
        for (const change of changes) assert.ok((await store.run(change)) > 0);
        const next = await start();
        const [closed, ...others] = await closedLanes(next);
        assert.deepEqual([closed?.lane, closed?.holds, others.length], [lane, false, 0]);
        const alarms = log()
          .split('\n')
          .filter((line) => line !== '');
        assert.equal(alarms.length, 1);
        assert.match(
          alarms[0] ?? '',
          new RegExp(`"lane":"${lane}","msg":"an audit lane does not end as it was signed`),
        );
        assert.ok((await problemsIn(next)).some((problem) => problem.lane === lane));
      });
    }
  });
}

if (engines.includes('postgres')) {
  describe('audit lanes of several writers on postgres', () => {
    it('one process writes several side by side, each whole in itself', async (test) => {
      const { start, bare, store: opened } = await stage(test, 'postgres');
      const serving = await start(bare.with({ ARCA_LANES: '2' }));
      const operator = operate(serving.safe, 'tester');
      const store = await opened();
      const lanes = () => store.all('select lane from audit_lanes where closed_at is null');
      // A change that waits keeps one lane busy: what comes meanwhile goes through another.
      await operator.run('user.add', { username: 'ana', password: anyPassword });
      await store.run('begin');
      await store.run(`select * from users where username = 'ana' for update`);
      const waiting = operator.run('user.disable', { username: 'ana' });
      await untilOneWaits(store);
      await operator.run('group.add', { name: 'meanwhile' });
      await store.run('commit');
      assert.deepEqual(await waiting, { changed: true, proposal: null });
      assert.equal((await lanes()).length, 2);
      assert.deepEqual(await problemsIn(serving), []);
      const written = await store.all('select distinct lane from audit_entries');
      assert.equal(written.length, 2);
    });

    it('a second process leaves the lanes of a living one open, and closes those of a dead one', async (test) => {
      const { start, stop, bare, store: opened } = await stage(test, 'postgres');
      const here = await start();
      const there = bare.with({ ARCA_DATA_DIR: join(bare.folder, 'there') });
      const store = await opened();
      const [mine] = await store.all('select lane from audit_lanes');
      await stop(await start(there));
      const [closed] = await store.all('select closed_at from audit_lanes where lane = ?', String(mine?.lane));
      assert.equal(closed?.closed_at, null);
      await operate(here.safe, 'tester').run('group.add', { name: 'still writing' });
      assert.deepEqual(await problemsIn(here), []);

      await stop(here);
      const last = await start(there);
      const lanes = (await closedLanes(last)).map(({ lane, holds }) => [lane, holds]);
      assert.ok(lanes.some(([lane, holds]) => lane === mine?.lane && holds === true));
      const left = await store.all('select lane from audit_lanes where closed_at is null');
      assert.equal(left.length, 1);
      assert.deepEqual(await problemsIn(last), []);
    });
  });
}
