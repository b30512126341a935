import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { engines, type Person, startSafe, type TestSafe } from '../start-safe.ts';

const wire = '/api/mysafe/password';
/** Looked through 500 at a time, so that two borders of slices lie within them. */
const many = 1003;
/** So many creations take as long as the host lets them. */
const patient = { timeout: 240_000 };

for (const engine of engines) {
  describe(`filters over many shared items (${engine})`, () => {
    let safe: TestSafe;
    let ana: Person;
    let bob: Person;
    /** Numbers that have this tag, by tag. */
    const tagged = new Map<string, number[]>();
    before(async () => {
      safe = await startSafe(engine);
      ana = await safe.person('ana');
      bob = await safe.person('bob');
      await safe.operator.run('group.add', { name: 'all', members: ['ana', 'bob'] });
      const create = async (who: Person, tags: string[], rest: object): Promise<void> => {
        const answer = await who.call('POST', wire, {
          name: 'n',
          username: 'u',
          password: 'p',
          tags: `${tags}`,
          ...rest,
        });
        assert.equal(answer.status, 201, answer.text);
        const { password_entity } = answer.json as { password_entity: { identifier: string } };
        for (const tag of tags) tagged.set(tag, [...(tagged.get(tag) ?? []), Number(password_entity.identifier)]);
      };
      const shared = { groups_allowed: [{ name: 'all', can_edit: false }] };
      const ends = async (at: number) => {
        await create(ana, ['every', 'own'], {});
        await create(bob, ['hidden'], {});
        await create(ana, ['every', `border ${at}`], shared);
      };
      await ends(0);
      for (let at = 1; at <= many; at += 100) {
        const some = Array.from({ length: Math.min(100, many - at + 1) }, (_, more) => at + more);
        await Promise.all(
          some.map((one) =>
            create(bob, ['every', ...(one % 250 === 0 ? ['rare'] : []), ...(one === many ? ['last'] : [])], shared),
          ),
        );
        if (at === 501) await ends(at);
      }
      await ends(many);
      for (const numbers of tagged.values()) numbers.sort((a, b) => a - b);
    }, patient);
    after(() => safe?.close());

    async function listed(who: Person, query: string): Promise<number[]> {
      const answer = await who.call('GET', `${wire}?${query}`);
      assert.equal(answer.status, 200, answer.text);
      const { password_on_list } = answer.json as { password_on_list: { identifier: string }[] };
      return password_on_list.map(({ identifier }) => Number(identifier));
    }
    const of = (tag: string): number[] => tagged.get(tag) ?? [];

    it('finds each one once, in order, own ones and shared ones, and nobody else his own', async () => {
      assert.equal(of('every').length, many + 6);
      for (const tag of ['every', 'own', 'rare', 'last', 'border 0', 'border 501', `border ${many}`])
        assert.deepEqual(await listed(ana, `tag=${encodeURIComponent(tag)}`), of(tag), tag);
      assert.deepEqual(await listed(ana, 'tag=hidden'), []);
      assert.deepEqual(await listed(bob, 'tag=hidden'), of('hidden'));
      const own = of('own');
      assert.deepEqual(
        await listed(bob, 'tag=every&username=u'),
        of('every').filter((number) => !own.includes(number)),
      );
    });

    it('gives the same page by page, at whatever size', async () => {
      for (const size of [1, 499, 500, 501, 1000, 1001]) {
        const from = size === 1 ? of('every').slice(-3)[0] : 0;
        const expected = of('every').filter((number) => number > (from ?? 0));
        const found: number[] = [];
        for (let last = from ?? 0; ; last = found.at(-1) ?? 0) {
          const page = await listed(ana, `tag=every&limit=${size}&after=${last}`);
          assert.ok(page.length <= size);
          found.push(...page);
          if (page.length < size) break;
        }
        assert.deepEqual(found, expected, String(size));
      }
      const [first = 0] = of('rare');
      assert.deepEqual(await listed(ana, `tag=rare&limit=2&after=${first}`), of('rare').slice(1, 3));
    });
  });
}
