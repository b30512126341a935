import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditEntries } from '../audit-left.ts';
import { anyPassword, engineOf, type Person, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { done, mustRefuse } from './problem.ts';
import { decide, list, type Outcome, outcomeOf, type Proposal, users } from './proposals-world.ts';
import { makeOutsiders, mustTurnAway, type Outsiders } from './users-outsiders.ts';

const wire = '/api/mysafe';
const path = `${users}/leo/seize-items`;

const toldIn = (entry: { details: object } | undefined) => {
  const { session: _, ...told } = (entry?.details ?? {}) as Record<string, unknown>;
  return told;
};

for (const engine of engineOf(import.meta.filename)) {
  describe(`items of somebody who has left on ${engine}`, () => {
    let safe: TestSafe;
    let outsiders: Outsiders;
    let root: SignedIn;
    let rita: SignedIn;
    let ben: Person;
    let cora: Person;
    before(async () => {
      safe = await startSafe(engine);
      outsiders = await makeOutsiders(safe);
      root = outsiders.root;
      for (const username of ['dan', 'retiree'])
        await safe.operator.run('user.add', { username, password: anyPassword });
      await safe.operator.run('user.disable', { username: 'retiree' });
      ben = await safe.person('ben');
      cora = await safe.person('cora');
      const leo = await safe.person('leo');
      const secret = { name: 's', url: 'u', client_id: 'c', identifier_code: 'same' };
      for (const who of [cora, leo]) assert.equal((await who.call('POST', `${wire}/secretapi`, secret)).status, 201);
      const own = { name: 'own', username: 'u', password: 'of leo alone' };
      assert.equal((await leo.call('POST', `${wire}/password`, own)).status, 201);
      const shared = { name: 'shared', note: 'x', users_allowed: [{ username: 'ben' }, { username: 'cora' }] };
      assert.equal((await leo.call('POST', `${wire}/note`, shared)).status, 201);
    });
    after(() => safe.close());

    const ask = (to: string, who = root) => who.call('POST', path, { to });
    const propose = async (to: string) => outcomeOf(await ask(to), 202).proposal as Proposal;
    const statusOf = async (who: Person, item: string) => (await who.call('GET', `${wire}/${item}`)).status;
    const mustBeImpossible = async (to: string, why: string) => {
      mustRefuse(await ask(to), 422, 'transfer_impossible');
      assert.equal(((await ask(to)).json as { why: string }).why, why);
    };

    it('are closed to those who may not seize them', () =>
      mustTurnAway(outsiders, {
        method: 'POST',
        path,
        body: { to: 'cora' },
        action: 'user.seize-items',
        open: 'admins',
        sudo: true,
      }));

    it('stay while he is enabled, and go to nobody who cannot own them', async () => {
      await mustBeImpossible('cora', 'owner_enabled');
      await safe.operator.run('user.disable', { username: 'leo' });
      await mustBeImpossible('nemo', 'user_not_found');
      await mustBeImpossible('leo', 'user_is_owner');
      await mustBeImpossible('retiree', 'user_disabled');
      assert.deepEqual(outcomeOf(await root.call('POST', `${users}/retiree/seize-items`, { to: 'cora' }), 200), {
        changed: false,
        proposal: null,
      });
    });

    it('take two administrators, and are then the other’s with all that they hold', async () => {
      rita = await safe.signIn('rita', 'admin');
      const proposal = await propose('Cora');
      assert.deepEqual([proposal.action, proposal.username, proposal.heir], ['user.seize-items', 'leo', 'cora']);
      assert.deepEqual(await propose('cora'), proposal);
      mustRefuse(await decide(root, 'confirm', proposal), 403, 'proposal_by_self');
      assert.equal(await statusOf(cora, 'password/1'), 400);

      const answer = await decide(rita, 'confirm', proposal);
      assert.equal(done<Proposal>(answer).state, 'confirmed');
      const read = await cora.call('GET', `${wire}/password/1`);
      assert.equal((read.json as { password_entity: { password: string } }).password_entity.password, 'of leo alone');
      assert.deepEqual([await statusOf(cora, 'note/1'), await statusOf(ben, 'note/1')], [200, 200]);
      const signedIn = await safe.signIn('cora');
      const found = done<{ items: { name: string; owner: string }[] }>(
        await signedIn.call('GET', '/api/v1/items?q=own'),
      );
      assert.deepEqual(
        found.items.map(({ name, owner }) => [name, owner]),
        [['own', 'cora']],
      );

      const entries = await auditEntries(safe, answer);
      const backing = { proposal: `proposal:${proposal.id}`, proposedBy: 'root', confirmedBy: 'rita' };
      const given = entries.filter(({ event }) => event === 'item.transferred');
      assert.deepEqual(given.map(({ target }) => target).sort(), ['note:1', 'password:1']);
      for (const { details } of given) {
        const { address, session: _, ...told } = details;
        assert.deepEqual(told, { from: 'leo', to: 'cora', kept: false, ...backing });
        assert.ok(address);
      }
      // The API secret stays: she has another one with its identifier code.
      const seized = entries.find(({ event }) => event === 'user.items-seized');
      assert.deepEqual(toldIn(seized), { to: 'cora', items: 2, left: 1, ...backing });
      assert.equal(await statusOf(cora, 'secretapi/2'), 400);
    });

    it('stay when he was enabled before it was confirmed, and the proposal goes on waiting', async () => {
      const proposal = await propose('dan');
      await safe.operator.run('user.enable', { username: 'leo' });
      mustRefuse(await decide(rita, 'confirm', proposal), 422, 'transfer_impossible');
      assert.deepEqual(
        (await list(root, 'state=waiting')).map(({ id }) => id),
        [proposal.id],
      );
      await safe.operator.run('user.disable', { username: 'leo' });
      assert.equal(done<Proposal>(await decide(rita, 'confirm', proposal)).state, 'confirmed');
      assert.deepEqual(outcomeOf(await ask('dan'), 200), { changed: false, proposal: null });
    });

    it('are seized by a single administrator alone, who is told to have been alone', async () => {
      const leo = await (async () => {
        await safe.operator.run('user.enable', { username: 'leo' });
        return safe.person('leo');
      })();
      assert.equal((await leo.call('POST', `${wire}/note`, { name: 'late', note: 'x' })).status, 201);
      for (const username of ['leo', 'rita']) await safe.operator.run('user.disable', { username });
      const answer = await ask('cora');
      assert.deepEqual(done<Outcome>(answer), { changed: true, proposal: null });
      const entries = await auditEntries(safe, answer);
      assert.deepEqual(toldIn(entries.find(({ event }) => event === 'user.items-seized')), {
        to: 'cora',
        items: 1,
        left: 0,
        alone: true,
      });
      assert.deepEqual((await safe.operator.run('audit.verify', { state: true })).problems, []);
    });
  });
}
