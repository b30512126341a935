import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditLines } from '../../audit-left.ts';
import { engineOf, type Person, startSafe, type TestSafe } from '../../start-safe.ts';
import { done, mustBeInvalid, mustRefuse, type Problem } from '../problem.ts';

type Result = { kind: string; number: number; result?: Record<string, unknown>; problem?: Problem };

for (const engine of engineOf(import.meta.filename)) {
  describe(`batches over our own API on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    let ben: Person;
    before(async () => {
      safe = await startSafe(engine);
      [ana, ben] = await Promise.all([safe.person('ana'), safe.person('ben')]);
      for (let at = 1; at <= 3; at += 1) {
        done(await ana.call('POST', '/api/v1/items/note', { name: `n${at}`, note: `secret ${at}` }), 201);
      }
      done(await ben.call('POST', '/api/v1/items/note', { name: "ben's", note: 'x' }), 201);
    });
    after(() => safe.close());

    const items = [
      { kind: 'note', number: 1 },
      { kind: 'note', number: 4 },
      { kind: 'note', number: 99 },
      { kind: 'note', number: 2 },
    ];
    const results = async (who: Person, path: string, body: object) => {
      const answer = await who.call('POST', `/api/v1/batch/${path}`, body);
      const { results: all } = done<{ results: Result[] }>(answer);
      return { all, lines: (await auditLines(safe, answer)).sort(), outcomes: all.map(outcomeOf) };
    };
    const outcomeOf = ({ number, problem }: Result) => `${number} ${problem?.code ?? 'done'}`;
    const expected = ['1 done', '4 access_denied', '99 item_not_found', '2 done'];

    it('reveals each item or says why not, and records each', async () => {
      const { all, lines, outcomes } = await results(ana, 'reveal', { items });
      assert.deepEqual(outcomes, expected);
      assert.deepEqual(all[0]?.result?.secrets, { note: 'secret 1' });
      assert.deepEqual(lines, [
        'item.reveal.refused ana note:4 access_denied',
        'item.reveal.refused ana note:99 item_not_found',
        'item.revealed ana note:1',
        'item.revealed ana note:2',
      ]);
    });

    it('shares, disables and enables the same way', async () => {
      const shared = await results(ana, 'share', { items, user: 'ben', role: 'viewer' });
      assert.deepEqual(shared.outcomes, expected);
      assert.deepEqual((await results(ben, 'reveal', { items })).outcomes, [
        '1 done',
        '4 done',
        '99 item_not_found',
        '2 done',
      ]);
      assert.deepEqual((await results(ana, 'disable', { items })).outcomes, expected);
      assert.deepEqual((await results(ana, 'reveal', { items: items.slice(0, 1) })).outcomes, ['1 item_disabled']);
      const enabled = await results(ana, 'enable', { items });
      assert.deepEqual(enabled.outcomes, expected);
      assert.equal(enabled.all[0]?.result?.changed, true);
    });

    it('refuses those that someone changed meanwhile', async () => {
      const stale = [
        { kind: 'note', number: 1, revision: 1 },
        { kind: 'note', number: 3, revision: 1 },
      ];
      assert.deepEqual((await results(ana, 'disable', { items: stale })).outcomes, ['1 revision_stale', '3 done']);
    });

    it('the same item twice is done twice, in order', async () => {
      const twice = await results(ana, 'disable', {
        items: [
          { kind: 'note', number: 2 },
          { kind: 'note', number: 2 },
        ],
      });
      assert.deepEqual(
        twice.all.map(({ result }) => result?.changed),
        [true, false],
      );
    });

    it('takes 1 to 200 items, and one subject', async () => {
      mustBeInvalid(await ana.call('POST', '/api/v1/batch/reveal', { items: [] }), ['items']);
      const many = Array.from({ length: 201 }, (_, at) => ({ kind: 'note', number: at + 1 }));
      mustBeInvalid(await ana.call('POST', '/api/v1/batch/reveal', { items: many }), ['items']);
      assert.equal((await results(ana, 'reveal', { items: many.slice(0, 200) })).all.length, 200);
      for (const subject of [{}, { user: 'ben', groupId: 1 }]) {
        mustBeInvalid(await ana.call('POST', '/api/v1/batch/share', { items, role: 'viewer', ...subject }), ['user']);
      }
    });

    it('without a credential that counts nothing is answered item by item', async () => {
      mustRefuse(await safe.call('POST', '/api/v1/batch/reveal', { items }), 401, 'token_missing');
      await safe.operator.run('access-key.revoke', { clientId: ben.clientId });
      mustRefuse(await ben.call('POST', '/api/v1/batch/reveal', { items }), 401, 'token_invalid');
    });

    it('a key that encrypts gives every secret encrypted, or says which is too long', async () => {
      const sealed = await safe.person('ana', { encryption: 'rsa-oaep' });
      const long = done<{ number: number }>(
        await ana.call('POST', '/api/v1/items/note', { name: 'long', note: 'x'.repeat(5000) }),
        201,
      );
      const { all, outcomes } = await results(sealed, 'reveal', {
        items: [
          { kind: 'note', number: 2 },
          { kind: 'note', number: long.number },
        ],
      });
      assert.deepEqual(outcomes, ['2 item_disabled', `${long.number} answer_unencryptable`]);
      done(await ana.call('POST', '/api/v1/items/note/2/enable'));
      const again = await results(sealed, 'reveal', { items: [{ kind: 'note', number: 2 }] });
      const [first] = again.all;
      assert.match(JSON.stringify(first?.result?.secrets), /^{"note":"[A-Za-z0-9+/]{600,}=*"}$/);
      assert.equal(all.length, 2);
    });
  });
}
