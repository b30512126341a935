import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { flushTallies } from '../../src/actions/flush-tallies.ts';
import { contextOf } from '../../src/admin/operate.ts';
import { keyState, keyStates } from '../../src/domain/access-key.ts';
import { listAccessKeys } from '../../src/storage/access-keys.ts';
import { engineOf, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { addKey, idsOf, type Key, keyOf, path } from './access-keys-cast.ts';
import { done, mustBeInvalid, mustRefuse } from './problem.ts';

const noon = Date.parse('2027-03-01T12:00:00Z');
const day = 86_400_000;
const later = (days: number) => new Date(noon + days * day).toISOString();

type Reported = { accessKeys: (Key & { findings: string[] })[]; next: string | null };

for (const engine of engineOf(import.meta.filename)) {
  describe(`lists of access keys on ${engine}`, () => {
    let safe: TestSafe;
    let ana: SignedIn;
    let ben: SignedIn;
    let adam: SignedIn;
    /** By name. */
    const ids = new Map<string, number>();
    before(async () => {
      safe = await startSafe(engine);
      safe.setClock(new Date(noon));
      [ana, ben, adam] = [await safe.signIn('ana'), await safe.signIn('ben'), await safe.signIn('adam', 'admin')];
      const add = async (who: SignedIn, name: string, draft: object = {}) =>
        ids.set(name, (await addKey(who, { name, ...draft })).id);
      await add(ana, 'Backup', { description: 'nightly run', tags: ['ops'], readOnly: true, expiresAt: later(30) });
      await add(ana, 'Deploy', { description: 'Pipeline', tags: ['ci', 'ops'] });
      await add(ana, 'Old', { expiresAt: new Date(noon + 1000).toISOString() });
      await add(ana, 'Gone');
      await add(ben, "Ben's");
      done(await ana.call('POST', `${path}/${ids.get('Gone')}/revoke`));
      safe.setClock(new Date(noon + 1000));
    });
    after(() => safe.close());

    const idOf = (name: string) => ids.get(name) ?? assert.fail(name);
    const named = async (who: SignedIn, query: string) =>
      done<{ accessKeys: Key[] }>(await who.call('GET', `${path}?${query}`)).accessKeys.map(({ name }) => name);

    it('hold the own keys alone, newest first', async () => {
      assert.deepEqual(await named(ana, ''), ['Gone', 'Old', 'Deploy', 'Backup']);
      assert.deepEqual(await named(ana, 'owner=ana'), ['Gone', 'Old', 'Deploy', 'Backup']);
      assert.deepEqual(await named(ben, ''), ["Ben's"]);
      assert.deepEqual(await named(adam, ''), []);
    });

    it("hold everyone's or anyone's for an administrator, without a secret", async () => {
      assert.deepEqual(await named(adam, 'owner=all'), ["Ben's", 'Gone', 'Old', 'Deploy', 'Backup']);
      assert.deepEqual(await named(adam, 'owner=ben'), ["Ben's"]);
      assert.deepEqual(await named(adam, 'owner=%20BEN%20'), ["Ben's"]);
      mustRefuse(await adam.call('GET', `${path}?owner=nobody`), 404, 'user_not_found');
      for (const owner of ['all', 'ben', 'nobody']) {
        mustRefuse(await ana.call('GET', `${path}?owner=${owner}`), 403, 'access_denied');
        mustRefuse(await ana.call('GET', `${path}/report?owner=${owner}`), 403, 'access_denied');
      }
      const secret = done<{ clientSecret: string }>(await ana.call('POST', `${path}/${idOf('Deploy')}/secret`));
      assert.ok(!(await adam.call('GET', `${path}?owner=all`)).text.includes(secret.clientSecret));
    });

    it('are sifted by words in name, description, tags and client id', async () => {
      assert.deepEqual(await named(ana, 'q=ops'), ['Deploy', 'Backup']);
      assert.deepEqual(await named(ana, 'q=OPS%20night'), ['Backup']);
      assert.deepEqual(await named(ana, 'q=ops%20nothing'), []);
      assert.deepEqual(await named(ana, 'q=%20'), ['Gone', 'Old', 'Deploy', 'Backup']);
      const { clientId } = await keyOf(ana, idOf('Old'));
      assert.deepEqual(await named(ana, `q=${clientId.slice(0, 12)}`), ['Old']);
      assert.deepEqual(await named(adam, 'owner=all&q=ben'), ["Ben's"]);
    });

    it('are sifted by state, as the store and the rule agree', async () => {
      assert.deepEqual(await named(ana, 'state=live'), ['Deploy', 'Backup']);
      assert.deepEqual(await named(ana, 'state=expired'), ['Old']);
      assert.deepEqual(await named(ana, 'state=revoked'), ['Gone']);
      assert.deepEqual(await named(ana, 'state=live&q=ci'), ['Deploy']);
      for (const at of [noon - 1, noon + 999, noon + 1000, noon + 1001, noon + 30 * day]) {
        const now = new Date(at);
        const find = (state: (typeof keyStates)[number] | null) =>
          safe.serving.safe.store.read((tx) =>
            listAccessKeys(tx, { ownerId: null, state: state && { is: state, now }, before: null, most: null }),
          );
        const all = await find(null);
        for (const state of keyStates) {
          assert.deepEqual(
            (await find(state)).map(({ id }) => id),
            all.filter((key) => keyState(key, now) === state).map(({ id }) => id),
            `${state} at ${now.toISOString()}`,
          );
        }
      }
    });

    it('go on page by page, whatever is added meanwhile', async () => {
      const first = done<{ accessKeys: Key[]; next: string }>(await ana.call('GET', `${path}?limit=2`));
      assert.deepEqual(
        first.accessKeys.map(({ name }) => name),
        ['Gone', 'Old'],
      );
      const { id } = await addKey(ana, { name: 'Between' });
      const second = done<{ accessKeys: Key[]; next: string | null }>(
        await ana.call('GET', `${path}?limit=2&cursor=${first.next}`),
      );
      assert.deepEqual(
        second.accessKeys.map(({ name }) => name),
        ['Deploy', 'Backup'],
      );
      assert.equal(second.next, null);
      done(await ana.call('POST', `${path}/${id}/revoke`));
      // A cursor leads into no list that its holder may not see.
      assert.deepEqual(idsOf(await ben.call('GET', `${path}?cursor=${id}`)), [idOf("Ben's")]);
      for (const cursor of ['x', '0', '-1', '1e9', `${id}.5`]) {
        mustRefuse(await ana.call('GET', `${path}?cursor=${cursor}`), 400, 'cursor_invalid');
      }
    });

    it('take no odd filter', async () => {
      for (const [query, field] of [
        ['limit=0', 'limit'],
        ['limit=201', 'limit'],
        ['state=broken', 'state'],
        ['kind=note', 'kind'],
        [`q=${'x'.repeat(1001)}`, 'q'],
      ] as const) {
        mustBeInvalid(await ana.call('GET', `${path}?${query}`), [field], query);
      }
      mustBeInvalid(await ana.call('GET', `${path}/report?days=0`), ['days']);
      mustBeInvalid(await ana.call('GET', `${path}/report?finding=bad`), ['finding']);
    });

    it('report what deserves a look, mine or of all', async () => {
      const use = async (name: string, at: number) => {
        const { clientId, clientSecret } = done<{ clientId: string; clientSecret: string }>(
          await ana.call('POST', `${path}/${idOf(name)}/secret`),
        );
        safe.setClock(new Date(at));
        await safe.token(clientId, clientSecret);
        await flushTallies(contextOf(safe.serving.safe, 'tester'), true);
        safe.setClock(new Date(noon + 1000));
      };
      await use('Backup', noon + 1000);
      await use('Deploy', noon - 10 * day);
      const report = async (who: SignedIn, query = '') => {
        const { accessKeys } = done<Reported>(await who.call('GET', `${path}/report?${query}`));
        return Object.fromEntries(accessKeys.map(({ name, findings }) => [name, findings.join(' ')]));
      };
      assert.deepEqual(await report(ana), { Deploy: 'over-wide never-expires' });
      assert.deepEqual(await report(ana, 'days=10'), { Deploy: 'unused over-wide never-expires' });
      assert.deepEqual(await report(ana, 'days=11&finding=unused'), {});
      assert.deepEqual(await report(adam, 'owner=all&finding=never-used'), {
        "Ben's": 'never-used over-wide never-expires',
      });
      safe.setClock(new Date(noon + 1000));
      await safe.operator.run('user.disable', { username: 'ben' });
      assert.deepEqual(await report(adam, 'owner=all&finding=owner-disabled'), {
        "Ben's": 'never-used over-wide never-expires owner-disabled',
      });
      assert.deepEqual(await report(adam, 'owner=ana'), { Deploy: 'over-wide never-expires' });
      const page = done<Reported>(await adam.call('GET', `${path}/report?owner=all&limit=1`));
      assert.deepEqual([page.accessKeys.length, page.next], [1, String(idOf("Ben's"))]);
      const key = page.accessKeys[0] ?? assert.fail();
      assert.deepEqual([key.owner, key.uses, key.state], ['ben', 0, 'live']);
      const { clientId } = await keyOf(ana, idOf('Backup'));
      await safe.operator.run('access-key.change', { clientId, expiresAt: later(14) });
      assert.deepEqual(await report(ana), { Backup: 'expires-soon', Deploy: 'over-wide never-expires' });
    });

    it('tell of use as it was written: how often, when, from where', async () => {
      const { uses, lastUsedAt, lastAddress } = await keyOf(ana, idOf('Backup'));
      assert.deepEqual([uses, lastUsedAt, lastAddress], [1, '2027-03-01T12:00:01.000Z', '127.0.0.1']);
    });
  });
}
