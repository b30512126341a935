import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { operate } from '../../src/admin/operate.ts';
import { makeLog, startServer } from '../../src/main.ts';
import { bareSettings } from '../bare-settings.ts';
import { anyPassword, engines } from '../start-safe.ts';
import { openByHand, type StoreByHand, type StoredRow } from '../store-by-hand.ts';
import { eventually } from './stream/receivers.ts';
import { nodesOnOne } from './two-nodes.ts';

// Without anchors: what is found is found by what other lanes tell.
const settings = { ARCA_LANES: '1', ARCA_ANCHOR_FILE: 'off' };

async function stage(test: TestContext, engine: (typeof engines)[number]) {
  const bare = await bareSettings(engine);
  const store = await (async () => {
    await (await startServer(bare.with(settings), makeLog('silent'))).close();
    return openByHand(bare.settings);
  })();
  test.after(async () => {
    await store.close();
    await bare.remove();
  });
  const verify = async () => {
    const serving = await startServer(bare.with(settings), makeLog('silent'));
    try {
      return (await operate(serving.safe, 'tester').run('audit.verify', undefined as never)).problems;
    } finally {
      await serving.close();
    }
  };
  return { bare, store, verify };
}

/** Takes a lane out of the store, or what it has after an entry; `head` is one of then, with its signature. */
async function cut(store: StoreByHand, lane: string, head: StoredRow | null): Promise<void> {
  await store.run('delete from audit_entries where lane = ? and sequence > ?', lane, Number(head?.sequence ?? 0));
  await store.run('delete from audit_lanes where lane = ?', lane);
  if (!head) return;
  const names = Object.keys(head);
  const values = names.map(() => '?').join(', ');
  await store.run(`insert into audit_lanes (${names.join(', ')}) values (${values})`, ...Object.values(head));
}

for (const engine of engines) {
  describe(`lanes that tell of one another (${engine})`, () => {
    it('name one that was removed whole, and the entry that tells of it', async (test) => {
      const { store, verify } = await stage(test, engine);
      const first = await store.one('select * from audit_lanes');
      assert.deepEqual(await verify(), []);
      const teller = await store.one('select * from audit_entries where lanes_told is not null order by at limit 1');
      const end = [first.lane, first.sequence, Buffer.from(first.hash as Uint8Array).toString('base64')];
      assert.equal(teller.event, 'safe.opened');
      assert.deepEqual(JSON.parse(String(teller.lanes_told)), [end]);
      await cut(store, String(first.lane), null);
      const at = new Date(Number(teller.at)).toISOString();
      const by = `entry ${teller.sequence} of lane ${teller.lane} of ${at}`;
      const problem = `the whole lane is missing: ${by} tells of ${first.sequence} entries`;
      assert.deepEqual(await verify(), [{ lane: first.lane, sequence: null, problem }]);
    });

    it('name one whose end was cut off and its head put back to one that was signed', async (test) => {
      const { store, verify, bare } = await stage(test, engine);
      const serving = await startServer(bare.with(settings), makeLog('silent'));
      const head = await store.one('select * from audit_lanes order by opened_at desc limit 1');
      await serving.close();
      await cut(store, String(head.lane), head);
      assert.deepEqual(await verify(), []);
      // Nobody had told of it yet: that of the next start does.
      const next = await startServer(bare.with(settings), makeLog('silent'));
      const short = await store.one('select * from audit_lanes order by opened_at desc limit 1');
      await next.close();
      assert.deepEqual(await verify(), []);
      await cut(store, String(short.lane), short);
      const [found] = await verify();
      assert.deepEqual([found?.lane, found?.sequence], [short.lane, Number(short.sequence) + 1]);
      assert.match(String(found?.problem), /^its end is missing, and its head with it: entry \d+ of lane /);
    });

    it('cannot be made to tell of others without being found out', async (test) => {
      const { store, verify } = await stage(test, engine);
      assert.deepEqual(await verify(), []);
      const told = await store.one('select * from audit_entries where lanes_told is not null order by at limit 1');
      const place = [String(told.lane), Number(told.sequence)] as const;
      for (const lie of [null, '[]', 'x']) {
        await store.run('update audit_entries set lanes_told = ? where lane = ? and sequence = ?', lie, ...place);
        const [problem] = await verify();
        assert.deepEqual(problem, {
          lane: place[0],
          sequence: place[1],
          problem: 'the entry was changed: its hash does not fit',
        });
      }
    });
  });
}

if (engines.includes('postgres')) {
  describe('two nodes whose lanes tell of one another', () => {
    it('the one that is left notices that the lanes of the other are gone, and so does a verifier', async (test) => {
      // Tells of lanes every ten seconds.
      const { store, start } = await nodesOnOne(test, () => ({ ...settings, ARCA_ANCHOR_SECONDS: '1' }));
      const stays = await start(0);
      const own = (await store.all('select lane from audit_lanes')).map(({ lane }) => String(lane));
      const goes = await start(1);
      for (const username of ['ana', 'ben', 'cleo'])
        await goes.operator.run('user.add', { username, password: anyPassword });
      const lanes = (await store.all('select lane from audit_lanes where sequence > 1')).map(({ lane }) =>
        String(lane),
      );
      const others = lanes.filter((lane) => !own.includes(lane));
      assert.ok(others.length > 0);
      const tellings = async () =>
        await store.all(`select * from audit_entries where event = 'audit.lanes-told' and lanes_told is not null`);
      const isToldOf = async (lane: string) =>
        (await tellings()).some((one) => own.includes(String(one.lane)) && String(one.lanes_told).includes(lane));
      await until(async () => (await Promise.all(others.map(isToldOf))).every((one) => one));
      await goes.kill();
      for (const lane of others) await cut(store, lane, null);
      await eventually('the log of the node that is left', () =>
        stays.log().includes('an audit lane was cut or removed'),
      );
      const { problems } = await stays.operator.run('audit.verify', {});
      const missing = problems.filter(({ problem }) => problem.startsWith('the whole lane is missing: entry '));
      assert.deepEqual(missing.map(({ lane }) => lane).sort(), others.sort());
      const told = await stays.operator.run('audit.list', { event: 'audit.lanes-told' });
      assert.ok(told.some(({ details }) => String(details.missing).includes(String(others[0]))));
    });
  });
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 60_000;
  while (!(await holds())) {
    assert.ok(performance.now() < end, 'in vain waited');
    await new Promise((resume) => setTimeout(resume, 200));
  }
}
