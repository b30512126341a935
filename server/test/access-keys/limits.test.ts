import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { NewAccessKey } from '../../src/actions/access-keys/add.ts';
import { engineOf, type Person, startSafe, type TestSafe } from '../start-safe.ts';

const path = '/api/mysafe/password';
const noon = Date.parse('2027-03-01T12:00:00Z');
const proxies = '127.0.0.1,10.20.0.0/16';

for (const engine of engineOf(import.meta.filename)) {
  describe(`the limits of an access key on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    before(async () => {
      safe = await startSafe(engine, { ARCA_TRUSTED_PROXIES: proxies });
      ana = await safe.person('ana');
      for (const name of ['one', 'two']) await ana.call('POST', path, { name, username: 'u', password: 'p' });
    });
    after(() => safe.close());

    const changed = (limits: Partial<NewAccessKey>) =>
      safe.operator.run('access-key.change', { clientId: ana.clientId, ...limits });
    const ask = (headers: Record<string, string> = {}) => {
      const body = { grant_type: 'client_credentials', client_id: ana.clientId, client_secret: ana.clientSecret };
      return safe.call('POST', '/api/oauth2/token', body, headers);
    };
    /** What a key is told that is used from where it may not be: 401 when it asks for a token, 403 with one. */
    async function isClosed(headers: Record<string, string>): Promise<void> {
      const token = await ask(headers);
      assert.equal(token.status, 401, JSON.stringify(headers));
      assert.equal((token.json as { error: string }).error, 'invalid_client');
      for (const call of [
        () => ana.call('GET', `${path}/1`, undefined, headers),
        () => ana.call('GET', path, undefined, headers),
        () => ana.call('PUT', `${path}/update/1`, { name: 'x' }, headers),
        () => ana.call('POST', path, { name: 'x', username: 'u', password: 'p' }, headers),
        () => ana.call('POST', `${path}/inactive/1`, undefined, headers),
        () => ana.call('GET', '/api/mysafe/nowhere', undefined, headers),
      ]) {
        const { status, json, text } = await call();
        assert.equal(status, 403, text);
        assert.equal((json as { message: string }).message, 'You are not authorized to access this resource.');
        assert.equal((json as { exception: { code: number } }).exception.code, 403);
      }
    }
    async function isOpen(headers: Record<string, string>): Promise<void> {
      assert.equal((await ask(headers)).status, 200, JSON.stringify(headers));
      assert.equal((await ana.call('GET', `${path}/1`, undefined, headers)).status, 200);
    }
    const via = (hops: string) => ({ 'x-forwarded-for': hops });

    it('are addresses, as the rightmost hop that is no proxy of ours tells them', async () => {
      await changed({ addresses: ['203.0.113.0/24', '2001:db8::/32', '198.51.100.7'] });
      for (const hops of [
        ...['203.0.113.9', '198.51.100.7', '2001:db8::1', '2001:DB8:0:0::1', '::ffff:203.0.113.9'],
        // The proxy in front of ours said who called it, and whatever stands to the left was sent by the caller.
        ...[
          '203.0.113.9, 10.20.1.1',
          '9.9.9.9, 203.0.113.9',
          'x, 203.0.113.9 , 10.20.1.1,10.20.255.255',
          ',203.0.113.9',
        ],
      ]) {
        await isOpen(via(hops));
      }
      for (const hops of [
        ...['203.0.114.1', '198.51.100.8', '2001:db9::1', '::1', '127.0.0.1', '10.20.1.1', ''],
        ...['203.0.113.9, 9.9.9.9', '203.0.113.9, 10.21.0.1', '203.0.113.9, 10.20.1.1, 9.9.9.9'],
        ...[
          'unknown',
          'x',
          '203.0.113.9:443',
          '203.0.113.9, x',
          '203.0.113.9;',
          '_hidden',
          '203.0.113.9, 10.20.1.1, x',
        ],
      ]) {
        await isClosed(via(hops));
      }
      await isClosed({});
      // Other headers that proxies know are nobody's word.
      await isClosed({ forwarded: 'for=203.0.113.9', 'x-real-ip': '203.0.113.9', 'cf-connecting-ip': '203.0.113.9' });
    });

    it('let any address through when there are none, or a star', async () => {
      for (const addresses of [[], ['*'], ['10.0.0.1', '*']]) {
        await changed({ addresses });
        for (const headers of [{}, via('9.9.9.9'), via('x'), via('::1')]) await isOpen(headers);
      }
    });

    it('tell nothing but the address in audit and log, even when a proxy passes on any text', async () => {
      await changed({ addresses: ['203.0.113.1'] });
      const hops = '<b>not an address</b>';
      await isClosed(via(hops));
      const [entry] = await safe.operator.run('audit.list', { event: 'item.reveal.refused', limit: 1 });
      assert.equal(entry?.details.address, 'unknown');
      assert.ok(!safe.log().includes('not an address'));
      assert.match(safe.log(), /"address":"unknown"/);
      await changed({ addresses: [] });
    });

    it('are referers, compared by origin and whole segments', async () => {
      await changed({ referers: ['https://app.example.com/portal', 'http://other.example'] });
      for (const referer of [
        'https://app.example.com/portal',
        'https://APP.example.com:443/portal/x?y',
        'http://other.example/',
        'https://app.example.com/a/../portal/',
      ]) {
        await isOpen({ referer });
      }
      for (const referer of [
        ...['https://app.example.com/', 'https://app.example.com/portals', 'https://app.example.com/Portal', 'x'],
        ...[
          'http://app.example.com/portal',
          'https://app.example.com:8443/portal',
          'https://app.example.com/portal/../x',
        ],
      ]) {
        await isClosed({ referer });
      }
      await isClosed({});
      await isClosed({ origin: 'https://app.example.com' });
      await changed({ referers: [] });
      await isOpen({});
    });

    it('all hold together', async () => {
      await changed({ addresses: ['203.0.113.1'], referers: ['https://a.example'] });
      await isOpen({ ...via('203.0.113.1'), referer: 'https://a.example/' });
      await isClosed({ ...via('203.0.113.2'), referer: 'https://a.example/' });
      await isClosed({ ...via('203.0.113.1'), referer: 'https://b.example/' });
      await changed({ addresses: [], referers: [] });
    });

    it('are chosen items, read and listed alone, and nothing new', async () => {
      await changed({ items: ['password:1'] });
      assert.equal((await ana.call('GET', `${path}/1`)).status, 200);
      assert.equal((await ana.call('PUT', `${path}/update/1`, { tags: 'x' })).status, 200);
      const listed = (await ana.call('GET', path)).json as { password_on_list: { identifier: string }[] };
      assert.deepEqual(
        listed.password_on_list.map(({ identifier }) => identifier),
        ['1'],
      );
      for (const call of [
        () => ana.call('GET', `${path}/2`),
        () => ana.call('PUT', `${path}/update/2`, { tags: 'x' }),
        () => ana.call('POST', `${path}/inactive/2`),
        () => ana.call('POST', path, { name: 'x', username: 'u', password: 'p' }),
        () => ana.call('POST', '/api/mysafe/note', { name: 'x', note: 'u' }),
      ]) {
        const { status, json } = await call();
        assert.deepEqual([status, (json as { message?: string }).message], [400, undefined]);
        assert.equal((json as { exception: { code: number } }).exception.code, 1006);
      }
      await changed({ items: [] });
      assert.equal((await ana.call('GET', `${path}/1`)).status, 400);
      assert.deepEqual(((await ana.call('GET', path)).json as { password_on_list: [] }).password_on_list, []);
      await changed({ items: null });
      assert.equal((await ana.call('GET', `${path}/2`)).status, 200);
    });

    it('are reading alone', async () => {
      await changed({ readOnly: true });
      const listed = (await ana.call('GET', path)).json as { password_on_list: { can_write: boolean }[] };
      assert.deepEqual(
        listed.password_on_list.map(({ can_write }) => can_write),
        [false, false],
      );
      assert.equal((await ana.call('GET', `${path}/1`)).status, 200);
      for (const call of [
        () => ana.call('PUT', `${path}/update/1`, { tags: 'y' }),
        () => ana.call('POST', `${path}/inactive/1`),
        () => ana.call('POST', `${path}/active/1`),
        () => ana.call('POST', path, { name: 'x', username: 'u', password: 'p' }),
      ]) {
        assert.equal(((await call()).json as { exception: { code: number } }).exception.code, 1006);
      }
      await changed({ readOnly: false });
      assert.equal((await ana.call('PUT', `${path}/update/1`, { tags: 'y' })).status, 200);
    });

    it('are an end, to the moment', async () => {
      safe.setClock(new Date(noon));
      const key = await safe.person('ana', { expiresAt: '2027-03-01T12:30:00Z' });
      const read = () => key.call('GET', `${path}/1`);
      const token = async () =>
        (
          await safe.call('POST', '/api/oauth2/token', {
            grant_type: 'client_credentials',
            client_id: key.clientId,
            client_secret: key.clientSecret,
          })
        ).status;
      safe.setClock(new Date(noon + 1_799_999));
      assert.deepEqual([(await read()).status, await token()], [200, 200]);
      safe.setClock(new Date(noon + 1_800_000));
      assert.deepEqual([(await read()).status, await token()], [401, 401]);
      await safe.operator.run('access-key.change', { clientId: key.clientId, expiresAt: '2027-03-01T13:00:00+00:00' });
      assert.deepEqual([(await read()).status, await token()], [200, 200]);
      await safe.operator.run('access-key.change', { clientId: key.clientId, expiresAt: null });
      safe.setClock(new Date(noon + 3_599_000));
      assert.deepEqual([(await read()).status, await token()], [200, 200]);
      safe.setClock(null);
    });
  });
}

describe('a forged X-Forwarded-For', () => {
  it("is nobody's word when it does not come from a proxy of ours", async (test) => {
    for (const environment of [{}, { ARCA_TRUSTED_PROXIES: '10.20.0.0/16' }]) {
      const safe = await startSafe('sqlite', environment as Record<string, string>);
      test.after(() => safe.close());
      const ana = await safe.person('ana', { addresses: ['127.0.0.1'] });
      await ana.call('POST', path, { name: 'one', username: 'u', password: 'p' });
      const forged = { 'x-forwarded-for': '127.0.0.1' };
      assert.equal((await ana.call('GET', `${path}/1`, undefined, { 'x-forwarded-for': '9.9.9.9' })).status, 200);
      await safe.operator.run('access-key.change', { clientId: ana.clientId, addresses: ['9.9.9.9'] });
      for (const hops of ['9.9.9.9', '9.9.9.9, 10.20.0.1', '9.9.9.9, 127.0.0.1']) {
        assert.equal((await ana.call('GET', `${path}/1`, undefined, { 'x-forwarded-for': hops })).status, 403);
      }
      assert.equal((await ana.call('GET', `${path}/1`, undefined, forged)).status, 403);
    }
  });
});
