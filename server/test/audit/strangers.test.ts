import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { flushTallies } from '../../src/actions/flush-tallies.ts';
import { contextOf } from '../../src/admin/operate.ts';
import { engines, type Person, startSafe, type TestSafe } from '../start-safe.ts';
import { type Entry, watchAudit } from './new-entries.ts';

const noon = Date.parse('2027-03-01T12:00:00Z');

for (const engine of engines) {
  describe(`refusals of strangers on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    let take: () => Promise<Entry[]>;
    before(async () => {
      safe = await startSafe(engine, { ARCA_TRUSTED_PROXIES: '127.0.0.1' });
      safe.setClock(new Date(noon));
      ana = await safe.person('ana');
      take = (await watchAudit(safe)).take;
    });
    after(() => safe.close());

    const ask = (clientId: string, from: string) =>
      safe.call(
        'POST',
        '/api/oauth2/token',
        { grant_type: 'client_credentials', client_id: clientId, client_secret: 'wrong' },
        { 'x-forwarded-for': from },
      );
    const read = (token: string, from: string) =>
      safe.call('GET', '/api/mysafe/note/1', undefined, { authorization: `Bearer ${token}`, 'x-forwarded-for': from });
    const flush = (everything = false) => flushTallies(contextOf(safe.serving.safe, 'tester'), everything);
    const details = async () =>
      (await take()).map(({ event, details }): Record<string, unknown> => ({ event, ...details }));
    const issue = 'token.issue.refused';
    const counted = 'audit.refusals-counted';
    const reason = 'client_unknown';

    it('are one entry a minute for each address, account and reason, and then a count', async () => {
      const [address, other] = ['203.0.113.1', '203.0.113.2'];
      const account = ana.clientId;
      for (let count = 0; count < 5; count += 1) assert.equal((await ask(account, address)).status, 401);
      assert.deepEqual(await details(), [{ event: issue, address, account, reason }]);
      await ask(account, other);
      assert.deepEqual(await details(), [{ event: issue, address: other, account, reason }]);
      await ask('0'.repeat(41), address);
      assert.deepEqual(await details(), [{ event: issue, address, account: '0'.repeat(41), reason }]);

      safe.setClock(new Date(noon + 59_000));
      await ask(account, address);
      await flush();
      assert.deepEqual(await details(), []);
      safe.setClock(new Date(noon + 60_000));
      await flush();
      assert.deepEqual(await details(), [{ event: counted, address, account, reason, count: 5 }]);
      await flush();
      assert.deepEqual(await details(), []);

      await ask(account, address);
      assert.deepEqual(await details(), [{ event: issue, address, account, reason }]);
      safe.setClock(new Date(noon + 120_000));
      await flush();
      assert.deepEqual(await details(), []);
    });

    it('keep nothing of what they typed as a name unless it is a client id', async () => {
      await ask('my-password-by-mistake', '203.0.113.3');
      assert.deepEqual(await details(), [{ event: issue, address: '203.0.113.3', reason }]);
    });

    it('are told apart by their reason, whether without a token, with a bad one, or from a wrong place', async () => {
      const address = '203.0.113.4';
      const event = 'item.reveal.refused';
      const account = ana.clientId;
      await safe.call('GET', '/api/mysafe/note/1', undefined, { 'x-forwarded-for': address });
      assert.deepEqual(await details(), [{ event, address, reason: 'token_missing' }]);
      await read('no.to.ken', address);
      assert.deepEqual(await details(), [{ event, address, reason: 'token_invalid' }]);
      await safe.operator.run('access-key.change', { clientId: account, addresses: ['198.51.100.1'] });
      await take();
      await read(ana.token, address);
      await read(ana.token, address);
      assert.deepEqual(await details(), [{ event, address, account, reason: 'key_restricted' }]);
      await safe.operator.run('access-key.change', { clientId: account, addresses: [] });
    });

    it('are not what someone known is refused: each of those is an entry', async () => {
      for (let count = 0; count < 3; count += 1) assert.equal((await read(ana.token, '203.0.113.5')).status, 400);
      const entries = (await take()).filter(({ event, user }) => event === 'item.reveal.refused' && user === 'ana');
      assert.equal(entries.length, 3);
    });

    it('are all told before the safe is closed', async () => {
      safe.setClock(new Date(noon + 300_000));
      await flush(true);
      await take();
      for (let count = 0; count < 4; count += 1) await ask(ana.clientId, '203.0.113.6');
      await safe.restart();
      const told = (await details()).filter(({ address }) => address === '203.0.113.6');
      assert.deepEqual(
        told.map(({ event, count }) => ({ event, count })),
        [
          { event: counted, count: 3 },
          { event: issue, count: undefined },
        ],
      );
    });
  });
}
