import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setNextNumber } from '../set-up-store.ts';
import { engines, type Person, startSafe } from '../start-safe.ts';

const wire = '/api/mysafe/password';

for (const engine of engines) {
  describe(`items found by value far from each other on ${engine}`, () => {
    it('in the order of their numbers, page by page, own and shared ones', async (test) => {
      const safe = await startSafe(engine);
      test.after(() => safe.close());
      const ana = await safe.person('ana');
      const ben = await safe.person('ben');
      const shared = { users_allowed: [{ username: 'ana', can_edit: false }] };
      // The blind index has pieces of 1,024 numbers; from the last one the first is far, and pieces between are empty.
      const drafts: [number, Person, string][] = [
        [1, ana, 'x'],
        [2, ana, 'y'],
        [1022, ana, 'x'],
        [1023, ana, 'x,y'],
        [1024, ana, 'x'],
        [1025, ben, 'x'],
        [2048, ana, 'x'],
        [5 * 1024 - 1, ben, 'x,y'],
        [5 * 1024, ana, 'x,y'],
        [90_000, ana, 'x'],
        [400_000, ana, 'y'],
        [400_001, ben, 'x'],
      ];
      for (const [number, who, tags] of drafts) {
        await setNextNumber(safe, 'password', number);
        const draft = { name: `n${number}`, username: 'u', password: 'p', tags, ...(who === ben ? shared : {}) };
        const answer = await who.call('POST', wire, draft);
        assert.equal(answer.status, 201, answer.text);
      }
      const page = async (query: string) => {
        const { status, json, text } = await ana.call('GET', `${wire}?${query}`);
        assert.equal(status, 200, text);
        return (json as { password_on_list: { identifier: string }[] }).password_on_list.map((line) =>
          Number(line.identifier),
        );
      };
      const wanted = (tag: string) => drafts.filter(([, , tags]) => tags.split(',').includes(tag)).map(([at]) => at);
      for (const tag of ['x', 'y']) {
        for (const limit of [1, 2, 3, 100]) {
          const found: number[] = [];
          for (let some = await page(`tag=${tag}&limit=${limit}`); some.length > 0; ) {
            assert.ok(some.length <= limit);
            found.push(...some);
            some = await page(`tag=${tag}&limit=${limit}&after=${found.at(-1)}`);
          }
          assert.deepEqual(found, wanted(tag), `${tag} by ${limit}`);
        }
      }
      assert.deepEqual(await page('tag=x&username=u&name=n2048&limit=100'), [2048]);
      assert.deepEqual(await page('tag=z&limit=100'), []);
      // What has other content is found by it, and no more by what it had.
      assert.equal((await ana.call('PUT', `${wire}/update/90000`, { tags: 'z' })).status, 200);
      assert.deepEqual(await page('tag=z&limit=100'), [90_000]);
      assert.deepEqual(await page('tag=x&limit=3&after=5120'), [400_001]);
    });
  });
}
