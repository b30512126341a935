import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { ArchiveTurn } from '../../../src/actions/audit/archive-turn.ts';
import { ArchivedElsewhere, archiveAudit } from '../../../src/admin/archive-audit.ts';
import { type Operator, operate } from '../../../src/admin/operate.ts';
import { throughSocket } from '../../../src/admin/through-socket.ts';
import { makeLog, type Serving, startServer } from '../../../src/main.ts';
import { until } from '../../postgres-cluster.ts';
import { engines, startSafe, type TestSafe } from '../../start-safe.ts';
import { openByHand } from '../../store-by-hand.ts';

const day = 86_400_000;

for (const engine of engines) {
  describe(`who archives the audit on ${engine}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'arca-archive-'));
    const later = () => new Date(Date.now() + 40 * day);
    let safe: TestSafe;
    let node: Serving | null = null;
    /** Another node where there can be one, else a command beside the schedule. */
    let other: Operator;
    before(async () => {
      safe = await startSafe(engine);
      safe.setClock(later());
      other = throughSocket(safe.settings.dataDir, 'tester');
      if (engine === 'sqlite') return;
      const settings = { ...safe.settings, dataDir: join(folder, 'node') };
      node = await startServer(settings, makeLog('silent'), later);
      other = operate(node.safe, 'tester');
    });
    after(async () => {
      await node?.close();
      await safe.close();
      rmSync(folder, { recursive: true, force: true });
    });

    const task = { folder: join(folder, 'archives'), days: 30, lock: null };
    const turnOf = (operator: Operator) =>
      (operator.stream('audit.archive-turn') as AsyncIterable<ArchiveTurn>)[Symbol.asyncIterator]();
    const isFree = async () => {
      const turn = turnOf(safe.operator);
      const { value } = await turn.next();
      await turn.return?.();
      return value.isMine;
    };

    it('is one alone: another is turned away until he is done', async () => {
      const turn = turnOf(safe.operator);
      assert.deepEqual((await turn.next()).value, { isMine: true });
      await assert.rejects(archiveAudit(other, task), ArchivedElsewhere);
      await assert.rejects(archiveAudit(safe.operator, task), ArchivedElsewhere);
      assert.deepEqual(await safe.operator.run('audit.archives', undefined as never), []);
      await turn.return?.();
      assert.equal((await archiveAudit(other, task))?.number, 1);
      assert.equal(readdirSync(task.folder).length, 1);
    });

    it('is one alone when two begin at once', async () => {
      safe.setClock(new Date(+later() + 40 * day));
      const both = await Promise.allSettled([archiveAudit(safe.operator, task), archiveAudit(other, task)]);
      const made = both.filter((one) => one.status === 'fulfilled');
      // Both may have had their turn, one after the other, and the second nothing to do.
      for (const one of both) if (one.status === 'rejected') assert.ok(one.reason instanceof ArchivedElsewhere);
      assert.equal(made.filter(({ value }) => value !== null).length, 1);
      assert.equal(readdirSync(task.folder).length, 2);
      assert.deepEqual((await safe.operator.run('audit.verify', { state: true })).problems, []);
    });

    it('is free again when who had the turn is gone', async () => {
      const turn = turnOf(throughSocket(safe.settings.dataDir, 'tester'));
      assert.deepEqual((await turn.next()).value, { isMine: true });
      assert.equal(await isFree(), false);
      await turn.return?.();
      await until('the turn did not come free', isFree);
    });

    if (engine === 'postgres') {
      it('hears of it when the database has given the turn to nobody, and writes nothing', async () => {
        const turn = turnOf(safe.operator);
        assert.deepEqual((await turn.next()).value, { isMine: true });
        const store = await openByHand(safe.settings);
        const ended = `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and query = 'select 1 as here'`;
        await store.all(ended);
        await store.close();
        assert.deepEqual((await turn.next()).value, { isMine: false });
        assert.equal(await isFree(), false, 'the process that lost it has not given it back yet');
        await turn.return?.();
        assert.equal(await isFree(), true);
      });
    }
  });
}
