import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditLines } from '../audit-left.ts';
import { anyPassword, engines, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { addKey, path as keys, settlePolicy } from './access-keys-cast.ts';
import { recordMany } from './audit-entries.ts';
import { done, mustRefuse } from './problem.ts';

const noon = Date.parse('2027-03-01T12:00:00Z');
const day = 86_400_000;
const minute = 60_000;
const path = '/api/v1/statistics';

type DayCount = { day: string; count: number };
type Statistics = {
  users: { active: number; disabled: number; withoutItems: number };
  items: { kind: string; enabled: number; disabled: number }[];
  itemsMade: DayCount[];
  reveals: DayCount[];
  groups: { user: number; private: number };
  accessKeys: { live: number; held: number; expired: number; revoked: number };
  sessions: number;
  storeBytes: number;
};

for (const engine of engines) {
  describe(`statistics on ${engine}`, () => {
    let safe: TestSafe;
    let adam: SignedIn;
    let ana: SignedIn;
    before(async () => {
      safe = await startSafe(engine);
      safe.setClock(new Date(noon));
      [adam, ana] = [await safe.signIn('adam', 'admin'), await safe.signIn('ana')];
    });
    after(() => safe.close());

    const read = async () => done<Statistics>(await adam.call('GET', path));
    const days = (counts: readonly DayCount[]) =>
      Object.fromEntries(counts.filter(({ count }) => count > 0).map((one) => [one.day, one.count]));

    it('are for administrators', async () => {
      mustRefuse(await safe.call('GET', path), 401, 'token_missing');
      const script = await safe.person('adam');
      for (const [who, user] of [
        [ana, 'ana'],
        [script, 'adam'],
      ] as const) {
        const answer = await who.call('GET', path);
        mustRefuse(answer, 403, 'access_denied');
        assert.deepEqual(await auditLines(safe, answer), [`statistics.read.refused ${user} - access_denied`]);
      }
      await settlePolicy(safe, { secondFactor: 'admins' });
      mustRefuse(await adam.call('GET', path), 403, 'second_factor_not_enrolled');
      await settlePolicy(safe, { secondFactor: 'optional' });
      safe.setClock(new Date(noon + 11 * minute));
      // Numbers are no secret: an old proof is good enough.
      done(await adam.call('GET', path));
      safe.setClock(new Date(noon));
    });

    it('of a safe in which little was done are mostly nothing', async () => {
      const { storeBytes, ...rest } = await read();
      assert.ok(storeBytes > 50_000 && Number.isInteger(storeBytes), `${storeBytes} bytes`);
      assert.deepEqual(
        [rest.users, rest.groups, rest.accessKeys, rest.sessions],
        [
          { active: 2, disabled: 0, withoutItems: 2 },
          { user: 0, private: 0 },
          { live: 1, held: 0, expired: 0, revoked: 0 },
          2,
        ],
      );
      assert.deepEqual(
        rest.items,
        ['password', 'note', 'api-secret', 'file'].map((kind) => ({ kind, enabled: 0, disabled: 0 })),
      );
      for (const counts of [rest.itemsMade, rest.reveals]) {
        assert.equal(counts.length, 30);
        assert.deepEqual(
          [counts[0], counts[29]],
          [
            { day: '2027-01-31', count: 0 },
            { day: '2027-03-01', count: 0 },
          ],
        );
        assert.deepEqual(
          [...counts].sort((a, b) => (a.day < b.day ? -1 : 1)),
          counts,
        );
      }
    });

    it('count people, disabled ones by themselves, and active ones without an item', async () => {
      await safe.operator.run('user.add', { username: 'ben', password: anyPassword });
      await safe.operator.run('user.add', { username: 'eve', password: anyPassword });
      await safe.operator.run('user.disable', { username: 'eve' });
      done(await ana.call('POST', '/api/v1/items/note', { name: 'n', note: 'x' }), 201);
      assert.deepEqual((await read()).users, { active: 3, disabled: 1, withoutItems: 2 });
    });

    it('count items by kind and state', async () => {
      done(await ana.call('POST', '/api/v1/items/note', { name: 'n', note: 'x' }), 201);
      done(await ana.call('POST', '/api/v1/items/password', { name: 'n', username: 'u', password: 'x' }), 201);
      done(await ana.call('POST', '/api/v1/items/note/2/disable'));
      assert.deepEqual((await read()).items, [
        { kind: 'password', enabled: 1, disabled: 0 },
        { kind: 'note', enabled: 1, disabled: 1 },
        { kind: 'api-secret', enabled: 0, disabled: 0 },
        { kind: 'file', enabled: 0, disabled: 0 },
      ]);
    });

    it('count what was made and revealed by day in UTC, thirty days back and no further', async () => {
      assert.deepEqual(days((await read()).itemsMade), { '2027-03-01': 3 });
      for (let count = 0; count < 2; count += 1) done(await ana.call('POST', '/api/v1/items/note/1/reveal'));
      const draft = { event: 'item.revealed', userId: null, accessKeyId: null, target: 'note:1', details: {} } as const;
      const midnight = Date.parse('2027-03-01T00:00:00Z');
      for (const at of [midnight - 29 * day - 1, midnight - 29 * day, midnight - day, midnight - 1, midnight]) {
        safe.setClock(new Date(at));
        await recordMany(safe.serving.safe, [{ ...draft, at: new Date(at) }]);
      }
      safe.setClock(new Date(noon));
      const refused = { ...draft, event: 'item.reveal.refused', at: new Date(noon) } as const;
      await recordMany(safe.serving.safe, [refused]);
      assert.deepEqual(days((await read()).reveals), { '2027-03-01': 3, '2027-02-28': 2, '2027-01-31': 1 });
    });

    it('count groups, and access keys by state', async () => {
      await safe.operator.run('group.add', { name: 'Makers' });
      done(await ana.call('POST', '/api/v1/private-groups', { name: 'mine' }), 201);
      assert.deepEqual((await read()).groups, { user: 1, private: 1 });
      await addKey(ana, { expiresAt: new Date(noon + 1000).toISOString() });
      const { id } = await addKey(ana);
      done(await ana.call('POST', `${keys}/${id}/revoke`));
      assert.deepEqual((await read()).accessKeys, { live: 2, held: 0, expired: 0, revoked: 1 });
      safe.setClock(new Date(noon + 1000));
      assert.deepEqual((await read()).accessKeys, { live: 1, held: 0, expired: 1, revoked: 1 });
      safe.setClock(new Date(noon));
    });

    it('count the sessions that a call would find live', async () => {
      const lives = async (who: SignedIn) => (await who.call('GET', keys)).status === 200;
      const ben = await safe.signIn('ben');
      const eve = await safe.signIn('ana');
      assert.equal((await read()).sessions, 4);
      safe.setClock(new Date(noon + 1000));
      await safe.operator.run('user.disable', { username: 'ben' });
      assert.equal((await read()).sessions, 3);
      await safe.operator.run('user.enable', { username: 'ben' });
      assert.equal(await lives(ben), false);
      assert.equal((await read()).sessions, 3);
      // What was used is written within a minute; here nobody waits for that.
      safe.setClock(new Date(noon + 61 * minute));
      adam = await safe.signIn('adam');
      assert.equal((await read()).sessions, 1);
      await settlePolicy(safe, { sessionHours: 1 });
      assert.equal((await read()).sessions, 1);
      safe.setClock(new Date(noon + 61 * minute + 59 * minute));
      assert.equal((await read()).sessions, 1);
      assert.equal(await lives(eve), false);
    });
  });
}
