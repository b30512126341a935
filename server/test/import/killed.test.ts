import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bare, bareSettings } from '../bare-settings.ts';
import { type ChildServer, startChildServer } from '../child-server.ts';
import { type Answer, anyPassword, engines, type SignedIn } from '../start-safe.ts';
import { openByHand, type StoreByHand } from '../store-by-hand.ts';
import { done } from '../v1/problem.ts';
import { ended, finish, type Planned, plan, rowsOf } from './plan-steps.ts';

const size = 2000;
const file = [
  'name,url,username,password,note',
  ...Array.from({ length: size }, (_, at) => `item ${at},https://s${at}.example,ana,p${at},`),
].join('\n');
/** Processes that start take as long as the host lets them. */
const patient = { timeout: 300_000 };

for (const engine of engines) {
  describe(`a server that is killed while it imports, on ${engine}`, () => {
    let bare: Bare;
    let server: ChildServer;
    let store: StoreByHand;
    let cookie = '';
    before(async () => {
      bare = await bareSettings(engine);
      await start();
      await server.operator.run('user.add', { username: 'ana', password: anyPassword });
      const answer = await ana.call('POST', '/api/v1/session', { username: 'ana', password: anyPassword });
      cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
      store = await openByHand(bare.settings);
    }, patient);
    after(async () => {
      await store?.close();
      await server?.kill();
      await bare.remove();
    }, patient);

    const start = async () => {
      server = await startChildServer({ ...bare.environment, ARCA_LOG_LEVEL: 'warn' });
    };
    /** One person through all lives of the server: her session is in the store. */
    const ana: Pick<SignedIn, 'call'> = {
      async call(method, path, body): Promise<Answer> {
        const response = await fetch(`${server.url}${path}`, {
          method,
          headers: { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        const text = await response.text();
        return {
          status: response.status,
          headers: response.headers,
          text,
          json: text === '' ? null : JSON.parse(text),
        };
      },
    };
    const read = async (id: number) => done<Planned>(await ana.call('GET', `/api/v1/imports/${id}`));
    const seen = async () => done<{ total: number }>(await ana.call('GET', '/api/v1/items?limit=1')).total;
    const count = async (where: string) => Number((await store.one(`select count(*) as count from ${where}`)).count);

    /** Waits until it has come so far, kills the server there, starts it again, and gives what it then says. */
    async function killAt(id: number, far: number): Promise<Planned> {
      for (let tries = 0; tries < 5000 && (await read(id)).done < far; tries += 1) await sleep(5);
      await server.kill();
      await start();
      return read(id);
    }

    /** What is seen while it works, from now on until it is done: how many items, each number once. */
    async function seenWhile(id: number, status: string): Promise<number[]> {
      const found = new Set<number>();
      for (;;) {
        const now = await seen();
        if ((await read(id)).status !== status) return [...found];
        found.add(now);
        await sleep(20);
      }
    }

    let applied: Planned;
    it(
      'goes on with applying where it was, shows nothing until all is there, and makes each item once',
      patient,
      async () => {
        const { id, counts } = await plan(ana, file);
        assert.equal(counts.new, size);
        done(await ana.call('POST', `/api/v1/imports/${id}/apply`));
        for (const far of [100, 600, 1400]) {
          const now = await killAt(id, far);
          assert.equal(now.status, 'applying');
          assert.ok(now.done >= far && now.done < size, `killed at ${now.done}`);
          const [first] = await rowsOf(ana, id);
          const staged = await ana.call('GET', `/api/v1/items/password/${first?.number}`);
          if ((await read(id)).status === 'applying') assert.deepEqual([staged.status, await seen()], [404, 0]);
        }
        assert.deepEqual(
          (await seenWhile(id, 'applying')).filter((number) => number !== 0),
          [],
        );
        applied = await ended(ana, id);
        assert.deepEqual([applied.status, applied.outcomes.created, applied.done], ['finished', size, size]);
        assert.equal(await seen(), size);
        assert.deepEqual([await count('items'), await count('item_versions')], [size, size]);
        assert.equal(await count(`audit_entries where event = 'item.created'`), size);
        assert.deepEqual((await server.operator.run('audit.verify', undefined as never)).problems, []);
      },
    );

    it('finds nothing to do in the same file again', patient, async () => {
      const again = await plan(ana, file);
      assert.deepEqual(again.counts, { new: 0, same: size, changed: 0, rejected: 0 });
      const nothing = await finish(ana, again.id, 'apply');
      assert.deepEqual([nothing.status, nothing.outcomes.created, await seen()], ['finished', 0, size]);
    });

    it('goes on with undoing where it was: all is seen, or nothing but what somebody changed', patient, async () => {
      const { id } = applied;
      const [first] = await rowsOf(ana, id);
      done(await ana.call('PATCH', `/api/v1/items/password/${first?.number}`, { notes: 'mine now' }));
      done(await ana.call('POST', `/api/v1/imports/${id}/undo`));
      // Once while rows are looked through, once while what nobody has touched is removed.
      for (const far of [700, size]) {
        const now = await killAt(id, far);
        assert.equal(now.status, 'undoing');
        assert.ok(now.done >= far, `killed at ${now.done}`);
      }
      const half = (await seenWhile(id, 'undoing')).filter((number) => ![size, size - 1, 0, 1].includes(number));
      assert.deepEqual(half, []);
      const { status, outcomes } = await ended(ana, id);
      assert.deepEqual([status, outcomes.undone, outcomes.kept], ['undone', size - 1, 1]);
      const kept = done<{ items: { number: number; enabled: boolean }[]; total: number }>(
        await ana.call('GET', '/api/v1/items?state=all'),
      );
      assert.deepEqual(
        kept.items.map(({ number, enabled }) => [number, enabled]),
        [[first?.number, false]],
      );
      assert.deepEqual(
        [await count('items'), await count(`audit_entries where event = 'item.removed'`)],
        [1, size - 1],
      );
      assert.deepEqual((await server.operator.run('audit.verify', undefined as never)).problems, []);
    });
  });
}
