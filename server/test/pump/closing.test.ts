import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { engines, startSafe } from '../start-safe.ts';
import { type Held, holdLane, untilWaiting } from './held-lane.ts';

const note = '/api/mysafe/note';

/** Until nobody listens any more; a connection that was taken in before is closed without a word. */
async function untilRefused(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      await once(socket, 'close');
    } catch (thrown) {
      if ((thrown as { code?: string }).code === 'ECONNREFUSED') return;
    }
  }
}

for (const engine of engines) {
  describe(`closing a safe at work on ${engine}`, () => {
    it('answers what it has begun, takes nothing new and leaves a store that is whole', async (test) => {
      const safe = await startSafe(engine, { ARCA_LANES: '1', ARCA_SHUTDOWN_TIMEOUT: '300' });
      let held: Held | null = null;
      let restarted: Promise<void> | null = null;
      test.after(async () => {
        await held?.letGo();
        await restarted;
        await safe.close();
      });
      const ana = await safe.person('ana');
      const { port } = new URL(safe.url);
      held = await holdLane(safe.serving);
      const begun = [1, 2, 3].map((count) => ana.call('POST', note, { name: `begun ${count}`, note: 'x' }));
      // A client that sends its next request before it has the answer to the one before.
      const socket = connect(Number(port), '127.0.0.1');
      const lines = ['Host: safe', `Authorization: Bearer ${ana.token}`, '', ''].join('\r\n');
      socket.write(`GET ${note} HTTP/1.1\r\n${lines}GET ${note}/1 HTTP/1.1\r\n${lines}`);
      await untilWaiting(safe.serving, 4);
      restarted = safe.restart();
      socket.write(`GET ${note}/2 HTTP/1.1\r\n${lines}`);
      await untilRefused(Number(port));
      await held.letGo();
      const answers = await Promise.all(begun);
      assert.deepEqual(
        answers.map(({ status }) => status),
        [201, 201, 201],
      );
      const sent = await text(socket);
      const bodies = sent.split('\r\n\r\n').slice(1);
      assert.ok(bodies.length >= 2, sent);
      for (const body of bodies) assert.match(body, /^\{"code":\d{3},"response":\{"status":\d{3},"message":"/);
      await restarted;
      assert.equal(((await ana.call('GET', note)).json as { note_on_list: [] }).note_on_list.length, 3);
      assert.deepEqual((await safe.operator.run('audit.verify', undefined as never)).problems, []);
      assert.equal(safe.log().match(/"level":"error"/g), null, safe.log());
    });

    it('closes idle connections and does not wait for them', async (test) => {
      const safe = await startSafe(engine);
      test.after(() => safe.close());
      const { port } = new URL(safe.url);
      const idle = connect(Number(port), '127.0.0.1');
      idle.write('GET /healthz HTTP/1.1\r\nHost: safe\r\n\r\n');
      await once(idle, 'data');
      const ended = once(idle, 'close');
      await safe.restart();
      await ended;
    });
  });
}

describe('closing an embedded safe', () => {
  it('writes the whole WAL back into the database', async () => {
    const safe = await startSafe('sqlite');
    const ana = await safe.person('ana');
    await ana.call('POST', note, { name: 'n', note: 'x' });
    const wal = join(safe.settings.dataDir, 'safe.db-wal');
    assert.ok(statSync(wal).size > 0);
    await safe.serving.close();
    assert.ok(!existsSync(wal) || statSync(wal).size === 0);
    assert.ok(!existsSync(join(safe.settings.dataDir, 'arca.sock')));
  });
});
