import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { engines, type Person, startSafe, type TestSafe } from '../../start-safe.ts';
import { done, mustBeInvalid, mustRefuse } from '../problem.ts';

type Item = { kind: string; number: number; name: string; lastUsedAt: string | null; role: string; sharedWith: number };
type Page = { items: Item[]; total: number; next: string | null };

for (const engine of engines) {
  describe(`finding items over our own API on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    let ben: Person;
    const list = async (who: Person, query: string) => done<Page>(await who.call('GET', `/api/v1/items?${query}`));
    const names = async (who: Person, query: string) => (await list(who, query)).items.map((item) => item.name);

    before(async () => {
      safe = await startSafe(engine);
      [ana, ben] = await Promise.all([safe.person('ana'), safe.person('ben')]);
      const rows: [string, object][] = [
        [
          'password',
          { name: 'GitHub', username: 'ana@example.com', password: 'x', url: 'https://github.com', tags: ['Work'] },
        ],
        [
          'password',
          { name: 'Bank', username: 'ana', password: 'x', url: 'https://bank.example', tags: ['home', 'money'] },
        ],
        ['password', { name: 'Ärztin', username: 'ana', password: 'x' }],
        ['note', { name: 'git rules', note: 'never found by what is secret: hunter2' }],
        ['api-secret', { name: 'Pay', url: 'https://pay.example', clientId: 'shop', identifierCode: 'PAY-1' }],
      ];
      for (const [kind, body] of rows) done(await ana.call('POST', `/api/v1/items/${kind}`, body), 201);
      done(await ben.call('POST', '/api/v1/items/note', { name: "ben's own", note: 'x' }), 201);
      done(await ben.call('POST', '/api/v1/items/note', { name: "ben's git", note: 'x' }), 201);
      done(await ben.call('PUT', '/api/v1/items/note/3/shares/users/ana', { role: 'viewer' }));
      done(await ana.call('POST', '/api/v1/items/password/2/disable'));
    });
    after(() => safe.close());

    const rows: [string, string[]][] = [
      ['', ["ben's git", 'git rules', 'GitHub', 'Pay', 'Ärztin']],
      ['q=git', ["ben's git", 'git rules', 'GitHub']],
      ['q=GIT%20rules', ['git rules']],
      ['q=rules%20git', ['git rules']],
      ['q=example.com%20work', ['GitHub']],
      ['q=%C3%A4RZT', ['Ärztin']],
      ['q=hunter2', []],
      ['q=nothing', []],
      // Not the name of a field, nor that it holds something.
      ['q=password', []],
      ['kind=password', ['GitHub', 'Ärztin']],
      ['kind=password&state=all', ['Bank', 'GitHub', 'Ärztin']],
      ['state=disabled', ['Bank']],
      ['tag=work', ['GitHub']],
      ['tag=wor', []],
      ['state=all&tag=money', ['Bank']],
      ['name=github', ['GitHub']],
      ['username=ANA', ['Ärztin']],
      ['url=https%3A%2F%2Fpay.example', ['Pay']],
      ['identifierCode=pay-1', ['Pay']],
      ['owner=me', ['git rules', 'GitHub', 'Pay', 'Ärztin']],
      ['owner=others', ["ben's git"]],
      ['owner=Ben', ["ben's git"]],
      ['owner=nobody', []],
      ['sort=-name', ['Ärztin', 'Pay', 'GitHub', 'git rules', "ben's git"]],
      ['sort=createdAt', ['GitHub', 'Ärztin', 'git rules', 'Pay', "ben's git"]],
      ['sort=updatedAt&kind=password&state=all', ['GitHub', 'Ärztin', 'Bank']],
      ['sort=number&kind=password&state=all', ['GitHub', 'Bank', 'Ärztin']],
      ['sort=-number&kind=password&state=all', ['Ärztin', 'Bank', 'GitHub']],
    ];
    for (const [query, expected] of rows) {
      it(`?${query}`, async () => {
        assert.deepEqual(await names(ana, query), expected);
        assert.equal((await list(ana, query)).total, expected.length);
      });
    }

    it('what is not known is refused by name', async () => {
      mustBeInvalid(await ana.call('GET', '/api/v1/items?kind=folder'), ['kind']);
      mustBeInvalid(await ana.call('GET', '/api/v1/items?sort=color&limit=0'), ['sort', 'limit']);
      mustBeInvalid(await ana.call('GET', '/api/v1/items?password=x'), ['password']);
    });

    it('an item tells how one stands to it, and when it was last revealed', async () => {
      const [shared] = (await list(ana, 'owner=others')).items;
      assert.deepEqual([shared?.role, shared?.sharedWith, shared?.lastUsedAt], ['viewer', 1, null]);
      done(await ana.call('POST', `/api/v1/items/note/${shared?.number}/reveal`));
      // Uses are written within a minute, or when the safe closes.
      await safe.restart();
      const [used] = (await list(ana, 'owner=others')).items;
      assert.ok(used?.lastUsedAt);
      assert.equal((await list(ana, 'sort=-lastUsedAt')).items[0]?.name, used.name);
    });

    it('pages lose nothing and show nothing twice while items are added, renamed and disabled', async () => {
      const cleo = await safe.person('cleo');
      const add = async (name: string) =>
        done<Item>(await cleo.call('POST', '/api/v1/items/note', { name, note: 'x' }), 201).number;
      const numbers = new Map<string, number>();
      for (let at = 0; at < 30; at += 1) {
        const name = `n${String(at).padStart(2, '0')}`;
        numbers.set(name, await add(name));
      }
      const seen: string[] = [];
      let next: string | null = null;
      let pages = 0;
      do {
        const page: Page = await list(cleo, `limit=7${next === null ? '' : `&cursor=${next}`}`);
        seen.push(...page.items.map((item) => item.name));
        next = page.next;
        pages += 1;
        if (pages === 1) {
          await add('a before all');
          await add('zz after all');
          // The very item that the cursor stands at.
          done(await cleo.call('POST', `/api/v1/items/note/${numbers.get('n06')}/disable`));
          done(await cleo.call('PATCH', `/api/v1/items/note/${numbers.get('n10')}`, { name: 'n10 renamed' }));
          numbers.delete('n10');
        }
      } while (next !== null);
      assert.deepEqual(seen, [...new Set(seen)]);
      for (const name of numbers.keys()) assert.ok(seen.includes(name), name);
      assert.ok(seen.includes('n10 renamed') && seen.includes('zz after all') && !seen.includes('a before all'));
      assert.equal(pages, 5);
    });

    it('a cursor is of one list, tells nothing, and cannot be made', async () => {
      const { next } = await list(ana, 'limit=1');
      assert.ok(next && !Buffer.from(next, 'base64url').toString('latin1').includes('ben'));
      const changed = `${next.slice(0, -2)}${next.endsWith('AA') ? 'BB' : 'AA'}`;
      for (const query of [
        `limit=1&q=x&cursor=${next}`,
        `sort=-name&cursor=${next}`,
        `cursor=${changed}`,
        'cursor=x',
      ]) {
        mustRefuse(await ana.call('GET', `/api/v1/items?${query}`), 400, 'cursor_invalid', query);
      }
      // A page may be of another length.
      done(await ana.call('GET', `/api/v1/items?limit=3&cursor=${next}`));
    });

    it('a key for chosen items lists those alone, and what a user lost is gone at once', async () => {
      const limited = await safe.person('ana', { items: ['note:1', 'note:2'] });
      assert.deepEqual(await names(limited, ''), ['git rules']);
      done(await ben.call('DELETE', '/api/v1/items/note/3/shares/users/ana'));
      assert.deepEqual(await names(ana, 'owner=others'), []);
    });

    it('names that sort, tags and words of other scripts', async () => {
      const dora = await safe.person('dora');
      for (const name of ['日本', 'ﬁle', 'Zoo', '😀 smile']) {
        done(await dora.call('POST', '/api/v1/items/note', { name, note: 'x' }), 201);
      }
      assert.deepEqual(await names(dora, 'q=file'), ['ﬁle']);
      assert.deepEqual(await names(dora, `q=${encodeURIComponent('本')}`), ['日本']);
      assert.deepEqual(await names(dora, `q=${encodeURIComponent('😀')}`), ['😀 smile']);
    });
  });
}
