import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditEntries, auditLines } from '../audit-left.ts';
import { type Answer, anyPassword, engineOf, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { done, mustBeInvalid, mustRefuse } from './problem.ts';
import { type Guarded, makeOutsiders, mustTurnAway, type Outsiders } from './users-outsiders.ts';

type User = {
  username: string;
  name: string;
  enabled: boolean;
  email: string | null;
  role: 'admin' | 'member' | null;
  createdAt: string | null;
  disabledAt: string | null;
  secondFactor: boolean | null;
  lastSignInAt: string | null;
  lastSeenAt: string | null;
  items: number | null;
};
type Page = { users: User[]; next: string | null };
type Added = { user: User; proposal: object | null };

const users = '/api/v1/users';
const key = (text: string) => ({ 'idempotency-key': text });
const otherPassword = 'eight copper bells 52';

const guarded: readonly Guarded[] = [
  { method: 'GET', path: users, action: 'user.list', open: 'anyone' },
  { method: 'GET', path: `${users}/nobody`, action: 'user.list', open: 'anyone' },
  {
    method: 'POST',
    path: users,
    body: { username: 'new', password: 'short' },
    action: 'user.add',
    open: 'admins',
    sudo: true,
  },
  { method: 'PATCH', path: `${users}/nobody`, body: { name: 'X' }, action: 'user.change', open: 'admins', sudo: true },
  { method: 'POST', path: `${users}/nobody/disable`, action: 'user.disable', open: 'admins', sudo: true },
  { method: 'POST', path: `${users}/gone/enable`, action: 'user.enable', open: 'admins', sudo: true },
  {
    method: 'POST',
    path: `${users}/nobody/password`,
    body: { password: otherPassword },
    action: 'user.set-password',
    open: 'admins',
    sudo: true,
  },
  { method: 'POST', path: `${users}/nobody/end-sessions`, action: 'user.end-sessions', open: 'admins', sudo: true },
];

for (const engine of engineOf(import.meta.filename)) {
  describe(`users over our own API on ${engine}`, () => {
    let safe: TestSafe;
    let outsiders: Outsiders;
    let root: SignedIn;
    let nobody: SignedIn;
    before(async () => {
      safe = await startSafe(engine, { ARCA_LANES: '4' });
      outsiders = await makeOutsiders(safe);
      ({ root, nobody } = outsiders);
    });
    after(() => safe.close());

    const signInWith = (username: string, password: string) =>
      safe.call('POST', '/api/v1/session', { username, password });
    const read = async (username: string) => done<User>(await root.call('GET', `${users}/${username}`));
    const names = (answer: Answer) => done<Page>(answer).users.map((user) => user.username);

    for (const one of guarded) {
      it(`are closed to those who may not: ${one.action}, ${one.method} ${one.path}`, () =>
        mustTurnAway(outsiders, one));
    }

    it('change nothing for those who may not', async () => {
      const { name, enabled, lastSignInAt } = await read('nobody');
      assert.deepEqual([name, enabled, lastSignInAt !== null], ['', true, true]);
      assert.equal((await read('gone')).enabled, false);
      assert.equal((await signInWith('nobody', anyPassword)).status, 201);
      mustRefuse(await root.call('GET', `${users}/new`), 404, 'user_not_found');
    });

    it('are added by an administrator, who hands the password over', async () => {
      const draft = {
        username: ' Ben.Duarte@x ',
        name: ' Ben Duarte ',
        email: 'ben@example.com',
        password: anyPassword,
      };
      const answer = await root.call('POST', users, draft);
      const { user, proposal } = done<Added>(answer, 201);
      const { createdAt, ...rest } = user;
      assert.deepEqual(rest, {
        username: 'ben.duarte@x',
        name: 'Ben Duarte',
        enabled: true,
        email: 'ben@example.com',
        role: 'member',
        disabledAt: null,
        secondFactor: false,
        lastSignInAt: null,
        lastSeenAt: null,
        items: 0,
      });
      assert.ok(!Number.isNaN(Date.parse(createdAt ?? '')));
      assert.equal(proposal, null);
      assert.equal(answer.headers.get('location'), `${users}/ben.duarte%40x`);
      assert.ok(!answer.text.includes(anyPassword));
      const [entry, ...others] = await auditEntries(safe, answer);
      assert.deepEqual(others, []);
      assert.deepEqual([entry?.event, entry?.user], ['user.added', 'root']);
      const { session, ...details } = entry?.details ?? {};
      assert.match(String(session), /^[0-9a-f-]{36}$/);
      assert.deepEqual(details, { username: 'ben.duarte@x', role: 'member' });
      assert.equal((await signInWith('ben.duarte@x', anyPassword)).status, 201);
      assert.deepEqual(done(await root.call('GET', answer.headers.get('location') ?? '')), {
        ...user,
        ...(await seen('ben.duarte@x')),
      });
    });

    const seen = async (username: string) => {
      const { lastSignInAt, lastSeenAt } = await read(username);
      assert.ok(lastSignInAt !== null && lastSeenAt !== null);
      return { lastSignInAt, lastSeenAt };
    };

    it('are added once for all requests with one key, also at once', async () => {
      const draft = { username: 'twice', password: anyPassword };
      const send = (body: object = draft) => root.call('POST', users, body, key('add twice'));
      const answers = await Promise.all([send(), send(), send()]);
      for (const answer of answers) assert.deepEqual(answer.json, answers[0]?.json);
      const lines = (await Promise.all(answers.map((answer) => auditLines(safe, answer)))).flat();
      assert.equal(lines.filter((line) => line.startsWith('user.added root')).length, 1, lines.join());
      mustRefuse(await send({ ...draft, name: 'Other' }), 422, 'idempotency_key_reused');
      done(await root.call('PATCH', `${users}/twice`, { name: 'Renamed' }));
      assert.equal(done<Added>(await send(), 201).user.name, 'Renamed');
    });

    it('are not added with what cannot be', async () => {
      const least = { username: 'odd', password: anyPassword };
      mustRefuse(await root.call('POST', users, { ...least, username: 'NOBODY' }), 409, 'username_taken');
      for (const username of ['-x', 'a b', 'ä', 'x'.repeat(63).concat('/'), '\u0000a']) {
        mustBeInvalid(await root.call('POST', users, { ...least, username }), ['username'], username);
      }
      for (const password of ['eleven chars'.slice(1), 'qwertyuiop123', '1'.repeat(40), '\u20ac'.repeat(342)]) {
        mustBeInvalid(await root.call('POST', users, { ...least, password }), ['password'], password);
      }
      mustBeInvalid(await root.call('POST', users, { ...least, username: 'my-very-own', password: 'my-very-own' }), [
        'password',
      ]);
      for (const email of ['x', 'a b@c', '@', `${'x'.repeat(251)}@x.y`]) {
        mustBeInvalid(await root.call('POST', users, { ...least, email }), ['email'], email);
      }
      mustBeInvalid(await root.call('POST', users, { ...least, name: 'x'.repeat(256) }), ['name']);
      mustBeInvalid(await root.call('POST', users, { ...least, name: '\ud800' }), ['name']);
      mustBeInvalid(await root.call('POST', users, { ...least, role: 'boss' }), ['role']);
      mustBeInvalid(await root.call('POST', users, { ...least, id: 1 }), ['id']);
      mustBeInvalid(await root.call('POST', users, {}), ['username', 'password']);
      mustRefuse(await root.call('GET', `${users}/odd`), 404, 'user_not_found');
      done(await root.call('POST', users, { ...least, name: '😀'.repeat(255), email: '' }), 201);
      assert.equal((await read('odd')).name, '😀'.repeat(255));
    });

    it('are found by a name however it is written', async () => {
      for (const username of ['odd', 'ODD', '%20odd%20']) {
        assert.equal(done<User>(await nobody.call('GET', `${users}/${username}`)).username, 'odd');
      }
      for (const username of ['ghost', '%00', 'odd%2f', '%F0%9F%98%80']) {
        mustRefuse(await nobody.call('GET', `${users}/${username}`), 404, 'user_not_found', username);
      }
      mustBeInvalid(await nobody.call('GET', `${users}/${'x'.repeat(65)}`), ['username']);
    });

    it('show everybody their names, and administrators the rest', async () => {
      const hers = { username: 'odd', name: '😀'.repeat(255), enabled: true };
      const hidden = { email: null, role: null, createdAt: null, disabledAt: null };
      const unseen = { secondFactor: null, lastSignInAt: null, lastSeenAt: null, items: null };
      const plain = { ...hers, ...hidden, ...unseen };
      assert.deepEqual(done(await nobody.call('GET', `${users}/odd`)), plain);
      const all = done<Page>(await nobody.call('GET', `${users}?state=all`)).users;
      assert.deepEqual(
        all.find((user) => user.username === 'odd'),
        plain,
      );
      for (const user of all) {
        const { username: _, name: __, enabled: ___, ...rest } = user;
        assert.deepEqual(rest, { ...hidden, ...unseen });
      }
      assert.deepEqual(
        all.find((user) => user.username === 'gone'),
        { ...plain, username: 'gone', name: '', enabled: false },
      );
      const owner = await safe.person('odd');
      done(await owner.call('POST', '/api/v1/items/note', { name: 'a', note: 'x' }), 201);
      done(await owner.call('POST', '/api/v1/items/note', { name: 'b', note: 'x' }), 201);
      done(await owner.call('POST', '/api/v1/items/note/1/disable'));
      const { email, role, items, lastSignInAt } = await read('odd');
      assert.deepEqual(
        { email, role, items, lastSignInAt },
        { email: '', role: 'member', items: 2, lastSignInAt: null },
      );
      assert.ok((await read('gone')).disabledAt !== null);
    });

    it('are listed by name, page by page, whoever comes meanwhile', async () => {
      for (const username of ['p.b', 'p_b', 'pb', 'p@b', 'p0', 'p-z']) {
        done(await root.call('POST', users, { username, password: anyPassword }), 201);
      }
      // By code point: - . 0 @ _ b
      const wanted = ['p-z', 'p.b', 'p0', 'p@b', 'p_b', 'pb'];
      assert.deepEqual(
        names(await nobody.call('GET', `${users}?q=p&limit=200`)).filter((name) => name[0] === 'p'),
        wanted,
      );
      const found: string[] = [];
      let cursor = '';
      for (let pages = 0; pages < 20; pages += 1) {
        const answer = await nobody.call('GET', `${users}?state=all&limit=2${cursor}`);
        const { next } = done<Page>(answer);
        found.push(...names(answer));
        if (next === null) break;
        if (pages === 0) done(await root.call('POST', users, { username: '00-first', password: anyPassword }), 201);
        cursor = `&cursor=${encodeURIComponent(next)}`;
      }
      const all = names(await nobody.call('GET', `${users}?state=all&limit=200`));
      assert.deepEqual(['00-first', ...found], all);
      mustRefuse(await nobody.call('GET', `${users}?cursor=ghost`), 400, 'cursor_invalid');
      mustRefuse(await nobody.call('GET', `${users}?cursor=%00`), 400, 'cursor_invalid');
      mustBeInvalid(await nobody.call('GET', `${users}?limit=0`), ['limit']);
      mustBeInvalid(await nobody.call('GET', `${users}?limit=201`), ['limit']);
    });

    it('are searched by words, state and role; by e-mail address and role for administrators only', async () => {
      const find = async (who: SignedIn, query: string) => names(await who.call('GET', `${users}?${query}`));
      assert.deepEqual(await find(nobody, 'q=DUARTE%20%20ben'), ['ben.duarte@x']);
      assert.deepEqual(await find(nobody, 'q=duarte%20ana'), []);
      assert.deepEqual(await find(root, 'q=ben@example.com'), ['ben.duarte@x']);
      assert.deepEqual(await find(nobody, 'q=ben@example.com'), []);
      assert.deepEqual(await find(nobody, 'state=disabled'), ['gone']);
      assert.ok(!(await find(nobody, 'limit=200')).includes('gone'));
      assert.deepEqual(await find(root, 'role=admin'), ['root']);
      assert.ok(!(await find(root, 'role=member&state=all&limit=200')).includes('root'));
      mustRefuse(await nobody.call('GET', `${users}?role=admin`), 403, 'access_denied');
      mustBeInvalid(await root.call('GET', `${users}?role=boss&state=new&x=1`), ['x', 'state', 'role']);
    });

    it('save an answer that is known', async () => {
      const { headers } = await root.call('GET', `${users}/odd`);
      const again = await root.call('GET', `${users}/odd`, undefined, { 'if-none-match': headers.get('etag') ?? '' });
      assert.deepEqual([again.status, again.text], [304, '']);
    });

    it('tell neither log nor audit what was typed', async () => {
      const exported: string[] = [];
      for await (const line of safe.operator.stream('audit.export')) exported.push(JSON.stringify(line));
      for (const secret of [anyPassword, otherPassword, 'ben@example.com', 'Ben Duarte']) {
        assert.ok(!safe.log().includes(secret), secret);
        assert.ok(!exported.join('\n').includes(secret), secret);
      }
    });
  });
}
