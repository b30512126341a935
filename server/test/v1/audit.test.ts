import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditLines } from '../audit-left.ts';
import { engineOf, type Person, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { addKey, settlePolicy } from './access-keys-cast.ts';
import { allOf, type Entry, pageOf, path, recordMany } from './audit-entries.ts';
import { done, mustBeInvalid, mustRefuse } from './problem.ts';

const noon = Date.parse('2027-03-01T12:00:00Z');
const note = '/api/v1/items/note';
const via = (address: string) => ({ 'x-forwarded-for': address });

const told = (entries: readonly Entry[]) =>
  entries.map(({ event, user, target }) => [event, user ?? '-', target ?? '-'].join(' '));

for (const engine of engineOf(import.meta.filename)) {
  describe(`the audit over our own API on ${engine}`, () => {
    let safe: TestSafe;
    let ana: SignedIn;
    let ben: SignedIn;
    let adam: SignedIn;
    let script: Person;
    before(async () => {
      safe = await startSafe(engine, { ARCA_TRUSTED_PROXIES: '127.0.0.1', ARCA_LANES: '4' });
      // Time stands still: entries of many lanes at one moment have an order all the same.
      safe.setClock(new Date(noon));
      [ana, ben, adam] = [await safe.signIn('ana'), await safe.signIn('ben'), await safe.signIn('adam', 'admin')];
      script = await safe.person('ana');
      for (const name of ['one', 'two']) done(await ana.call('POST', note, { name, note: 'x' }), 201);
      safe.setClock(new Date(noon + 1000));
      done(await ana.call('PUT', `${note}/1/shares/users/ben`, { role: 'viewer' }));
      done(await ben.call('POST', `${note}/1/reveal`, undefined, via('203.0.113.9')));
      mustRefuse(await ben.call('POST', `${note}/2/reveal`, undefined, via('198.51.100.1')), 403, 'access_denied');
      safe.setClock(new Date(noon + 2000));
      done(await script.call('POST', `${note}/1/reveal`, undefined, via('2001:db8::7')));
    });
    after(() => safe.close());

    it('is for people who signed in', async () => {
      mustRefuse(await safe.call('GET', path), 401, 'token_missing');
      const answer = await script.call('GET', path);
      mustRefuse(answer, 403, 'access_denied');
      assert.deepEqual(await auditLines(safe, answer), ['audit.list.refused ana - access_denied']);
      await settlePolicy(safe, { secondFactor: 'admins' });
      mustRefuse(await adam.call('GET', path), 403, 'second_factor_not_enrolled');
      await settlePolicy(safe, { secondFactor: 'optional' });
      const eve = await safe.signIn('eve');
      await safe.operator.run('user.disable', { username: 'eve' });
      mustRefuse(await eve.call('GET', path), 401, 'token_invalid');
    });

    it('shows an entry with who acted, how, on what, from where', async () => {
      const [entry] = (await pageOf(adam, 'event=item.revealed&user=ana')).entries;
      const { id, accessKey, requestId, ...rest } = entry ?? assert.fail();
      assert.match(id, /^[0-9a-f]{16}:\d+$/);
      assert.match(requestId, /^[0-9a-f-]{36}$/);
      assert.equal(accessKey?.clientId, script.clientId);
      assert.deepEqual(rest, {
        at: '2027-03-01T12:00:02.000Z',
        event: 'item.revealed',
        user: 'ana',
        target: 'note:1',
        address: '2001:db8::7',
        details: { version: 1, fields: ['note'] },
      });
      const [bySession] = (await pageOf(adam, 'event=item.revealed&user=ben')).entries;
      assert.deepEqual([bySession?.accessKey, bySession?.user], [null, 'ben']);
      const [byOperator] = (await pageOf(adam, 'event=access-key.added')).entries;
      assert.deepEqual([byOperator?.user, byOperator?.address, byOperator?.details.operator], [null, null, 'tester']);
    });

    it('shows a member his own acts', async () => {
      assert.deepEqual(told(await allOf(ben)).sort(), [
        'item.reveal.refused ben note:2',
        'item.revealed ben note:1',
        'session.started ben user:2',
      ]);
      assert.deepEqual(await allOf(ben), await allOf(ben, 'user=ben'));
      assert.deepEqual(await allOf(ben), await allOf(adam, 'user=ben'));
      for (const user of ['ana', 'nobody', 'adam']) {
        const answer = await ben.call('GET', `${path}?user=${user}`);
        mustRefuse(answer, 403, 'access_denied');
        assert.deepEqual(await auditLines(safe, answer), ['audit.list.refused ben - access_denied']);
      }
    });

    it('shows the owner of an item all that was done to it, and others their own part', async () => {
      assert.deepEqual(told(await allOf(ana, 'item=note:1')).sort(), [
        'item.created ana note:1',
        'item.revealed ana note:1',
        'item.revealed ben note:1',
        'item.shared ana note:1',
      ]);
      assert.deepEqual(await allOf(ana, 'item=note:1'), await allOf(adam, 'item=note:1'));
      assert.deepEqual(told(await allOf(ana, 'item=note:1&user=ben')), ['item.revealed ben note:1']);
      assert.deepEqual(told(await allOf(ben, 'item=note:1')), ['item.revealed ben note:1']);
      assert.deepEqual(told(await allOf(ben, 'item=note:2')), ['item.reveal.refused ben note:2']);
      assert.deepEqual(await allOf(ben, 'item=note:999'), []);
      mustRefuse(await ben.call('GET', `${path}?item=note:1&user=ana`), 403, 'access_denied');
      // With the item its whole history goes to the next owner, and leaves the one before.
      done(await ana.call('POST', `${note}/2/transfer`, { to: 'ben', keepAccess: false }));
      assert.equal((await allOf(ben, 'item=note:2')).length, 3);
      const mine = told(await allOf(ana, 'item=note:2')).sort();
      assert.deepEqual(mine, ['item.created ana note:2', 'item.transferred ana note:2']);
    });

    const everything = () => allOf(adam);
    /** What a filter must find, by looking at everything. */
    const filters: readonly [string, (entry: Entry) => boolean][] = [
      ['event=item.revealed', ({ event }) => event === 'item.revealed'],
      ['event=item.', ({ event }) => event.startsWith('item.')],
      ['event=item', () => false],
      ['event=session.', ({ event }) => event.startsWith('session.')],
      ['event=item.reveal.', ({ event }) => event === 'item.reveal.refused'],
      ['event=nothing.', () => false],
      ['event=item.&user=ana', ({ event, user }) => event.startsWith('item.') && user === 'ana'],
      ['event=item.&item=note:1', ({ event, target }) => event.startsWith('item.') && target === 'note:1'],
      ['event=item.revealed&item=note:1', ({ event, target }) => event === 'item.revealed' && target === 'note:1'],
      ['user=ana', ({ user }) => user === 'ana'],
      ['user=%20ANA', ({ user }) => user === 'ana'],
      ['item=note:1', ({ target }) => target === 'note:1'],
      ['item=note:1&user=ben', ({ target, user }) => target === 'note:1' && user === 'ben'],
      ['address=203.0.113.9', ({ address }) => address === '203.0.113.9'],
      ['address=203.0.113.0/24', ({ address }) => address === '203.0.113.9'],
      ['address=2001:DB8:0:0::/64', ({ address }) => address === '2001:db8::7'],
      ['address=*', ({ address }) => address !== null],
      ['address=203.0.113.9&user=ana', () => false],
      ['reason=denied', ({ details }) => details.reason === 'access_denied'],
      [
        'reason=DENIED&event=item.',
        ({ event, details }) => details.reason === 'access_denied' && event.startsWith('item.'),
      ],
      ['reason=denied&event=item.reveal.refused', ({ event }) => event === 'item.reveal.refused'],
      ['reason=denied&user=ben', ({ user, details }) => details.reason === 'access_denied' && user === 'ben'],
      ['reason=denied&event=item.revealed', () => false],
      ['since=2027-03-01T12:00:01Z', ({ at }) => at >= '2027-03-01T12:00:01.000Z'],
      ['until=2027-03-01T12:00:01Z', ({ at }) => at < '2027-03-01T12:00:01.000Z'],
      ['since=2027-03-01T13:00:01%2B01:00&until=2027-03-01T12:00:02Z', ({ at }) => at === '2027-03-01T12:00:01.000Z'],
      [
        'since=2027-03-01T12:00:01Z&event=item.',
        ({ at, event }) => at >= '2027-03-01T12:00:01.000Z' && event.startsWith('item.'),
      ],
    ];
    for (const [query, fits] of filters) {
      it(`finds by ${query} what a look at everything finds, in pages of any size`, async () => {
        const wanted = (await everything()).filter(fits).map(({ id }) => id);
        for (const limit of [1, 2, 200]) {
          assert.deepEqual(
            (await allOf(adam, `${query}&limit=${limit}`)).map(({ id }) => id),
            wanted,
            `${limit}`,
          );
        }
      });
    }

    it('refuses filters that it cannot read', async () => {
      for (const [query, field] of [
        ['event=ITEM', 'event'],
        ["event=item'", 'event'],
        ['item=note', 'item'],
        ['item=thing:1', 'item'],
        ['item=note:0', 'item'],
        ['since=yesterday', 'since'],
        ['until=2027-03-01', 'until'],
        ['address=nowhere', 'address'],
        ['reason=', 'reason'],
        ['limit=0', 'limit'],
        ['limit=201', 'limit'],
        ['who=ana', 'who'],
      ] as const) {
        mustBeInvalid(await adam.call('GET', `${path}?${query}`), [field], query);
      }
      mustRefuse(await adam.call('GET', `${path}?user=nobody`), 404, 'user_not_found');
      for (const cursor of ['x', '1', '1.2.3', `${noon}.0123456789abcdef.`, `${noon}.0123456789ABCDEF.1`]) {
        mustRefuse(await adam.call('GET', `${path}?cursor=${cursor}`), 400, 'cursor_invalid');
      }
    });

    it('goes on where a page ended while entries are added, losing and repeating none', async () => {
      const before = (await everything()).map(({ id }) => id);
      const seen: string[] = [];
      let cursor = '';
      for (;;) {
        const page = await pageOf(adam, `limit=3${cursor}`);
        seen.push(...page.entries.map(({ id }) => id));
        if (page.next === null) break;
        cursor = `&cursor=${page.next}`;
        safe.setClock(new Date(noon + 3000 + seen.length));
        await Promise.all([1, 2, 3, 4].map(() => addKey(ana)));
      }
      assert.deepEqual(seen, before);
      assert.ok((await everything()).length > before.length + 10);
    });

    it('looks at 5,000 entries a request at the most, and tells how far it came', async () => {
      const needle = 'by ana, long ago';
      const draft = (number: number, address: string, operator: string) => ({
        ...({ event: 'item.disabled', userId: null, accessKeyId: null, target: `note:${number}` } as const),
        details: { address, operator },
        at: new Date(noon + 3000),
      });
      // The newest last.
      await recordMany(safe.serving.safe, [
        ...Array.from({ length: 20 }, (_, at) => draft(at, '192.0.2.3', 'someone')),
        draft(20, '192.0.2.2', needle),
        ...Array.from({ length: 6000 }, (_, at) => draft(21 + at, '192.0.2.1', 'someone')),
      ]);
      const first = await pageOf(adam, 'address=192.0.2.2');
      assert.deepEqual([first.entries, first.partial], [[], true]);
      assert.ok(first.next);
      const second = await pageOf(adam, `address=192.0.2.2&cursor=${first.next}`);
      assert.deepEqual(
        [second.entries.map(({ details }) => details.operator), second.next, second.partial],
        [[needle], null, false],
      );
      // By its index an event is found at once, however much stands before it.
      const rare = await pageOf(adam, 'event=safe.opened&limit=1');
      assert.deepEqual([told(rare.entries), rare.next, rare.partial], [['safe.opened - -'], null, false]);
      const rares = await pageOf(adam, 'event=safe.');
      assert.deepEqual([told(rares.entries), rares.partial], [['safe.opened - -'], false]);
      assert.equal((await allOf(adam, 'address=192.0.2.0/24&limit=200')).length, 6021);
      assert.equal((await allOf(adam, 'event=item.&address=192.0.2.3&limit=200')).length, 20);
    });

    it('leaves no entry of a look', async () => {
      const count = async () => (await everything()).length;
      const entries = await count();
      await pageOf(adam, 'event=item.');
      await pageOf(ben);
      assert.equal(await count(), entries);
    });
  });
}
