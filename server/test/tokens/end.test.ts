import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { engineOf, type Person, type TestSafe } from '../start-safe.ts';
import { startWire } from '../start-wire.ts';
import { keyRestricted, mustBe, notAuthorized, success } from '../wire-envelopes.ts';
import { askToken } from './token-calls.ts';

const start = Date.parse('2027-01-31T12:00:00Z');
const none = success(200, '', { note_on_list: [] });

for (const engine of engineOf(import.meta.filename)) {
  describe(`the end of tokens on ${engine}`, () => {
    let safe: TestSafe;
    before(async () => {
      safe = await startWire(engine);
      safe.setClock(new Date(start));
    });
    after(() => safe.close());

    const at = (seconds: number) => safe.setClock(new Date(start + seconds * 1000));
    const list = (token: string) =>
      safe.call('GET', '/api/mysafe/note', undefined, { authorization: `Bearer ${token}` });
    const mustOpen = async (...tokens: string[]) => {
      for (const token of tokens) mustBe(await list(token), none);
    };
    const mustNotOpen = async (...tokens: string[]) => {
      for (const token of tokens) {
        const refused = await list(token);
        mustBe(refused, notAuthorized);
        assert.equal(refused.headers.get('www-authenticate'), 'Bearer error="invalid_token"');
        // Nor by any other route.
        const headers = { authorization: `Bearer ${token}` };
        mustBe(await safe.call('POST', '/iso/mysafe/note', { name: 'n', note: 't' }, headers), notAuthorized);
        mustBe(await safe.call('GET', '/api/mysafe/nothing', undefined, headers), notAuthorized);
      }
    };
    const tokenOf = async ({ clientId, clientSecret }: Person, ttl?: string) => {
      const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
      const answer = await askToken(safe, { form: ttl === undefined ? form : { ...form, ttl } });
      assert.equal(answer.status, 200, answer.text);
      return (answer.json as { access_token: string }).access_token;
    };

    it('comes to the second, by the clock alone', async () => {
      at(0);
      const ana = await safe.person('ana');
      const short = await tokenOf(ana, '60');
      at(59.999);
      await mustOpen(short, ana.token);
      at(60);
      await mustNotOpen(short);
      await mustOpen(ana.token);
      at(3599.999);
      await mustOpen(ana.token);
      at(3600);
      await mustNotOpen(ana.token);
      await mustOpen(await tokenOf(ana));
    });

    it('does not come with a restart', async () => {
      at(0);
      const ana = await safe.person('ana');
      await safe.restart();
      await mustOpen(ana.token);
      at(3600);
      await mustNotOpen(ana.token);
    });

    it('comes to all of a key when that is revoked, and to no other key', async () => {
      at(0);
      const bia = await safe.person('bia');
      const other = await safe.person('bia');
      const second = await tokenOf(bia);
      await mustOpen(bia.token, second, other.token);
      await safe.operator.run('access-key.revoke', { clientId: bia.clientId });
      await mustNotOpen(bia.token, second);
      await mustOpen(other.token);
    });

    it('comes when the key expires, whatever the token says', async () => {
      at(0);
      const caio = await safe.person('caio', { expiresAt: new Date(start + 120_000).toISOString() });
      at(119.999);
      await mustOpen(caio.token);
      const late = await tokenOf(caio);
      at(120);
      await mustNotOpen(caio.token, late);
    });

    it('comes when a key is given an earlier expiry', async () => {
      at(0);
      const caio = await safe.person('caio');
      const expiresAt = new Date(start + 10_000).toISOString();
      await safe.operator.run('access-key.change', { clientId: caio.clientId, expiresAt });
      await mustOpen(caio.token);
      at(10);
      await mustNotOpen(caio.token);
    });

    it('comes to all of a user\u2019s keys when he is disabled', async () => {
      at(0);
      const [davi, eva] = [await safe.person('davi'), await safe.person('eva')];
      const second = await safe.person('davi');
      await safe.operator.run('user.disable', { username: 'davi' });
      await mustNotOpen(davi.token, second.token);
      await mustOpen(eva.token);
    });

    it('stays when he is enabled again: his keys then get new ones, in the same second too', async () => {
      at(0.2);
      const fabio = await safe.person('fabio');
      await safe.operator.run('user.disable', { username: 'fabio' });
      at(0.5);
      await safe.operator.run('user.enable', { username: 'fabio' });
      await mustNotOpen(fabio.token);
      await mustOpen(await tokenOf(fabio));
      at(100);
      await mustNotOpen(fabio.token);
      await mustOpen(await tokenOf(fabio));
    });

    it('is not a limit that is set later: that restricts a token at once', async () => {
      at(0);
      const eva = await safe.person('eva');
      const { clientId } = eva;
      await safe.operator.run('access-key.change', { clientId, addresses: ['192.0.2.1'] });
      mustBe(await list(eva.token), keyRestricted);
      await safe.operator.run('access-key.change', { clientId, addresses: ['127.0.0.0/8'] });
      await mustOpen(eva.token);
    });
  });
}
