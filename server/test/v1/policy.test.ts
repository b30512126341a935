import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditEntries, auditLines } from '../audit-left.ts';
import { engineOf, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { done, mustBeInvalid, mustRefuse } from './problem.ts';
import { enrol, holdClock, type SessionBody } from './sign-in-steps.ts';

const policy = '/api/v1/policy';

type Policy = { revision: number; keyMakers: { everyone: boolean; users: string[]; groups: string[] } };

for (const engine of engineOf(import.meta.filename)) {
  describe(`the policy on ${engine}`, () => {
    let safe: TestSafe;
    let root: SignedIn;
    let ana: SignedIn;
    let makersId: number;
    before(async () => {
      safe = await startSafe(engine);
      root = await safe.signIn('root', 'admin');
      ana = await safe.signIn('ana');
      makersId = (await safe.operator.run('group.add', { name: 'Key Makers', members: ['ana'] })).id;
      await safe.operator.run('group.add', { name: 'Others', members: [] });
      await safe.operator.run('group.add', { name: 'Private', owner: 'ana', members: ['ana'] });
    });
    after(() => safe.close());

    const change = (body: object, headers = {}, person = root) => person.call('PATCH', policy, body, headers);
    const read = async () => done<Policy>(await root.call('GET', policy));

    it('is what holds until an administrator settles something else', async () => {
      const answer = await ana.call('GET', policy);
      assert.deepEqual(done(answer), {
        revision: 0,
        keyMakers: { everyone: true, users: [], groups: [] },
        secondFactor: 'optional',
        idleMinutes: 60,
        sessionHours: 12,
      });
      assert.match(answer.headers.get('etag') ?? '', /^"0\.[\w-]{16}"$/);
    });

    it('is read by everyone who signed in, and changed by administrators', async () => {
      const { call } = await safe.person('root');
      for (const [who, calls, reading, changing] of [
        ['a stranger', safe.call, 401, 'token_missing'],
        ['a key of an administrator', call, 403, 'access_denied'],
        ['a member', ana.call, 200, 'access_denied'],
      ] as const) {
        assert.equal((await calls('GET', policy)).status, reading, who);
        const answer = await calls('PATCH', policy, { idleMinutes: 30 });
        mustRefuse(answer, changing === 'token_missing' ? 401 : 403, changing, who);
        if (changing === 'access_denied') {
          const user = who === 'a member' ? 'ana' : 'root';
          assert.deepEqual(await auditLines(safe, answer), [`policy.change.refused ${user} - access_denied`]);
        }
      }
      assert.equal((await read()).revision, 0);
    });

    it('changes as far as it is told to, counts its revisions, and records the names of what changed', async () => {
      const answer = await change({ idleMinutes: 30, sessionHours: 12 });
      const changed = done<Policy & { idleMinutes: number }>(answer);
      assert.deepEqual([changed.revision, changed.idleMinutes], [1, 30]);
      assert.equal(answer.headers.get('etag'), '"1"');
      const [entry, ...more] = await auditEntries(safe, answer);
      assert.deepEqual(more, []);
      assert.deepEqual(
        [entry?.event, entry?.user, entry?.target, entry?.details.fields],
        ['policy.changed', 'root', null, ['idleMinutes']],
      );
      const second = done<Policy & { sessionHours: number }>(await change({ sessionHours: 8, idleMinutes: 60 }));
      assert.deepEqual([second.revision, second.sessionHours], [2, 8]);
      done(await change({ sessionHours: 12 }));
    });

    it('stays as it is when nothing differs', async () => {
      const before = await read();
      for (const body of [{}, { idleMinutes: 60 }, { keyMakers: before.keyMakers }, before]) {
        const { revision: _, ...rest } = body as Policy;
        const answer = await change(rest);
        assert.deepEqual(done(answer), before);
        assert.deepEqual(await auditLines(safe, answer), []);
      }
    });

    it('refuses a change when someone else saved first, and tells the revision', async () => {
      const { revision } = await read();
      const etag = (await root.call('GET', policy)).headers.get('etag') ?? '';
      done(await change({ idleMinutes: 20 }, { 'if-match': etag }));
      const answer = await change({ idleMinutes: 10 }, { 'if-match': etag });
      const { current } = mustRefuse(answer, 412, 'revision_stale');
      assert.deepEqual(current, { revision: revision + 1, open: null });
      done(await change({ idleMinutes: 60 }, { 'if-match': `"${revision + 1}"` }));
      done(await change({ idleMinutes: 30 }, { 'if-match': '*' }));
      mustRefuse(await change({ idleMinutes: 10 }, { 'if-match': 'seven' }), 400, 'revision_unreadable');
      done(await change({ idleMinutes: 60 }));
    });

    it('loses no change of two at once', async () => {
      const { revision } = await read();
      const etag = { 'if-match': `"${revision}"` };
      const answers = await Promise.all([5, 6, 7, 8].map((idleMinutes) => change({ idleMinutes }, etag)));
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 412, 412, 412]);
      assert.equal((await read()).revision, revision + 1);
      done(await change({ idleMinutes: 60 }));
    });

    it('refuses what is out of range or unknown', async () => {
      const everyone = { everyone: true, users: [], groups: [] };
      for (const [body, fields] of [
        [{ idleMinutes: 4 }, ['idleMinutes']],
        [{ idleMinutes: 61 }, ['idleMinutes']],
        [{ idleMinutes: '30' }, ['idleMinutes']],
        [{ sessionHours: 0 }, ['sessionHours']],
        [{ sessionHours: 13 }, ['sessionHours']],
        [{ sessionHours: 1.5 }, ['sessionHours']],
        [{ secondFactor: 'nobody' }, ['secondFactor']],
        [{ revision: 9 }, ['revision']],
        [{ keyMakers: { everyone: false } }, ['keyMakers.users', 'keyMakers.groups']],
        [{ keyMakers: { ...everyone, admins: true } }, ['keyMakers.admins']],
        [{ keyMakers: null }, ['keyMakers']],
      ] as const) {
        mustBeInvalid(await change(body), fields, JSON.stringify(body));
      }
    });

    it('names every user and group that nobody has', async () => {
      const before = await read();
      const answer = await change({
        keyMakers: { everyone: false, users: ['ana', 'nobody', '\0'], groups: ['Key Makers', 'Private', 'no such'] },
      });
      const { errors } = mustBeInvalid(answer, [
        'keyMakers.users.1',
        'keyMakers.users.2',
        'keyMakers.groups.1',
        'keyMakers.groups.2',
      ]);
      assert.deepEqual(
        [errors?.[0]?.why, errors?.[3]?.why],
        ['there is no user nobody', 'there is no user group no such'],
      );
      assert.deepEqual(await read(), before);
    });

    it('lets only those make keys whom it names, by user or group', async () => {
      const may = async (person: SignedIn) =>
        done<SessionBody>(await person.call('GET', '/api/v1/session')).may.makeKeys;
      const settle = async (keyMakers: Policy['keyMakers']) => done<Policy>(await change({ keyMakers })).keyMakers;
      assert.deepEqual([await may(root), await may(ana)], [true, true]);
      assert.deepEqual(await settle({ everyone: false, users: ['ROOT', 'root'], groups: ['others'] }), {
        everyone: false,
        users: ['root'],
        groups: ['Others'],
      });
      assert.deepEqual([await may(root), await may(ana)], [true, false]);
      await settle({ everyone: false, users: [], groups: ['Key Makers'] });
      assert.deepEqual([await may(root), await may(ana)], [false, true]);
      // Another name is the same group, and another group of that name is not.
      done(await root.call('PATCH', `/api/v1/user-groups/${makersId}`, { name: 'Makers of Keys' }));
      await safe.operator.run('group.add', { name: 'Key Makers', members: ['root'] });
      assert.deepEqual([await may(root), await may(ana)], [false, true]);
      assert.deepEqual((await read()).keyMakers.groups, ['Makers of Keys']);
      await safe.operator.run('group.disable', { name: 'Makers of Keys' });
      assert.equal(await may(ana), false);
      await settle({ everyone: true, users: [], groups: [] });
      assert.deepEqual([await may(root), await may(ana)], [true, true]);
    });

    it('does not shut out the administrator who changes it', async () => {
      const clock = holdClock(safe);
      const dora = await safe.signIn('dora', 'admin');
      for (const secondFactor of ['admins', 'everyone']) {
        const answer = await change({ secondFactor, idleMinutes: 30 }, {}, dora);
        const { errors } = mustBeInvalid(answer, ['secondFactor']);
        assert.match(errors?.[0]?.why ?? '', /enrol it in your profile first/);
        assert.deepEqual(await auditLines(safe, answer), ['policy.change.refused dora - field_invalid']);
      }
      await enrol(dora, clock.now());
      done(await change({ secondFactor: 'admins' }, {}, dora));
      done(await change({ idleMinutes: 30 }, {}, dora));
      // Another one who has none yet can do nothing until he enrols.
      mustRefuse(await change({ secondFactor: 'optional' }), 403, 'second_factor_not_enrolled');
      done(await change({ secondFactor: 'optional', idleMinutes: 60 }, {}, dora));
      safe.setClock(null);
    });

    it('outlives a restart', async () => {
      const before = await read();
      await safe.restart();
      assert.deepEqual(await read(), before);
    });
  });
}
