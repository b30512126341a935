import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChildServer } from '../../child-server.ts';
import { engines } from '../../start-safe.ts';
import { nodesOnOne } from '../two-nodes.ts';
import { webReceiver } from './receivers.ts';

/** A turn that nobody gave back is over after a minute. */
const patient = { timeout: 240_000 };
type Sent = { by: string; ids: string[] };

if (engines.includes('postgres')) {
  describe('the stream of two nodes', () => {
    it('is sent by one of them, and by the other from the same place when that one dies', patient, async (test) => {
      const receiver = await webReceiver(() => ({ status: 204 }));
      test.after(() => receiver.close());
      const secretFolder = mkdtempSync(join(tmpdir(), 'arca-test-'));
      test.after(() => rmSync(secretFolder, { recursive: true }));
      const secretFile = join(secretFolder, 'webhook-secret');
      writeFileSync(secretFile, 'a secret between two programs\n', { mode: 0o600 });
      const { start } = await nodesOnOne(test, (node) => ({
        // Each has an address of its own, by which it is known who sent.
        ARCA_WEBHOOK_URL: `http://127.0.0.1:${receiver.port}/node-${node}`,
        ARCA_WEBHOOK_SECRET_FILE: secretFile,
        ARCA_OUTBOUND_ALLOWED: '127.0.0.1',
      }));
      const sent = (): Sent[] =>
        receiver.got.flatMap(({ path, body }) => {
          const { entries } = JSON.parse(body) as { entries?: { id: string }[] };
          return entries ? [{ by: path, ids: entries.map(({ id }) => id) }] : [];
        });
      const ids = () => sent().flatMap((one) => one.ids);
      const senders = () => [...new Set(sent().map(({ by }) => by))];
      let groups = 0;
      let early = 0;
      const act = async (...on: ChildServer[]) => {
        for (const node of on) await node.operator.run('group.add', { name: `group ${groups++}` });
      };
      /** Whether the receiver has every change that was made until now. */
      const hasAll = async (node: ChildServer): Promise<boolean> => {
        const made = await node.operator.run('audit.list', { event: 'group.added', limit: 1000 });
        const known = new Set(ids());
        const later = made.slice(0, groups);
        return made.length === early + groups && later.every(({ lane, sequence }) => known.has(`${lane}:${sequence}`));
      };
      const untilAll = async (node: ChildServer) => {
        const end = performance.now() + 120_000;
        while (!(await hasAll(node))) {
          assert.ok(performance.now() < end, 'the receiver lacks entries');
          await sleep(200);
        }
      };

      const first = await start(0);
      // A new receiver gets what is recorded once the stream has begun, which is some time after the start.
      while (!senders().includes('/node-0')) {
        await first.operator.run('group.add', { name: `early group ${early++}` });
        await sleep(500);
      }
      const second = await start(1);
      for (let round = 0; round < 10; round += 1) await act(first, second);
      await untilAll(first);
      assert.deepEqual(senders(), ['/node-0']);
      assert.equal(new Set(ids()).size, ids().length, 'nothing came twice');

      await Promise.all([act(second, second, second, second), act(first)]);
      await first.kill();
      const before = sent().length;
      await act(second, second);
      await untilAll(second);
      assert.deepEqual(
        [
          ...new Set(
            sent()
              .slice(before)
              .map(({ by }) => by),
          ),
        ].at(-1),
        '/node-1',
      );
      const twice = ids().length - new Set(ids()).size;
      assert.ok(twice <= 200, `${twice} came twice`);

      // One that stops gives its turn back: the next goes on within seconds, and nothing comes twice.
      const third = await start(0);
      await act(third);
      await untilAll(third);
      const atStop = sent().length;
      const known = new Set(ids());
      await second.stop();
      const from = performance.now();
      await act(third);
      await untilAll(third);
      assert.ok(performance.now() - from < 30_000);
      const later = sent().slice(atStop);
      assert.equal(later.at(-1)?.by, '/node-0');
      assert.deepEqual(
        later.filter(({ by }) => by === '/node-0').flatMap((one) => one.ids.filter((id) => known.has(id))),
        [],
      );
    });
  });
}
