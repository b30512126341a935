import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditEntries } from '../../audit-left.ts';
import { engineOf, type Person, startSafe, type TestSafe } from '../../start-safe.ts';
import { done, mustBeInvalid, mustRefuse } from '../problem.ts';
import { v1Kinds } from './v1-kinds.ts';

type Share = {
  user?: string;
  groupId?: number;
  group?: string;
  private?: boolean;
  role: string;
  expiresAt: string | null;
};
type Access = { users: { username: string; role: string; reasons: Record<string, unknown>[] }[] };

for (const engine of engineOf(import.meta.filename)) {
  describe(`sharing over our own API on ${engine}`, () => {
    let safe: TestSafe;
    let people: Record<'ana' | 'ben' | 'cleo' | 'dora', Person>;
    const groups = new Map<string, number>();
    before(async () => {
      safe = await startSafe(engine);
      const [ana, ben, cleo, dora] = await Promise.all(['ana', 'ben', 'cleo', 'dora'].map((name) => safe.person(name)));
      people = { ana, ben, cleo, dora } as typeof people;
      const add = async (name: string, more: object) =>
        groups.set(name, (await safe.operator.run('group.add', { name, ...more })).id);
      await add('Finance', { members: ['cleo', 'dora'] });
      await add('Crew', { owner: 'ana', members: ['dora'], membersVisible: false });
      await add('Circle', { owner: 'ben', members: ['dora'] });
      await add('Shut', { members: ['ben'] });
    });
    after(() => safe.close());

    const create = async (path: string, least: object) =>
      `${path}/${done<{ number: number }>(await people.ana.call('POST', path, least), 201).number}`;
    const shares = async (at: string) => done<{ shares: Share[] }>(await people.ana.call('GET', `${at}/shares`)).shares;

    for (const { kind, path, least } of v1Kinds) {
      it(`a ${kind} is shared with a user, as viewer and then as editor, until a date, and no more`, async () => {
        const { ana, ben } = people;
        const at = await create(path, least);
        const put = (body: object) => ana.call('PUT', `${at}/shares/users/ben`, body);
        mustRefuse(await ben.call('GET', at), 403, 'access_denied');
        const shared = await put({ role: 'viewer' });
        assert.deepEqual(done(shared), { changed: true, revision: 2 });
        const [entry] = await auditEntries(safe, shared);
        assert.deepEqual([entry?.event, entry?.details.changes], ['item.shared', ['user ben: viewer']]);
        assert.deepEqual(done(await put({ role: 'viewer' })), { changed: false, revision: 2 });
        done(await ben.call('POST', `${at}/reveal`));
        mustRefuse(await ben.call('PATCH', at, { name: 'x' }), 403, 'access_denied');
        done(await put({ role: 'editor' }));
        done(await ben.call('PATCH', at, { name: 'x' }));

        const end = new Date(Date.now() + 3_600_000);
        done(await put({ role: 'editor', expiresAt: end.toISOString() }));
        assert.deepEqual(await shares(at), [{ user: 'ben', role: 'editor', expiresAt: end.toISOString() }]);
        safe.setClock(new Date(+end - 1000));
        const late = await safe.token(ben.clientId, ben.clientSecret);
        const bearer = { authorization: `Bearer ${late}` };
        done(await ben.call('POST', `${at}/reveal`, undefined, bearer));
        safe.setClock(new Date(+end));
        mustRefuse(await ben.call('POST', `${at}/reveal`, undefined, bearer), 403, 'access_denied');
        const afterwards = await safe.token(ana.clientId, ana.clientSecret);
        const read = await ana.call('GET', `${at}/shares`, undefined, { authorization: `Bearer ${afterwards}` });
        assert.deepEqual(done(read), { shares: [] });
        safe.setClock(null);
        done(await ana.call('DELETE', `${at}/shares/users/BEN`));
        mustRefuse(await ben.call('GET', at), 403, 'access_denied');
        mustRefuse(await ana.call('DELETE', `${at}/shares/users/ben`), 404, 'share_not_found');
      });

      it(`a ${kind} is shared with groups, and tells who has access and why`, async () => {
        const { ana, ben } = people;
        const at = await create(path, least);
        done(await ana.call('PUT', `${at}/shares/groups/${groups.get('Finance')}`, { role: 'viewer' }));
        done(await ana.call('PUT', `${at}/shares/groups/${groups.get('Crew')}`, { role: 'editor' }));
        done(await ana.call('PUT', `${at}/shares/groups/${groups.get('Shut')}`, { role: 'editor' }));
        done(await ana.call('PUT', `${at}/shares/users/cleo`, { role: 'editor' }));
        await safe.operator.run('group.disable', { name: 'Shut' });
        const byGroup = (name: string, role: string, shown: string | null = name) => ({
          by: 'group',
          role,
          expiresAt: null,
          groupId: groups.get(name),
          group: shown,
        });
        const cleo = { by: 'user', role: 'editor', expiresAt: null };
        const all = (crew: string | null) => [
          { username: 'ana', role: 'owner', reasons: [{ by: 'owner' }] },
          { username: 'cleo', role: 'editor', reasons: [byGroup('Finance', 'viewer'), cleo] },
          {
            username: 'dora',
            role: 'editor',
            reasons: [byGroup('Crew', 'editor', crew), byGroup('Finance', 'viewer')],
          },
        ];
        const sorted = ({ users }: Access) =>
          users.map((user) => ({
            ...user,
            reasons: user.reasons.sort((a, b) =>
              JSON.stringify(a.group ?? '') < JSON.stringify(b.group ?? '') ? 1 : -1,
            ),
          }));
        const asAna = sorted(done<Access>(await ana.call('GET', `${at}/access`)));
        assert.deepEqual(asAna, sorted({ users: all('Crew') } as Access));
        // Cleo, who is not in ana's own group, does not learn who is.
        const asCleo = done<Access>(await people.cleo.call('GET', `${at}/access`));
        assert.deepEqual(
          asCleo.users.map((user) => [user.username, user.reasons.length]),
          [
            ['ana', 1],
            ['cleo', 2],
            ['dora', 1],
          ],
        );
        mustRefuse(await ben.call('GET', `${at}/access`), 403, 'access_denied');
        const listed = (await shares(at)).map((share) => share.user ?? `${share.group} ${share.private}`).sort();
        assert.deepEqual(listed, ['Crew true', 'Finance false', 'Shut false', 'cleo']);
        await safe.operator.run('group.enable', { name: 'Shut' });
      });
    }

    it('what cannot be shared with is told, and nothing changes', async () => {
      const { ana, ben } = people;
      const at = await create('/api/v1/items/note', { name: 'n', note: 'x' });
      const why = async (path: string) =>
        mustRefuse(await ana.call('PUT', `${at}/shares/${path}`, { role: 'viewer' }), 422, 'share_impossible', path)
          .why;
      assert.equal(await why('users/nobody'), 'user_not_found');
      assert.equal(await why('users/ana'), 'user_is_owner');
      assert.equal(await why('groups/999'), 'group_not_found');
      assert.equal(await why(`groups/${groups.get('Circle')}`), 'group_not_found');
      await safe.operator.run('group.disable', { name: 'Shut' });
      assert.equal(await why(`groups/${groups.get('Shut')}`), 'group_disabled');
      await safe.operator.run('group.enable', { name: 'Shut' });
      mustBeInvalid(await ana.call('PUT', `${at}/shares/users/ben`, { role: 'owner' }), ['role']);
      mustBeInvalid(await ana.call('PUT', `${at}/shares/users/ben`, { role: 'viewer', expiresAt: 'tomorrow' }), [
        'expiresAt',
      ]);
      const past = { role: 'viewer', expiresAt: '2020-01-01T00:00:00Z' };
      mustBeInvalid(await ana.call('PUT', `${at}/shares/users/ben`, past), ['expiresAt']);
      mustBeInvalid(await ana.call('PUT', `${at}/shares/groups/x`, { role: 'viewer' }), ['groupId']);
      assert.deepEqual(await shares(at), []);
      mustRefuse(await ben.call('PUT', `${at}/shares/users/ben`, { role: 'editor' }), 403, 'access_denied');
    });

    it("an editor shares with his own private group, whose share the item's owner may end and other editors not", async () => {
      const { ana, ben, cleo, dora } = people;
      const at = await create('/api/v1/items/note', { name: 'n', note: 'x' });
      for (const name of ['ben', 'cleo']) done(await ana.call('PUT', `${at}/shares/users/${name}`, { role: 'editor' }));
      const circle = `${at}/shares/groups/${groups.get('Circle')}`;
      done(await ben.call('PUT', circle, { role: 'viewer' }));
      done(await dora.call('POST', `${at}/reveal`));
      mustRefuse(await cleo.call('DELETE', circle), 404, 'share_not_found');
      done(await ana.call('DELETE', circle));
      mustRefuse(await dora.call('POST', `${at}/reveal`), 403, 'access_denied');
    });
  });
}
