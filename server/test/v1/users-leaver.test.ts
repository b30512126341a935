import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { LeaverRow } from '../../src/actions/audit/leaver.ts';
import { auditEntries } from '../audit-left.ts';
import { engines, type Person, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { done, mustRefuse } from './problem.ts';

type Row = Omit<LeaverRow, 'lastAt'> & { lastAt: string };

const path = '/api/v1/users/leo/leaver-report';
const passwords = '/api/mysafe/password';
const formula = '=HYPERLINK("http://evil.example","x")';

for (const engine of engines) {
  describe(`what a leaver knows on ${engine}`, () => {
    let safe: TestSafe;
    let adam: SignedIn;
    let ana: Person;
    let leo: Person;
    let owner: SignedIn;
    before(async () => {
      safe = await startSafe(engine);
      adam = await safe.signIn('adam', 'admin');
      [ana, leo] = [await safe.person('ana'), await safe.person('leo')];
      owner = await safe.signIn('ana');
      const share = { users_allowed: [{ username: 'leo', can_edit: true }] };
      const add = (name: string, password: string) =>
        ana.call('POST', passwords, { name, username: 'u', password, notes: 'n', ...share });
      for (const name of ['kept', 'changed', 'changed and back', 'never seen', formula]) {
        assert.equal((await add(name, `first of ${name}`)).status, 201);
      }
      for (const number of [1, 2, 3, 5]) assert.equal((await leo.call('GET', `${passwords}/${number}`)).status, 200);
      const change = (number: number, body: object) => ana.call('PUT', `${passwords}/update/${number}`, body);
      await change(1, { name: 'kept, renamed' });
      await change(2, { password: 'another' });
      await change(3, { password: 'another' });
      await change(3, { password: 'first of changed and back' });
      await change(5, { users_allowed: [] });
      await leo.call('POST', '/api/mysafe/note', { name: 'his own', note: 'text' });
    });
    after(() => safe.close());

    const report = async (who: SignedIn) => done<{ items: Row[] }>(await who.call('GET', path)).items;
    const short = (rows: readonly Row[]) =>
      rows.map(({ kind, number, name, owner: of, fields, unchanged }) =>
        [`${kind}:${number}`, name ?? '-', of, fields.join('+'), unchanged.join('+')].join(' | '),
      );

    it('is told to an administrator by number, kind and owner', async () => {
      const rows = await report(adam);
      assert.deepEqual(short(rows), [
        'note:1 | - | leo | note | note',
        'password:1 | - | ana | notes+password+totp | notes+password',
        'password:2 | - | ana | notes+password+totp | notes',
        'password:3 | - | ana | notes+password+totp | notes+password',
        'password:5 | - | ana | notes+password+totp | notes+password',
      ]);
      assert.deepEqual(
        rows.map(({ access }) => access),
        ['owner', 'editor', 'editor', 'editor', 'none'],
      );
      for (const { lastAt } of rows) assert.ok(Date.now() - Date.parse(lastAt) < 3_600_000);
    });

    it('is told to others of their own items, with names, and leaves an entry', async () => {
      const answer = await owner.call('GET', path);
      const { items } = done<{ items: Row[] }>(answer);
      assert.deepEqual(
        items.map(({ number, name }) => `${number} ${name}`),
        ['1 kept, renamed', '2 changed', '3 changed and back', `5 ${formula}`],
      );
      const [entry, ...none] = await auditEntries(safe, answer);
      assert.deepEqual([entry?.event, entry?.user, none], ['audit.leaver-reported', 'ana', []]);
      const stranger = await safe.signIn('sam');
      assert.deepEqual(await report(stranger), []);
      assert.deepEqual(
        (await safe.operator.run('audit.leaver', { username: 'leo' })).items.map(({ name }) => name),
        [null, null, null, null, null],
      );
    });

    it('never tells a value, and asks for a session and a user that there is', async () => {
      const text = (await adam.call('GET', path)).text + (await owner.call('GET', `${path}.csv`)).text;
      for (const value of ['first of', 'another', '"text"']) assert.ok(!text.includes(value), value);
      mustRefuse(await adam.call('GET', '/api/v1/users/nobody/leaver-report'), 404, 'user_not_found');
      mustRefuse(await safe.call('GET', path), 401, 'token_missing');
      assert.equal((await leo.call('GET', path)).status, 403);
    });

    it('is a table in which no cell is taken for a formula', async () => {
      const answer = await owner.call('GET', `${path}.csv`);
      assert.equal(answer.headers.get('content-type'), 'text/csv; charset=utf-8');
      const [head, first, ...lines] = answer.text.split('\r\n');
      assert.equal(head?.replace('\uFEFF', ''), 'kind,number,name,owner,lastAt,fields,unchanged,disabled,access,since');
      assert.equal(answer.headers.get('content-disposition'), 'attachment; filename="leaver-report.csv"');
      assert.match(
        first ?? '',
        /^password,1,"kept, renamed",ana,[^,]+Z,notes password totp,notes password,false,editor,$/,
      );
      assert.ok(
        lines.some((line) => line.startsWith(`password,5,"'${formula.replaceAll('"', '""')}",ana,`)),
        answer.text,
      );
    });
  });
}
