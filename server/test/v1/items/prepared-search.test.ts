import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { engines, type SignedIn, startSafe, type TestSafe } from '../../start-safe.ts';
import { done } from '../problem.ts';

const items = 250; // more than one slice of each step

for (const engine of engines) {
  describe(`a first search on ${engine}`, () => {
    let safe: TestSafe;
    let ana: SignedIn;
    const figures = () => safe.serving.safe.openCache.figures();
    const total = async (query: string) =>
      done<{ total: number }>(await ana.call('GET', `/api/v1/items?${query}`)).total;
    const filled = async (size: number) => {
      for (const end = Date.now() + 10_000; figures().items < size && Date.now() < end; ) await pause(20);
      assert.equal(figures().items, size);
    };

    before(async () => {
      safe = await startSafe(engine);
      ana = await safe.signIn('ana');
      const ben = await safe.person('ben');
      const add = (call: SignedIn['call'], name: string) => call('POST', '/api/v1/items/note', { name, note: 'x' });
      for (let at = 0; at < items; at += 50) {
        const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => add(ana.call, `note ${at + n}`)));
        for (const answer of answers) done(answer, 201);
      }
      done(await add(ben.call, 'not shown to ana'), 201);
      done(await add(ben.call, 'shown to ana'), 201);
      done(await ben.call('PUT', `/api/v1/items/note/${items + 2}/shares/users/ana`, { role: 'viewer' }));
    });
    after(() => safe.close());

    it('is prepared when its list was looked at, which itself opens only what it shows', async () => {
      // Long after: nobody's screens count as open, so that nothing is prepared by the start itself.
      safe.setClock(new Date(Date.now() + 2 * 60 * 60 * 1000));
      await safe.restart();
      ana = await safe.signIn('ana');
      assert.equal(figures().items, 0);
      assert.equal(await total('sort=-createdAt&limit=10'), items + 1);
      assert.deepEqual([figures().hits, figures().misses], [0, 0]);
      await filled(items + 1);
      assert.equal(await total('q=note'), items);
      assert.equal(await total('q=shown'), 1);
      assert.equal(figures().misses, 0);
    });

    it('is prepared by a start for those whose screens were open', async () => {
      await safe.restart();
      await filled(items + 1);
      assert.equal(await total('q=note'), items);
      assert.equal(figures().misses, 0);
    });

    it('finds what changed since it was prepared', async () => {
      done(await ana.call('PATCH', '/api/v1/items/note/1', { name: 'now a diary' }));
      assert.deepEqual([await total('q=diary'), await total('q=note')], [1, items - 1]);
      assert.equal(figures().misses, 1);
    });
  });
}
