import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditEntries, auditLines } from '../audit-left.ts';
import { type Answer, engineOf, type Person, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { openByHand } from '../store-by-hand.ts';
import { done, mustBeInvalid, mustRefuse } from './problem.ts';
import { type Guarded, makeOutsiders, mustTurnAway, type Outsiders } from './users-outsiders.ts';

type Listed = {
  id: number;
  name: string;
  description: string;
  enabled: boolean;
  memberCount: number;
  isMember: boolean;
};
type Group = Listed & {
  membersVisible: boolean | null;
  createdAt: string | null;
  disabledAt: string | null;
  holdsShares: boolean | null;
  members: { username: string; enabled: boolean; addedAt: string }[] | null;
};
type Page = { groups: Listed[]; next: string | null };

const groups = '/api/v1/user-groups';
const key = (text: string) => ({ 'idempotency-key': text });

/** Group 1 is a user group of nobody, group 2 a private group. */
const admins = { open: 'admins', sudo: true } as const;
const guarded: readonly Guarded[] = [
  { method: 'GET', path: groups, action: 'group.list', open: 'anyone' },
  { method: 'GET', path: `${groups}/1`, action: 'group.list', target: 'group:1', open: 'anyone' },
  { method: 'POST', path: groups, body: { name: 'No' }, action: 'group.add', ...admins },
  ...[1, 2, 999].flatMap((id): Guarded[] => {
    const [path, target] = [`${groups}/${id}`, `group:${id}`];
    return [
      { method: 'PATCH', path, body: { name: 'No' }, action: 'group.change', target, ...admins },
      { method: 'POST', path: `${path}/disable`, action: 'group.disable', target, ...admins },
      { method: 'POST', path: `${path}/enable`, action: 'group.enable', target, ...admins },
      { method: 'PUT', path: `${path}/members/nobody`, action: 'group.add-member', target, ...admins },
      { method: 'DELETE', path: `${path}/members/nobody`, action: 'group.remove-member', target, ...admins },
    ];
  }),
];

for (const engine of engineOf(import.meta.filename)) {
  describe(`user groups over our own API on ${engine}`, () => {
    let safe: TestSafe;
    let outsiders: Outsiders;
    let root: SignedIn;
    let nobody: SignedIn;
    let ben: SignedIn;
    let benKey: Person;
    before(async () => {
      safe = await startSafe(engine, { ARCA_LANES: '4' });
      outsiders = await makeOutsiders(safe);
      ({ root, nobody } = outsiders);
      ben = await safe.signIn('ben');
      benKey = await safe.person('ben');
      await safe.operator.run('group.add', { name: 'First' });
      await safe.operator.run('group.add', { name: 'Hers', owner: 'ben', members: ['nobody'] });
    });
    after(() => safe.close());

    const read = async (who: SignedIn, id: number) => done<Group>(await who.call('GET', `${groups}/${id}`));
    const add = async (body: object) => done<Group>(await root.call('POST', groups, body), 201);
    const names = (answer: Answer) => done<Page>(answer).groups.map((group) => group.name);
    const members = (group: Group) => group.members?.map((member) => member.username);

    for (const one of guarded) {
      it(`are closed to those who may not: ${one.action}, ${one.method} ${one.path}`, () =>
        mustTurnAway(outsiders, one));
    }

    it('change nothing for those who may not', async () => {
      const { createdAt: _, ...first } = await read(root, 1);
      assert.deepEqual(first, {
        id: 1,
        name: 'First',
        description: '',
        enabled: true,
        memberCount: 0,
        isMember: false,
        membersVisible: true,
        disabledAt: null,
        holdsShares: false,
        members: [],
      });
      assert.deepEqual(names(await root.call('GET', `${groups}?state=all`)), ['First']);
    });

    it('are added with their first members, once for all requests with one key', async () => {
      const draft = { name: ' Finance ', description: ' Who pays ', members: ['BEN', 'nobody', 'ben'] };
      const send = (body: object) => root.call('POST', groups, body, key('finance'));
      const answers = await Promise.all([send(draft), send(draft), send(draft)]);
      const [{ id, ...group } = { id: 0 }] = answers.map((answer) => done<Group>(answer, 201));
      const { createdAt, members: all, ...rest } = group as Group;
      assert.deepEqual(rest, {
        name: 'Finance',
        description: 'Who pays',
        enabled: true,
        memberCount: 2,
        isMember: false,
        membersVisible: true,
        disabledAt: null,
        holdsShares: false,
      });
      assert.deepEqual(
        all?.map(({ username, enabled, addedAt }) => [username, enabled, addedAt]),
        [
          ['ben', true, createdAt],
          ['nobody', true, createdAt],
        ],
      );
      for (const answer of answers) {
        assert.equal(answer.headers.get('location'), `${groups}/${id}`);
        assert.deepEqual(answer.json, answers[0]?.json);
      }
      const left = (await Promise.all(answers.map((answer) => auditEntries(safe, answer)))).flat();
      assert.deepEqual(
        left.map(({ event, user, target, details: { session: _, ...details } }) => [event, user, target, details]),
        [['group.added', 'root', `group:${id}`, { name: 'Finance', members: ['ben', 'nobody'] }]],
      );
      mustRefuse(await send({ name: 'Other' }), 422, 'idempotency_key_reused');
    });

    it('have names of their own among user groups, whatever the letters', async () => {
      mustRefuse(await root.call('POST', groups, { name: 'ﬁnance' }), 409, 'group_name_taken');
      mustRefuse(await root.call('PATCH', `${groups}/1`, { name: 'FINANCE' }), 409, 'group_name_taken');
      const at = await Promise.all(['Race', 'race', 'RACE'].map((name) => root.call('POST', groups, { name })));
      assert.deepEqual(at.map(({ status }) => status).sort(), [201, 409, 409]);
      await add({ name: 'Hers' });
    });

    it('are refused with what cannot be', async () => {
      const post = (body: object) => root.call('POST', groups, body);
      mustBeInvalid(await post({ name: '  ' }), ['name']);
      mustBeInvalid(await post({ name: 'a\u0000b' }), ['name']);
      mustBeInvalid(await post({ name: '\udc00' }), ['name']);
      mustBeInvalid(await post({ name: 'x'.repeat(256) }), ['name']);
      mustBeInvalid(await post({ name: 'x', description: 'x'.repeat(1001) }), ['description']);
      mustBeInvalid(await post({ name: 'x', description: '\udc00' }), ['description']);
      mustBeInvalid(await post({ name: 'x', members: Array(1001).fill('ben') }), ['members']);
      mustBeInvalid(await post({ name: 'x', owner: 'ben' }), ['owner']);
      mustBeInvalid(await post({}), ['name']);
      mustRefuse(await post({ name: 'x', members: ['ben', 'ghost'] }), 404, 'user_not_found');
      for (const id of ['0', '-1', 'x', '%20', '9'.repeat(16)]) {
        mustBeInvalid(await root.call('GET', `${groups}/${id}`), ['id'], id);
      }
      for (const id of [2, 999, 999_999_999_999_999]) {
        mustRefuse(await root.call('GET', `${groups}/${id}`), 404, 'group_not_found');
        mustRefuse(await root.call('PATCH', `${groups}/${id}`, { name: 'No' }), 404, 'group_not_found');
        for (const verb of ['disable', 'enable']) {
          mustRefuse(await root.call('POST', `${groups}/${id}/${verb}`), 404, 'group_not_found');
        }
        for (const method of ['PUT', 'DELETE']) {
          mustRefuse(await root.call(method, `${groups}/${id}/members/ben`), 404, 'group_not_found');
        }
      }
      const { id, name, description } = await add({ name: '😀'.repeat(255), description: '😀'.repeat(1000) });
      assert.deepEqual([name, description], ['😀'.repeat(255), '😀'.repeat(1000)]);
      done(await root.call('PATCH', `${groups}/${id}`, { name: 'Smile' }));
    });

    it('show their members to administrators, and to members while enabled and visible', async () => {
      const { id } = await add({ name: 'Seen', description: 'By some', members: ['ben'] });
      const plain = { id, name: 'Seen', description: 'By some', enabled: true, memberCount: 1 };
      const hidden = { membersVisible: null, createdAt: null, disabledAt: null, holdsShares: null, members: null };
      assert.deepEqual(await read(nobody, id), { ...plain, isMember: false, ...hidden });
      assert.deepEqual(members(await read(ben, id)), ['ben']);
      assert.deepEqual(members(await read(root, id)), ['ben']);
      done(await root.call('PATCH', `${groups}/${id}`, { membersVisible: false }));
      assert.deepEqual(await read(ben, id), { ...plain, isMember: true, ...hidden });
      assert.deepEqual(members(await read(root, id)), ['ben']);
      done(await root.call('PATCH', `${groups}/${id}`, { membersVisible: true }));
      done(await root.call('POST', `${groups}/${id}/disable`));
      assert.deepEqual(await read(ben, id), { ...plain, enabled: false, isMember: true, ...hidden });
      done(await root.call('DELETE', `${groups}/${id}/members/ben`));
      done(await root.call('POST', `${groups}/${id}/enable`));
      assert.deepEqual(await read(ben, id), { ...plain, memberCount: 0, isMember: false, ...hidden });
    });

    it('are listed and searched by everybody, page by page', async () => {
      const all = names(await nobody.call('GET', `${groups}?state=all`));
      assert.deepEqual(
        all,
        [...all].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)),
      );
      assert.ok(all.includes('Finance') && all.includes('Seen'));
      const found: string[] = [];
      for (let path: string | null = `${groups}?state=all&limit=2`; path !== null; ) {
        const answer = await nobody.call('GET', path);
        const { next } = done<Page>(answer);
        found.push(...names(answer));
        path = next && `${groups}?state=all&limit=2&cursor=${next}`;
      }
      assert.deepEqual(found, all);
      const { groups: mine } = done<Page>(await ben.call('GET', `${groups}?q=PAYS%20who`));
      assert.deepEqual(
        mine.map(({ id: _, ...group }) => group),
        [{ name: 'Finance', description: 'Who pays', enabled: true, memberCount: 2, isMember: true }],
      );
      done(await root.call('POST', `${groups}/1/disable`));
      assert.deepEqual(names(await nobody.call('GET', `${groups}?state=disabled`)), ['First']);
      assert.ok(!names(await nobody.call('GET', groups)).includes('First'));
      done(await root.call('POST', `${groups}/1/enable`));
      // Neither a private group nor nothing is a place in this list.
      for (const cursor of ['2', '999', 'x', '%00', '0']) {
        mustRefuse(await ben.call('GET', `${groups}?cursor=${cursor}`), 400, 'cursor_invalid', cursor);
      }
    });

    it('change; what is absent stays, and nothing is recorded of nothing', async () => {
      const { id } = await add({ name: 'Before', description: 'Old', members: ['ben'] });
      const change = (body: object) => root.call('PATCH', `${groups}/${id}`, body);
      const answer = await change({ name: 'After', description: 'New', membersVisible: false });
      const { name, description, membersVisible, memberCount } = done<Group>(answer);
      assert.deepEqual([name, description, membersVisible, memberCount], ['After', 'New', false, 1]);
      const [entry, ...others] = await auditEntries(safe, answer);
      assert.deepEqual(others, []);
      const { session: _, ...details } = entry?.details ?? {};
      assert.deepEqual(
        [entry?.event, entry?.target, details],
        [
          'group.changed',
          `group:${id}`,
          { fields: ['name', 'description', 'membersVisible'], from: 'Before', to: 'After' },
        ],
      );
      for (const same of [{}, { name: ' After' }, { description: 'New' }, { membersVisible: false }]) {
        const unchanged = await change(same);
        assert.equal(done<Group>(unchanged).name, 'After');
        assert.deepEqual(await auditLines(safe, unchanged), []);
      }
      done(await change({ description: '' }));
      assert.equal((await read(root, id)).description, '');
      done(await change({ name: 'AFTER' }));
      mustBeInvalid(await change({ name: '' }), ['name']);
      mustBeInvalid(await change({ id: 5 }), ['id']);
      await safe.operator.run('group.disable', { name: 'after' });
      await assert.rejects(safe.operator.run('group.disable', { name: 'Before' }));
      done(await root.call('POST', `${groups}/${id}/enable`));
    });

    it('hold after many changes at once', async () => {
      const { id } = await add({ name: 'Busy' });
      const path = `${groups}/${id}`;
      const calls = [
        ...['a', 'b', 'c', 'd'].map((name) => root.call('PATCH', path, { name: `Busy ${name}` })),
        ...['ben', 'nobody', 'gone', 'root', 'ben'].map((name) => root.call('PUT', `${path}/members/${name}`)),
        ...['disable', 'enable', 'disable', 'enable'].map((verb) => root.call('POST', `${path}/${verb}`)),
        root.call('PATCH', path, { description: 'Much' }),
      ];
      for (const answer of await Promise.all(calls)) assert.equal(answer.status, 200, answer.text);
      const { memberCount, description } = await read(root, id);
      assert.deepEqual([memberCount, description], [4, 'Much']);
    });

    it('give and take what is shared with them, by membership and state', async () => {
      const owner = await safe.signIn('owner');
      const item = '/api/v1/items/note';
      const { number } = done<{ number: number }>(await owner.call('POST', item, { name: 'a', note: 'x' }), 201);
      const { id } = await add({ name: 'Readers' });
      done(await owner.call('PUT', `${item}/${number}/shares/groups/${id}`, { role: 'viewer' }));
      const may = async (is: boolean) => {
        assert.equal((await benKey.call('GET', `${item}/${number}`)).status, is ? 200 : 403);
        assert.equal((await ben.call('GET', `${item}/${number}`)).status, is ? 200 : 403);
      };
      await may(false);
      // There is no other administrator: it is done at once, and says so.
      const added = await root.call('PUT', `${groups}/${id}/members/ben`);
      assert.deepEqual(done(added), { changed: true, proposal: null });
      const [entry] = await auditEntries(safe, added);
      const { session: _, ...details } = entry?.details ?? {};
      assert.deepEqual([entry?.event, details], ['group.member-added', { member: 'ben', alone: true }]);
      await may(true);
      assert.equal((await read(root, id)).holdsShares, true);
      const again = await root.call('PUT', `${groups}/${id}/members/BEN`);
      assert.deepEqual(done(again), { changed: false, proposal: null });
      assert.deepEqual(await auditLines(safe, again), []);
      const disable = () => root.call('POST', `${groups}/${id}/disable`, undefined, key('readers off'));
      assert.deepEqual(done(await disable()), { changed: true });
      await may(false);
      assert.deepEqual(done(await root.call('POST', `${groups}/${id}/disable`)), { changed: false });
      const enabled = await root.call('POST', `${groups}/${id}/enable`);
      assert.deepEqual(done(enabled), { changed: true, proposal: null });
      assert.equal((await auditEntries(safe, enabled))[0]?.details.alone, true);
      await may(true);
      assert.deepEqual(done(await disable()), { changed: true });
      await may(true);
      const removed = await root.call('DELETE', `${groups}/${id}/members/ben`);
      assert.deepEqual(done(removed), { changed: true });
      assert.deepEqual(await auditLines(safe, removed), [`group.member-removed root group:${id}`]);
      assert.deepEqual(done(await root.call('DELETE', `${groups}/${id}/members/ben`)), { changed: false });
      await may(false);
      for (const method of ['PUT', 'DELETE']) {
        mustRefuse(await root.call(method, `${groups}/${id}/members/ghost`), 404, 'user_not_found');
      }
    });

    it('have 10,000 members at the most', async () => {
      const { id } = await add({ name: 'Crowd' });
      const store = await openByHand(safe.settings);
      try {
        // Rows of nobody, past the server: they are counted, not read.
        const fill = (from: number, to: number) =>
          store.run(
            `with recursive n(i) as (select ${from} union all select i + 1 from n where i < ${to})
             insert into group_members (group_id, user_id, added_at, mac) select ${id}, 1000000 + i, 0, ? from n`,
            Buffer.alloc(32),
          );
        await fill(1, 9_999);
        assert.deepEqual(done(await root.call('PUT', `${groups}/${id}/members/ben`)), {
          changed: true,
          proposal: null,
        });
        const full = mustRefuse(await root.call('PUT', `${groups}/${id}/members/nobody`), 400, 'field_invalid');
        assert.deepEqual(full.errors, [{ field: 'members', why: 'a group has at most 10000' }]);
        assert.deepEqual(done(await root.call('PUT', `${groups}/${id}/members/ben`)), {
          changed: false,
          proposal: null,
        });
        assert.deepEqual(done(await root.call('DELETE', `${groups}/${id}/members/ben`)), { changed: true });
      } finally {
        await store.run(`delete from group_members where user_id > 1000000`);
        await store.close();
      }
    });
  });
}
