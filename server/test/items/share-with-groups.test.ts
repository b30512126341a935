import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { removeItems, setNextNumber } from '../set-up-store.ts';
import { engineOf, type Person, type TestSafe } from '../start-safe.ts';
import { startWire } from '../start-wire.ts';
import { entityOf, passwordKind } from './wire-kinds.ts';

const { path, least } = passwordKind;

/** Groups: `Both` is a user group and a private one of ana's, `Mine` and `Paused` are ana's, `Theirs` is bia's. */
for (const engine of engineOf(import.meta.filename)) {
  describe(`sharing with groups on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    let bia: Person;
    let caio: Person;
    let davi: Person;
    before(async () => {
      safe = await startWire(engine);
      const { operator } = safe;
      [ana, bia, caio, davi] = (await Promise.all(['ana', 'bia', 'caio', 'davi'].map((name) => safe.person(name)))) as [
        Person,
        Person,
        Person,
        Person,
      ];
      await operator.run('group.add', { name: 'Both', members: ['caio'] });
      await operator.run('group.add', { name: 'Both', owner: 'ana', members: ['davi'] });
      await operator.run('group.add', { name: 'Mine', owner: 'ana', members: ['davi'] });
      await operator.run('group.add', { name: 'Paused', owner: 'ana', members: ['davi'] });
      await operator.run('group.disable', { name: 'Paused', owner: 'ana' });
      await operator.run('group.add', { name: 'Theirs', owner: 'bia', members: ['caio'] });
      await operator.run('group.add', { name: 'Mine', owner: 'bia', members: ['caio'] });
      await operator.run('group.add', { name: 'Open', members: ['caio'] });
    });
    beforeEach(async () => {
      await removeItems(safe);
      await setNextNumber(safe, 'password', 1);
    });
    after(() => safe.close());

    const create = async (...names: string[]) => {
      const groups_allowed = names.map((name) => ({ name, can_edit: true }));
      const users_allowed = [{ username: 'bia', can_edit: true }];
      const made = await ana.call('POST', path, { ...least, users_allowed, groups_allowed });
      assert.equal(made.status, 201, made.text);
      return entityOf(made);
    };
    const update = async (who: Person, ...names: string[]) => {
      const groups_allowed = names.map((name) => ({ name }));
      const updated = await who.call('PUT', `${path}/update/1`, { groups_allowed });
      assert.equal(updated.status, 200, updated.text);
      return entityOf(updated);
    };
    const statusFor = async (who: Person) => (await who.call('GET', `${path}/1`)).status;
    const names = (entity: Record<string, unknown>) =>
      (entity.groups_allowed as { name: string }[]).map((one) => one.name);

    it('a user group comes before a private one of that name', async () => {
      assert.deepEqual(names(await create('both')), ['Both']);
      assert.deepEqual([await statusFor(caio), await statusFor(davi)], [200, 400]);
    });

    it('a private group of one\u2019s own is found, in any case', async () => {
      const entity = await create('MINE');
      assert.deepEqual([names(entity), entity.shared_error], [['Mine'], []]);
      assert.deepEqual([await statusFor(davi), await statusFor(caio)], [200, 400]);
    });

    it('a private group of another is not found, and a disabled one of one\u2019s own is inactive', async () => {
      const { groups_allowed, shared_error } = await create('Theirs', 'Paused');
      assert.deepEqual(groups_allowed, []);
      assert.deepEqual(shared_error, [
        { name: 'Theirs', message: 'Group not found' },
        { name: 'Paused', message: 'Group is inactive' },
      ]);
    });

    it('an editor names his own private groups, not the owner\u2019s', async () => {
      await create();
      const entity = await update(bia, 'Mine', 'Theirs', 'Paused');
      assert.deepEqual(names(entity), ['Mine', 'Theirs']);
      assert.deepEqual(entity.shared_error, [{ name: 'Paused', message: 'Group not found' }]);
      assert.deepEqual([await statusFor(caio), await statusFor(davi)], [200, 400]);
    });

    it('a private group that the caller cannot name stays when he replaces the rest', async () => {
      await create('Mine', 'Both', 'Open');
      assert.deepEqual(names(await update(bia, 'Theirs')), ['Mine', 'Theirs']);
      assert.equal(await statusFor(davi), 200);
      // Likewise for the owner, and an empty array removes what he can name.
      assert.deepEqual(names(await update(ana, 'Open')), ['Open', 'Theirs']);
      assert.deepEqual(names(await update(ana)), ['Theirs']);
      assert.deepEqual(names(await update(bia)), []);
    });

    it('two private groups of one name stand side by side', async () => {
      await create('Mine');
      assert.deepEqual(names(await update(bia, 'Mine')), ['Mine', 'Mine']);
      assert.deepEqual([await statusFor(caio), await statusFor(davi)], [200, 200]);
    });

    it('a group gives nothing while it is disabled, and stays in the answers', async () => {
      await create('Open');
      assert.equal(await statusFor(caio), 200);
      await safe.operator.run('group.disable', { name: 'Open' });
      assert.equal(await statusFor(caio), 400);
      assert.deepEqual(names(entityOf(await ana.call('GET', `${path}/1`))), ['Open']);
      await safe.operator.run('group.enable', { name: 'Open' });
      assert.equal(await statusFor(caio), 200);
    });

    it('a private group\u2019s owner is a member only if he is listed', async () => {
      const made = await caio.call('POST', path, { ...least, users_allowed: [{ username: 'bia', can_edit: true }] });
      const { identifier } = entityOf(made);
      const shared = await bia.call('PUT', `${path}/update/${identifier}`, { groups_allowed: [{ name: 'Theirs' }] });
      assert.equal(shared.status, 200, shared.text);
      await caio.call('PUT', `${path}/update/${identifier}`, { users_allowed: [] });
      assert.equal((await bia.call('GET', `${path}/${identifier}`)).status, 400);
    });

    it('membership counts from the moment it is given until it is taken', async () => {
      await create('Open');
      assert.equal(await statusFor(davi), 400);
      await safe.operator.run('group.add-member', { name: 'Open', member: 'davi' });
      assert.equal(await statusFor(davi), 200);
      await safe.operator.run('group.remove-member', { name: 'Open', member: 'davi' });
      assert.equal(await statusFor(davi), 400);
    });
  });
}
