import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { flushTallies } from '../../src/actions/flush-tallies.ts';
import { systemContext } from '../../src/actions/system-context.ts';
import { engines, type Person, startSafe, type TestSafe } from '../start-safe.ts';
import { openByHand, type StoreByHand } from '../store-by-hand.ts';

// Of two transactions at once, and of a store that fails while others still hold it: the embedded one knows neither.
if (engines.includes('postgres'))
  describe('uses and refusals that are counted in memory', () => {
    let safe: TestSafe;
    let ana: Person;
    let store: StoreByHand;
    before(async () => {
      safe = await startSafe('postgres', { ARCA_LANES: '2' });
      ana = await safe.person('ana');
      store = await openByHand(safe.settings);
    });
    after(async () => {
      await store.close();
      await safe.close();
    });

    const flush = () => flushTallies(systemContext(safe.serving.safe), true);
    const create = (name: string) =>
      ana.call('POST', '/api/mysafe/password', {
        name,
        username: 'u',
        password: 'not-a-real-one',
        notes: 'shown in the answer',
      });
    const usesOfKey = async () => Number((await store.one('select sum(uses) as uses from key_use')).uses);
    const usedItems = () => store.all('select number from item_use order by number');

    it('are kept when an item is used whose creation is not committed yet, and that use is written later', async () => {
      await flush();
      const uses = await usesOfKey();
      // The creation waits for its entry's place, and has counted the use of what its answer will show.
      await store.run('begin');
      await store.run('lock table audit_entries in exclusive mode');
      const creating = create('first');
      const waiting = `select pid from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
      const watch = await openByHand(safe.settings);
      while ((await watch.all(waiting)).length === 0);
      await watch.close();
      await flush();
      await store.run('commit');
      assert.equal((await creating).status, 201);
      assert.equal(await usesOfKey(), uses + 1);
      assert.deepEqual(await usedItems(), []);
      await flush();
      assert.deepEqual(await usedItems(), [{ number: 1 }]);
      assert.equal(await usesOfKey(), uses + 1);
    });

    it('are forgotten of an item that was never made, and keep nothing else from being written', async () => {
      const { uses } = safe.serving.safe;
      uses.itemUsed({ kind: 'password', number: 99 }, new Date(Date.now() - 3_600_000));
      uses.itemUsed({ kind: 'password', number: 1 }, new Date());
      await flush();
      assert.deepEqual(uses.take().items, []);
      assert.deepEqual(await usedItems(), [{ number: 1 }]);
    });

    it('do not go back in time', async () => {
      const usedAt = async () => Number((await store.one('select used_at from item_use')).used_at);
      const before = await usedAt();
      safe.serving.safe.uses.itemUsed({ kind: 'password', number: 1 }, new Date(before - 1000));
      await flush();
      assert.equal(await usedAt(), before);
      safe.serving.safe.uses.itemUsed({ kind: 'password', number: 1 }, new Date(before + 1000));
      await flush();
      assert.equal(await usedAt(), before + 1000);
    });

    it('are counted again when they could not be written', async () => {
      const counted = async () =>
        (await safe.operator.run('audit.list', { event: 'audit.refusals-counted' })).map(({ details }) => details);
      await flush();
      const uses = await usesOfKey();
      for (let count = 0; count < 3; count += 1) {
        assert.equal((await safe.call('GET', '/api/mysafe/note')).status, 401);
        assert.equal((await ana.call('GET', '/api/mysafe/note')).status, 200);
      }
      await store.run('alter table key_use rename to key_use_gone');
      await assert.rejects(flush());
      await store.run('alter table key_use_gone rename to key_use');
      await flush();
      assert.equal(await usesOfKey(), uses + 3);
      const [{ reason, count } = {}, ...others] = await counted();
      assert.deepEqual([reason, count, others.length], ['token_missing', 2, 0]);
    });

    it('of refusals are all that is kept of them while the disk has no more than its reserve', async () => {
      const refuse = () => ana.call('GET', '/api/mysafe/note/999');
      const entries = async (event: string) => (await safe.operator.run('audit.list', { event })).length;
      const before = [await entries('item.reveal.refused'), await entries('audit.refusals-counted')];
      safe.serving.safe.refusals.spare(true);
      for (let count = 0; count < 3; count += 1) assert.notEqual((await refuse()).status, 200);
      await flushTallies(systemContext(safe.serving.safe), false);
      assert.deepEqual([await entries('item.reveal.refused'), await entries('audit.refusals-counted')], before);
      safe.serving.safe.refusals.spare(false);
      await flush();
      const [{ details } = {}] = await safe.operator.run('audit.list', { event: 'audit.refusals-counted' });
      assert.deepEqual([details?.count, details?.account, details?.reason], [3, ana.clientId, 'item_not_found']);
      await refuse();
      assert.equal(await entries('item.reveal.refused'), 1);
    });
  });
