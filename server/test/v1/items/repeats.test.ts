import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditLines } from '../../audit-left.ts';
import { engines, type Person, startSafe, type TestSafe } from '../../start-safe.ts';
import { done, mustBeInvalid, mustRefuse } from '../problem.ts';
import { v1Kinds } from './v1-kinds.ts';

type Item = { number: number; revision: number; name: string };

const key = (text: string) => ({ 'idempotency-key': text });

for (const engine of engines) {
  describe(`requests that are sent again on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    before(async () => {
      safe = await startSafe(engine, { ARCA_LANES: '4' });
      ana = await safe.person('ana');
    });
    after(() => safe.close());

    for (const { kind, path, least } of v1Kinds) {
      it(`a ${kind} is created once for all requests with the same key, also at once`, async () => {
        const send = () => ana.call('POST', path, least, key(`create ${kind}`));
        const answers = await Promise.all(Array.from({ length: 8 }, send));
        const numbers = new Set(answers.map((answer) => done<Item>(answer, 201).number));
        assert.equal(numbers.size, 1);
        const left = (await Promise.all(answers.map((answer) => auditLines(safe, answer)))).flat();
        assert.deepEqual(left, [`item.created ana ${kind}:${[...numbers][0]}`]);
        // Rebuilt as it stands now, not as it was then.
        const [number] = [...numbers];
        done(await ana.call('PATCH', `${path}/${number}`, { name: 'renamed' }));
        assert.equal(done<Item>(await send(), 201).name, 'renamed');
      });

      it(`a ${kind} is disabled once: what happened since is not undone`, async () => {
        const { number } = done<Item>(await ana.call('POST', path, least), 201);
        const disable = () => ana.call('POST', `${path}/${number}/disable`, undefined, key(`disable ${kind}`));
        assert.deepEqual(done(await disable()), { changed: true, revision: 2 });
        done(await ana.call('POST', `${path}/${number}/enable`));
        assert.deepEqual(done(await disable()), { changed: true, revision: 2 });
        done(await ana.call('POST', `${path}/${number}/reveal`));
      });
    }

    const note = '/api/v1/items/note';

    it('a key is for one request: of another body, path or query it is refused', async () => {
      done(await ana.call('POST', note, { name: 'a', note: 'x' }, key('once')), 201);
      const others: [string, object | undefined][] = [
        [note, { name: 'b', note: 'x' }],
        ['/api/v1/items/password', { name: 'a', username: 'u', password: 'x' }],
        [`${note}?x=1`, { name: 'a', note: 'x' }],
        [`${note}/1/disable`, undefined],
      ];
      for (const [path, body] of others) {
        const answer = await ana.call('POST', path, body, key('once'));
        mustRefuse(answer, 422, 'idempotency_key_reused', path);
        const [line] = await auditLines(safe, answer);
        assert.match(line ?? '', /\.refused ana .*idempotency_key_reused$/);
      }
      mustBeInvalid(await ana.call('POST', note, { name: 'a', note: 'x' }, key('x'.repeat(256))), ['Idempotency-Key']);
    });

    it('a key is of one user; a request that was refused may be sent again', async () => {
      const ben = await safe.person('ben');
      const first = done<Item>(await ana.call('POST', note, { name: 'hers', note: 'x' }, key('shared')), 201);
      const second = done<Item>(await ben.call('POST', note, { name: 'his', note: 'x' }, key('shared')), 201);
      assert.notEqual(first.number, second.number);
      const secret = { name: 'pay', url: 'https://pay.example.com', clientId: 'shop', identifierCode: 'X' };
      const { number } = done<Item>(await ana.call('POST', '/api/v1/items/api-secret', secret), 201);
      const again = () => ana.call('POST', '/api/v1/items/api-secret', secret, key('refused first'));
      mustRefuse(await again(), 409, 'identifier_code_taken');
      done(await ana.call('PATCH', `/api/v1/items/api-secret/${number}`, { identifierCode: '' }));
      done(await again(), 201);
    });

    it('a result is made again with the checks of a first time', async () => {
      const made = done<Item>(await ana.call('POST', note, { name: 'a', note: 'x' }, key('checked')), 201);
      const owner = await safe.signIn('ana');
      done(await owner.call('POST', `${note}/${made.number}/transfer`, { to: 'ben', keepAccess: false }));
      mustRefuse(await ana.call('POST', note, { name: 'a', note: 'x' }, key('checked')), 403, 'access_denied');
    });

    it('a batch is done once, item by item', async () => {
      const numbers = [];
      for (const name of ['one', 'two']) {
        numbers.push(done<Item>(await ana.call('POST', note, { name, note: 'x' }), 201).number);
      }
      const body = { items: numbers.map((number) => ({ kind: 'note', number })) };
      const first = done(await ana.call('POST', '/api/v1/batch/disable', body, key('batch')));
      done(await ana.call('POST', '/api/v1/batch/enable', body));
      assert.deepEqual(done(await ana.call('POST', '/api/v1/batch/disable', body, key('batch'))), first);
      for (const number of numbers) done(await ana.call('POST', `${note}/${number}/reveal`));
    });
  });
}
