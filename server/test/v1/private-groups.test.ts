import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditEntries, auditLines } from '../audit-left.ts';
import { type Answer, engineOf, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { done, mustBeInvalid, mustRefuse } from './problem.ts';
import { type Guarded, makeOutsiders, mustTurnAway, type Outsiders } from './users-outsiders.ts';

type Listed = {
  id: number;
  name: string;
  description: string;
  enabled: boolean;
  memberCount: number;
  isMember: boolean;
  owner: string;
  membersVisible: boolean;
};
type Group = Listed & { disabledAt: string | null; holdsShares: boolean; members: { username: string }[] };
type Page = { groups: Listed[]; next: string | null };

const groups = '/api/v1/private-groups';
const key = (text: string) => ({ 'idempotency-key': text });

/** Group 1 is a private group of root's, which is nobody else's matter. */
const target = 'group:1';
const open = 'anyone';
const guarded: readonly Guarded[] = [
  { method: 'GET', path: groups, action: 'group.list', open },
  { method: 'GET', path: `${groups}/1`, action: 'group.list', target, open },
  { method: 'POST', path: groups, body: { name: ' ' }, action: 'group.add', open },
  { method: 'PATCH', path: `${groups}/1`, body: {}, action: 'group.change', target, open },
  { method: 'POST', path: `${groups}/1/disable`, action: 'group.disable', target, open },
  { method: 'POST', path: `${groups}/1/enable`, action: 'group.enable', target, open },
  { method: 'PUT', path: `${groups}/1/members/nobody`, action: 'group.add-member', target, open },
  { method: 'DELETE', path: `${groups}/1/members/nobody`, action: 'group.remove-member', target, open },
];

for (const engine of engineOf(import.meta.filename)) {
  describe(`private groups over our own API on ${engine}`, () => {
    let safe: TestSafe;
    let outsiders: Outsiders;
    let root: SignedIn;
    let ana: SignedIn;
    let ben: SignedIn;
    let cora: SignedIn;
    before(async () => {
      safe = await startSafe(engine, { ARCA_LANES: '4' });
      outsiders = await makeOutsiders(safe);
      root = outsiders.root;
      await safe.operator.run('group.add', { name: 'Roots', owner: 'root' });
      [ana, ben, cora] = [await safe.signIn('ana'), await safe.signIn('ben'), await safe.signIn('cora')];
      await safe.operator.run('group.add', { name: 'Everyone', members: ['ana', 'ben'] });
    });
    after(() => safe.close());

    const read = async (who: SignedIn, id: number) => done<Group>(await who.call('GET', `${groups}/${id}`));
    const add = async (who: SignedIn, body: object) => done<Group>(await who.call('POST', groups, body), 201);
    const list = async (who: SignedIn, query = '') => done<Page>(await who.call('GET', `${groups}?${query}`)).groups;
    const names = async (who: SignedIn, query = '') => (await list(who, query)).map((group) => group.name);
    const members = (group: Group) => group.members.map((member) => member.username);

    for (const one of guarded) {
      it(`are closed to those who may not: ${one.action}, ${one.method} ${one.path}`, () =>
        mustTurnAway(outsiders, one));
    }

    it('are made by anyone for himself, who is a member only if he adds himself', async () => {
      const answer = await ana.call('POST', groups, { name: ' Friends ', description: 'Of mine', members: ['ben'] });
      const { id, createdAt, members: all, ...group } = done<Group & { createdAt: string }>(answer, 201);
      assert.deepEqual(group, {
        name: 'Friends',
        description: 'Of mine',
        enabled: true,
        memberCount: 1,
        isMember: false,
        owner: 'ana',
        membersVisible: true,
        disabledAt: null,
        holdsShares: false,
      });
      assert.deepEqual(all, [{ username: 'ben', enabled: true, addedAt: createdAt }]);
      assert.equal(answer.headers.get('location'), `${groups}/${id}`);
      assert.deepEqual(await auditLines(safe, answer), [`group.added ana group:${id}`]);
      assert.deepEqual(done(await ana.call('PUT', `${groups}/${id}/members/ana`)), { changed: true });
      const mine = await read(ana, id);
      assert.deepEqual([members(mine), mine.isMember], [['ana', 'ben'], true]);
      assert.deepEqual(done(await ana.call('DELETE', `${groups}/${id}/members/ana`)), { changed: true });
    });

    it('have names of their own for each owner', async () => {
      mustRefuse(await ana.call('POST', groups, { name: 'FRIENDS' }), 409, 'group_name_taken');
      await add(ben, { name: 'Friends' });
      await add(ana, { name: 'Everyone' });
      const { id } = await add(ana, { name: 'Foes' });
      mustRefuse(await ana.call('PATCH', `${groups}/${id}`, { name: 'friends' }), 409, 'group_name_taken');
      const renamed = await ana.call('PATCH', `${groups}/${id}`, { name: 'Rivals', description: 'In chess' });
      assert.equal(done<Group>(renamed).name, 'Rivals');
      assert.deepEqual(await names(ana), ['Everyone', 'Friends', 'Rivals']);
    });

    it('are added once for all requests with one key', async () => {
      const send = () => cora.call('POST', groups, { name: 'Once' }, key('once'));
      const answers = await Promise.all([send(), send(), send()]);
      const ids = answers.map((answer) => done<Group>(answer, 201).id);
      assert.equal(new Set(ids).size, 1);
      assert.deepEqual((await Promise.all(answers.map((answer) => auditLines(safe, answer)))).flat(), [
        `group.added cora group:${ids[0]}`,
      ]);
    });

    it('look like none to everybody else, administrators included', async () => {
      const [friends] = await list(ana, 'q=friends');
      const id = friends?.id ?? 0;
      const theirs = `${groups}/${id}`;
      for (const who of [root, cora]) {
        const calls: [string, string, object?][] = [
          ['GET', theirs],
          ['PATCH', theirs, { name: 'Mine' }],
          ['POST', `${theirs}/disable`],
          ['POST', `${theirs}/enable`],
          ['PUT', `${theirs}/members/${who.username}`],
          ['DELETE', `${theirs}/members/ben`],
        ];
        for (const [method, path, body] of calls) {
          const foreign = mustRefuse(await who.call(method, path, body), 404, 'group_not_found');
          const none = mustRefuse(await who.call(method, path.replace(`/${id}`, '/987'), body), 404, 'group_not_found');
          assert.deepEqual({ ...foreign, requestId: '' }, { ...none, requestId: '' });
          // Nor is it a user group, nor a user group a private one.
          const asUserGroup = await who.call(method, path.replace('private', 'user'), body);
          const asPrivate = await who.call(method, path.replace(`/${id}`, '/2'), body);
          assert.ok([403, 404].includes(asUserGroup.status), asUserGroup.text);
          mustRefuse(asPrivate, 404, 'group_not_found');
        }
        assert.ok(!(await names(who, 'state=all')).includes('Friends'));
        assert.deepEqual(await names(who, 'role=member'), []);
        mustRefuse(await who.call('GET', `${groups}?cursor=${id}`), 400, 'cursor_invalid');
        mustRefuse(await who.call('GET', `${groups}?role=member&cursor=${id}`), 400, 'cursor_invalid');
      }
      const { name, enabled } = await read(ana, id);
      assert.deepEqual([name, enabled, members(await read(ana, id))], ['Friends', true, ['ben']]);
    });

    it('are seen by their members while they may see each other, and never changed by them', async () => {
      const { id } = await add(ana, { name: 'Circle', description: 'Of three', members: ['ben', 'cora'] });
      const [listed] = await list(ben, 'role=member&q=circle');
      assert.deepEqual(listed, {
        id,
        name: 'Circle',
        description: 'Of three',
        enabled: true,
        memberCount: 2,
        isMember: true,
        owner: 'ana',
        membersVisible: true,
      });
      assert.deepEqual(members(await read(ben, id)), ['ben', 'cora']);
      const path = `${groups}/${id}`;
      for (const [method, rest, body] of [
        ['PATCH', '', { membersVisible: true }],
        ['POST', '/disable'],
        ['POST', '/enable'],
        ['PUT', '/members/ben'],
        ['DELETE', '/members/ben'],
      ] as const) {
        const answer = await ben.call(method, path + rest, body);
        mustRefuse(answer, 404, 'group_not_found', `${method} ${rest}`);
        assert.equal((await auditLines(safe, answer)).length, 1);
      }
      const unseen = async () => {
        const none = mustRefuse(await ben.call('GET', `${groups}/987`), 404, 'group_not_found');
        const hidden = mustRefuse(await ben.call('GET', path), 404, 'group_not_found');
        assert.deepEqual({ ...hidden, requestId: '' }, { ...none, requestId: '' });
        assert.deepEqual(await names(ben, 'role=member&q=circle&state=all'), []);
        mustRefuse(await ben.call('GET', `${groups}?role=member&cursor=${id}`), 400, 'cursor_invalid');
      };
      done(await ana.call('PATCH', path, { membersVisible: false }));
      await unseen();
      assert.deepEqual(members(await read(ana, id)), ['ben', 'cora']);
      done(await ana.call('PATCH', path, { membersVisible: true }));
      assert.deepEqual(members(await read(ben, id)), ['ben', 'cora']);
      // A disabled group gives nothing.
      assert.deepEqual(done(await ana.call('POST', `${path}/disable`)), { changed: true });
      await unseen();
      assert.deepEqual(done(await ana.call('POST', `${path}/enable`)), { changed: true });
      assert.deepEqual(done(await ana.call('DELETE', `${path}/members/ben`)), { changed: true });
      await unseen();
    });

    it('never tell who else is in one whose members may not see each other', async () => {
      const { id } = await add(ana, { name: 'Secret', members: ['ben', 'cora'], membersVisible: false });
      const item = '/api/v1/items/note';
      const { number } = done<{ number: number }>(await ana.call('POST', item, { name: 'a', note: 'x' }), 201);
      done(await ana.call('PUT', `${item}/${number}/shares/groups/${id}`, { role: 'editor' }));
      assert.equal((await read(ana, id)).holdsShares, true);
      const asked: Answer[] = [];
      for (const path of [
        `${groups}/${id}`,
        `${groups}?role=member&state=all`,
        `${groups}?state=all`,
        '/api/v1/user-groups?state=all',
        `/api/v1/user-groups/${id}`,
        `${item}/${number}/access`,
        `${item}/${number}/shares`,
        `${item}/${number}`,
      ]) {
        asked.push(await ben.call('GET', path));
      }
      for (const { text } of asked) assert.ok(!text.includes('cora'), text);
      const access = done<{ users: { username: string }[] }>(asked[5] as Answer).users.map((user) => user.username);
      assert.deepEqual(access, ['ana', 'ben']);
    });

    it('give and take at once what is shared with them: no administrator is asked', async () => {
      await safe.signIn('dora', 'admin');
      const { id } = await add(ana, { name: 'Givers' });
      const item = '/api/v1/items/note';
      const { number } = done<{ number: number }>(await ana.call('POST', item, { name: 'a', note: 'x' }), 201);
      done(await ana.call('PUT', `${item}/${number}/shares/groups/${id}`, { role: 'viewer' }));
      const may = async (is: boolean) =>
        assert.equal((await cora.call('GET', `${item}/${number}`)).status, is ? 200 : 403);
      await may(false);
      const added = await ana.call('PUT', `${groups}/${id}/members/cora`);
      assert.deepEqual(done(added), { changed: true });
      const [entry, ...others] = await auditEntries(safe, added);
      assert.deepEqual(others, []);
      const { session: _, ...details } = entry?.details ?? {};
      assert.deepEqual([entry?.event, details], ['group.member-added', { member: 'cora' }]);
      await may(true);
      assert.deepEqual(done(await ana.call('PUT', `${groups}/${id}/members/cora`)), { changed: false });
      const disable = () => ana.call('POST', `${groups}/${id}/disable`, undefined, key('givers off'));
      assert.deepEqual(done(await disable()), { changed: true });
      await may(false);
      assert.deepEqual(done(await ana.call('POST', `${groups}/${id}/enable`)), { changed: true });
      assert.deepEqual(done(await disable()), { changed: true });
      await may(true);
      assert.deepEqual(done(await ana.call('POST', `${groups}/${id}/enable`)), { changed: false });
    });

    it('need no fresh proof: they are the matter of their owners alone', async () => {
      safe.setClock(new Date(Date.now() + 11 * 60_000));
      const { id } = await add(cora, { name: 'Later' });
      assert.deepEqual(done(await cora.call('PUT', `${groups}/${id}/members/ben`)), { changed: true });
      safe.setClock(null);
    });

    it('are listed page by page', async () => {
      for (const name of ['e', 'd', 'c', 'b', 'a']) {
        await add(cora, { name, members: ['ben'] });
        if (name === 'c') done(await cora.call('POST', `${groups}/${(await list(cora, 'q=c'))[0]?.id}/disable`));
      }
      const pages = async (who: SignedIn, query: string) => {
        const found: string[] = [];
        for (let path: string | null = `${groups}?limit=2&${query}`; path !== null; ) {
          const page: Page = done<Page>(await who.call('GET', path));
          assert.ok(page.groups.length <= 2);
          found.push(...page.groups.map((group) => group.name));
          path = page.next && `${groups}?limit=2&${query}&cursor=${page.next}`;
        }
        return found;
      };
      assert.deepEqual(await pages(cora, 'state=all'), ['a', 'b', 'c', 'd', 'e', 'Later', 'Once']);
      assert.deepEqual(await pages(cora, ''), ['a', 'b', 'd', 'e', 'Later', 'Once']);
      assert.deepEqual(await pages(cora, 'state=disabled'), ['c']);
      assert.deepEqual(await pages(ben, 'role=member'), await names(ben, 'role=member&limit=200'));
      assert.deepEqual(
        (await pages(ben, 'role=member')).filter((name) => name.length === 1),
        ['a', 'b', 'd', 'e'],
      );
    });

    it('are refused with what cannot be', async () => {
      mustBeInvalid(await ana.call('POST', groups, { name: '' }), ['name']);
      mustBeInvalid(await ana.call('POST', groups, { name: 'x', owner: 'ben' }), ['owner']);
      mustBeInvalid(await ana.call('POST', groups, { name: 'x', isPrivate: false }), ['isPrivate']);
      mustRefuse(await ana.call('POST', groups, { name: 'x', members: ['ghost'] }), 404, 'user_not_found');
      mustBeInvalid(await ana.call('GET', `${groups}?role=viewer`), ['role']);
      const [mine] = await list(ana, 'q=friends');
      mustBeInvalid(await ana.call('PATCH', `${groups}/${mine?.id}`, { description: 'x'.repeat(1001) }), [
        'description',
      ]);
      mustRefuse(await ana.call('PUT', `${groups}/${mine?.id}/members/ghost`), 404, 'user_not_found');
    });
  });
}
