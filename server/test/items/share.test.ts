import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { auditEntries } from '../audit-left.ts';
import { removeItems, setNextNumber, setShareEnd } from '../set-up-store.ts';
import { type Answer, anyPassword, engineOf, type Person, type TestSafe } from '../start-safe.ts';
import { startWire } from '../start-wire.ts';
import { entityOf, noteKind } from './wire-kinds.ts';

const { path, least } = noteKind;

type Shared = { users?: unknown; groups?: unknown };

/** Sharing of an answer as short texts: `bia` may view, `bia+` may edit. */
function sharingOf(answer: Answer): { users: string[]; groups: string[]; errors: unknown[] } {
  const { users_allowed, groups_allowed, shared_error } = entityOf(answer);
  const short = (entries: unknown) =>
    (entries as { username?: string; name?: string; can_edit: boolean }[]).map(
      ({ username, name, can_edit }) => `${username ?? name}${can_edit ? '+' : ''}`,
    );
  return { users: short(users_allowed), groups: short(groups_allowed), errors: (shared_error ?? []) as unknown[] };
}

for (const engine of engineOf(import.meta.filename)) {
  describe(`sharing on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    let bia: Person;
    before(async () => {
      safe = await startWire(engine);
      [ana, bia] = await Promise.all([safe.person('ana'), safe.person('bia')]);
      const names = ['caio', 'davi', 'eva', 'zeca', 'a.b', 'a_b', 'a-b', 'b@x', 'gone'];
      await Promise.all(names.map((username) => safe.operator.run('user.add', { username, password: anyPassword })));
      await safe.operator.run('user.disable', { username: 'gone' });
      for (const name of ['Finance', 'sales', 'Ärzte', '\uffee unit', '😀 team', 'Zoo', 'apes', 'Café']) {
        await safe.operator.run('group.add', { name });
      }
    });
    beforeEach(async () => {
      await removeItems(safe);
      await setNextNumber(safe, 'note', 1);
    });
    after(() => safe.close());

    const body = ({ users, groups }: Shared) => ({
      ...(users === undefined ? {} : { users_allowed: users }),
      ...(groups === undefined ? {} : { groups_allowed: groups }),
    });
    const create = async (shared: Shared) => {
      const made = await ana.call('POST', path, { ...least, ...body(shared) });
      assert.equal(made.status, 201, made.text);
      return made;
    };
    const update = async (shared: Shared, who = ana) => {
      const updated = await who.call('PUT', `${path}/update/1`, body(shared));
      assert.equal(updated.status, 200, updated.text);
      return updated;
    };
    const view = (username: string) => ({ username });
    const edit = (username: string) => ({ username, can_edit: true });

    it('is none without arrays, and with empty ones', async () => {
      const kinds = [{}, { users: [], groups: [] }, { users: null, groups: null }, { users: '', groups: ' ' }];
      for (const shared of kinds) {
        assert.deepEqual(sharingOf(await create(shared)), { users: [], groups: [], errors: [] });
      }
    });

    it('is for viewing unless it says otherwise', async () => {
      const users = [
        view('bia'),
        { username: 'caio', can_edit: false },
        edit('davi'),
        { username: 'eva', can_edit: null },
      ];
      const groups = [{ name: 'Finance' }, { name: 'sales', can_edit: true }];
      const made = sharingOf(await create({ users, groups }));
      assert.deepEqual(made, { users: ['bia', 'caio', 'davi+', 'eva'], groups: ['Finance', 'sales+'], errors: [] });
    });

    it('stays where an update has no array, is removed by an empty one, and otherwise replaced', async () => {
      const start = { users: [view('bia'), edit('caio')], groups: [{ name: 'Finance' }] };
      const rows: [Shared, string[], string[]][] = [
        [{}, ['bia', 'caio+'], ['Finance']],
        [{ users: [] }, [], ['Finance']],
        [{ users: null }, [], ['Finance']],
        [{ groups: [] }, ['bia', 'caio+'], []],
        [{ groups: '' }, ['bia', 'caio+'], []],
        [{ users: [edit('bia')] }, ['bia+'], ['Finance']],
        [{ users: [view('davi'), view('caio')] }, ['caio', 'davi'], ['Finance']],
        [{ groups: [{ name: 'sales', can_edit: true }] }, ['bia', 'caio+'], ['sales+']],
        [{ users: [view('eva')], groups: [] }, ['eva'], []],
        // What could not be shared still replaces what was.
        [{ users: [view('nobody')] }, [], ['Finance']],
      ];
      await create({});
      for (const [change, users, groups] of rows) {
        await update(start);
        const updated = sharingOf(await update(change));
        assert.deepEqual([updated.users, updated.groups], [users, groups], JSON.stringify(change));
        const read = sharingOf(await ana.call('GET', `${path}/1`));
        assert.deepEqual([read.users, read.groups], [users, groups], JSON.stringify(change));
      }
    });

    it('takes the last of repeats, whatever their case', async () => {
      const users = [edit('bia'), view('caio'), view('BIA'), edit(' Caio ')];
      const groups = [{ name: 'FINANCE', can_edit: true }, { name: ' finance ' }];
      const made = sharingOf(await create({ users, groups }));
      assert.deepEqual(made, { users: ['bia', 'caio+'], groups: ['Finance'], errors: [] });
      const wide = sharingOf(await update({ users: [view('bia'), edit('ｂｉａ')] }));
      // Usernames compare lower-cased and no further: the second is nobody.
      assert.deepEqual(wide.users, ['bia']);
      assert.deepEqual(wide.errors, [{ username: 'ｂｉａ', message: 'User not found' }]);
      const composed = sharingOf(await update({ groups: [{ name: 'Cafe\u0301' }] }));
      assert.deepEqual(composed.groups, ['Café']);
    });

    it('tells whom it left out, users before groups, each in the order of the request', async () => {
      await safe.operator.run('group.add', { name: 'Closed' });
      await safe.operator.run('group.disable', { name: 'Closed' });
      const users = [view('ghost'), view('bia'), view('Gone'), view('ANA'), view('ghost2')];
      const groups = [{ name: 'nobody' }, { name: 'closed', can_edit: true }, { name: 'Zoo' }];
      const expected = {
        users: ['bia'],
        groups: ['Zoo'],
        errors: [
          { username: 'ghost', message: 'User not found' },
          { username: 'Gone', message: 'User is inactive' },
          { username: 'ANA', message: 'User is the owner' },
          { username: 'ghost2', message: 'User not found' },
          { name: 'nobody', message: 'Group not found' },
          { name: 'closed', message: 'Group is inactive' },
        ],
      };
      assert.deepEqual(sharingOf(await create({ users, groups })), expected);
      const updated = await update({ users, groups });
      assert.deepEqual(sharingOf(updated), expected);
      const order = Object.keys((entityOf(updated).shared_error as object[])[0] ?? {});
      assert.deepEqual(order, ['username', 'message']);
    });

    it('is shown by code point, users and groups apart', async () => {
      const users = ['zeca', 'bia', 'a_b', 'b@x', 'a.b', 'a-b', 'caio'].map(view);
      const groups = ['😀 team', 'apes', '\uffee unit', 'Zoo', 'Ärzte', 'Finance', 'sales'].map((name) => ({ name }));
      const made = sharingOf(await create({ users, groups }));
      assert.deepEqual(made.users, ['a-b', 'a.b', 'a_b', 'b@x', 'bia', 'caio', 'zeca']);
      // U+FFEE comes before U+1F600, though its UTF-16 unit is greater than the first of the other's two.
      assert.deepEqual(made.groups, ['Finance', 'Zoo', 'apes', 'sales', 'Ärzte', '\uffee unit', '😀 team']);
      const read = sharingOf(await ana.call('GET', `${path}/1`));
      assert.deepEqual([read.users, read.groups], [made.users, made.groups]);
    });

    it('leaves ended shares out, keeps the end of who stays, and starts anew for who had ended', async () => {
      await create({ users: [view('bia'), view('caio')], groups: [{ name: 'Finance' }] });
      const now = Date.now();
      safe.setClock(new Date(now));
      await setShareEnd(safe, 'note', 1, 'bia', new Date(now + 60_000));
      await setShareEnd(safe, 'note', 1, 'caio', new Date(now - 1));
      await setShareEnd(safe, 'note', 1, 'Finance', new Date(now));
      const ended = sharingOf(await update({}));
      assert.deepEqual([ended.users, ended.groups], [['bia'], []]);
      assert.deepEqual(sharingOf(await update({ users: [edit('bia'), view('caio')] })).users, ['bia+', 'caio']);
      safe.setClock(new Date(now + 59_999));
      assert.equal((await bia.call('GET', `${path}/1`)).status, 200);
      safe.setClock(new Date(now + 60_000));
      assert.equal((await bia.call('GET', `${path}/1`)).status, 400);
      assert.deepEqual(sharingOf(await ana.call('GET', `${path}/1`)).users, ['caio']);
      safe.setClock(null);
    });

    it('may be changed by an editor, who may also leave', async () => {
      await create({ users: [edit('bia')] });
      const shared = sharingOf(await update({ users: [view('caio'), edit('BIA'), view('ana')] }, bia));
      assert.deepEqual(shared.users, ['bia+', 'caio']);
      assert.deepEqual(shared.errors, [{ username: 'ana', message: 'User is the owner' }]);
      assert.deepEqual(sharingOf(await update({ users: [view('caio')] }, bia)).users, ['caio']);
      const again = await bia.call('PUT', `${path}/update/1`, { users_allowed: [edit('bia')] });
      assert.equal(again.status, 400, again.text);
    });

    it('is recorded by what changed, and not when nothing did', async () => {
      const made = await create({ users: [view('bia')], groups: [{ name: 'Zoo', can_edit: true }] });
      const [, shared] = await auditEntries(safe, made);
      assert.equal(shared?.event, 'item.shared');
      assert.deepEqual(shared.details.changes, ['user bia: viewer', 'group Zoo: editor']);
      const same = await auditEntries(safe, await update({ users: [view('bia')] }));
      assert.deepEqual(
        same.map(({ event }) => event),
        ['item.updated'],
      );
      const [, changed] = await auditEntries(safe, await update({ users: [edit('bia'), view('eva')], groups: [] }));
      assert.deepEqual(changed?.details.changes, ['group Zoo: removed', 'user bia: editor', 'user eva: viewer']);
    });
  });
}
