import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { AuditVerdict } from '../../../src/actions/audit/verdict.ts';
import type { operate as Operate } from '../../../src/admin/operate.ts';
import { rotateToEnd } from '../../rotation/rotate-to-end.ts';
import { engines, type Person, type SignedIn, startSafe, type TestSafe } from '../../start-safe.ts';
import { openByHand, type StoreByHand } from '../../store-by-hand.ts';
import { type Break, brokenCopy } from './broken-copy.ts';

type Stage = { safe: TestSafe; root: SignedIn; ana: Person; ben: Person };

type Scenario = {
  what: string;
  /** The row, as the store has it. */
  table: string;
  where: string;
  /** Brings the row about before it is noted by other hands. */
  make(stage: Stage): Promise<unknown>;
  /** What then happens to it by right. */
  act(stage: Stage): Promise<unknown>;
  finds: RegExp;
  without: Break;
};

const told = 'actions/audit/told-rows.ts';
const note = '/api/mysafe/note';
const older: Break = [told, 'else if (last.digest !== digest)', 'else if (false)'];
const removed: Break = [told, 'else if (last.digest === null) say(', 'else if (last.digest === null) void ('];
const withBen = { users_allowed: [{ username: 'ben', can_edit: true }] };

const scenarios: Scenario[] = [
  {
    what: 'an item put back to before its last change',
    table: 'items',
    where: `kind = 'note' and number = 1`,
    make: async () => undefined,
    act: ({ ana }) => ana.call('PUT', `${note}/update/1`, { note: 'changed' }),
    finds: /^note:1 was put back to an older state: that of \S+, before this entry of \S+$/,
    without: older,
  },
  {
    what: 'an item enabled again that was disabled',
    table: 'items',
    where: `kind = 'note' and number = 2`,
    make: async () => undefined,
    act: ({ ana }) => ana.call('POST', `${note}/inactive/2`),
    finds: /^note:2 was put back to an older state/,
    without: older,
  },
  {
    what: 'a share put back that was ended',
    table: 'shares',
    where: `kind = 'note' and number = 3`,
    make: ({ ana }) => ana.call('PUT', `${note}/update/3`, withBen),
    act: ({ ana }) => ana.call('PUT', `${note}/update/3`, { users_allowed: [] }),
    finds: /^the share of note:3 with user:\d+ was put back: this entry of \S+ tells that it was removed$/,
    without: removed,
  },
  {
    what: 'a share put back as editor that was made viewer',
    table: 'shares',
    where: `kind = 'note' and number = 4`,
    make: ({ ana }) => ana.call('PUT', `${note}/update/4`, withBen),
    act: ({ ana }) => ana.call('PUT', `${note}/update/4`, { users_allowed: [{ username: 'ben', can_edit: false }] }),
    finds: /^the share of note:4 with user:\d+ was put back to an older state/,
    without: older,
  },
  {
    what: 'a membership put back that was ended',
    table: 'group_members',
    where: `group_id = 1 and user_id = (select id from users where username = 'ben')`,
    make: ({ safe }) => safe.operator.run('group.add-member', { name: 'crew', member: 'ben' }),
    act: ({ safe }) => safe.operator.run('group.remove-member', { name: 'crew', member: 'ben' }),
    finds: /^the membership of user:\d+ in group:1 was put back: this entry of \S+ tells that it was removed$/,
    without: removed,
  },
  {
    what: 'a user enabled again who was disabled',
    table: 'users',
    where: `username = 'dora'`,
    make: ({ safe }) => safe.person('dora'),
    act: ({ safe }) => safe.operator.run('user.disable', { username: 'dora' }),
    finds: /^user:\d+ was put back to an older state/,
    without: older,
  },
  {
    what: 'an access key put back that was revoked',
    table: 'access_keys',
    where: `id = (select max(id) from access_keys)`,
    make: ({ safe }) => safe.person('erin'),
    act: async ({ safe }) => {
      const keys = await safe.operator.run('access-key.list', undefined as never);
      await safe.operator.run('access-key.revoke', {
        clientId: keys.find(({ owner }) => owner === 'erin')?.clientId ?? '',
      });
    },
    finds: /^access-key:\d+ was put back to an older state/,
    without: older,
  },
];

for (const engine of engines) {
  describe(`rows put back by other hands on ${engine}`, () => {
    let stage: Stage;
    let store: StoreByHand;
    before(async () => {
      const safe = await startSafe(engine);
      const root = await safe.signIn('root', 'admin');
      const ana = await safe.person('ana');
      const ben = await safe.person('ben');
      await safe.operator.run('group.add', { name: 'crew', members: ['ana'] });
      for (let number = 1; number <= 6; number += 1) await ana.call('POST', note, { name: `n${number}`, note: 't' });
      stage = { safe, root, ana, ben };
      store = await openByHand(safe.settings);
    });
    after(async () => {
      await store.close();
      await stage.safe.close();
    });

    const verify = (operate?: typeof Operate): Promise<AuditVerdict> => {
      const { safe } = stage;
      const operator = operate ? operate(safe.serving.safe, 'tester') : safe.operator;
      return operator.run('audit.verify', { state: true });
    };

    /** What is found while `table` is changed by these statements, which are then taken back. */
    async function found(table: string, ...changes: string[]): Promise<AuditVerdict['problems']> {
      await store.run(`create table kept as select * from ${table}`);
      try {
        for (const change of changes) assert.ok((await store.run(change)) > 0, change);
        return (await verify()).problems;
      } finally {
        await store.run(`delete from ${table}`);
        await store.run(`insert into ${table} select * from kept`);
        await store.run('drop table kept');
      }
    }

    it('finds nothing where nothing was put back, whatever was done', async () => {
      const { safe, root, ana } = stage;
      for (const [method, path, body] of [
        ['POST', '/api/v1/private-groups', { name: 'mine' }],
        ['PATCH', '/api/v1/profile', { name: 'Root' }],
      ] as const)
        assert.ok((await root.call(method, path, body)).status < 300, path);
      await ana.call('POST', `${note}/inactive/6`);
      await ana.call('POST', `${note}/active/6`);
      await ana.call('PUT', `${note}/update/99`, { note: 'x' });
      await safe.operator.run('group.disable', { name: 'crew' });
      await safe.operator.run('group.enable', { name: 'crew' });
      await safe.restart();
      const verdict = await verify();
      assert.deepEqual([verdict.problems, verdict.holds], [[], true]);
    });

    for (const { what, table, where, make, act, finds, without } of scenarios) {
      it(`finds ${what}, and would not without its check`, async () => {
        await make(stage);
        const [row] = await store.all(`select * from ${table} where ${where}`);
        assert.ok(row, `${table} has a row where ${where}`);
        await store.run(`create table yesterday as select * from ${table} where ${where}`);
        await act(stage);
        await store.run(`create table today as select * from ${table}`);
        try {
          await store.run(`delete from ${table} where ${where}`);
          await store.run(`insert into ${table} select * from yesterday`);
          const plainly = await stage.safe.operator.run('audit.verify', null);
          assert.deepEqual(plainly.problems, []);
          const { problems, holds } = await verify();
          assert.equal(problems.length, 1, JSON.stringify(problems));
          assert.match(problems[0]?.problem ?? '', finds);
          assert.equal(holds, false);
          const { sequence } = await store.one('select max(sequence) as sequence from audit_entries');
          assert.ok((problems[0]?.sequence ?? 0) > 0 && (problems[0]?.sequence ?? 0) <= Number(sequence));
          if (engine === 'sqlite') {
            const copy = brokenCopy([without]);
            try {
              const { operate } = await copy.load<{ operate: typeof Operate }>('admin/operate.ts');
              assert.deepEqual((await verify(operate)).problems, []);
            } finally {
              copy.remove();
            }
          }
        } finally {
          await store.run(`delete from ${table}`);
          await store.run(`insert into ${table} select * from today`);
          for (const kept of ['yesterday', 'today']) await store.run(`drop table ${kept}`);
        }
      });
    }

    it('finds a share that was deleted, a row that was changed, and one that no entry tells of', async () => {
      const { ana } = stage;
      await ana.call('PUT', `${note}/update/5`, withBen);
      const [gone, ...others] = await found('shares', `delete from shares where number = 5`);
      assert.match(
        gone?.problem ?? '',
        /^the share of note:5 with user:\d+ is missing, and no entry tells that it was removed$/,
      );
      assert.deepEqual(others, []);
      const [changed] = await found('shares', `update shares set role = 'viewer' where number = 5`);
      assert.match(
        changed?.problem ?? '',
        /^the share of note:5 with user:\d+ was changed by other hands: its MAC does not hold$/,
      );
      const [copied] = await found('shares', `update shares set number = 6 where number = 5`);
      assert.match(copied?.problem ?? '', /^the share of note:6 with user:\d+ was changed by other hands/);
    });

    it('tells of every row that the audit follows', async () => {
      const { rows } = await store.one(`select count(*) as rows from audit_entries where event = 'audit.rows-changed'`);
      assert.equal(Number(rows), 0);
    });

    it('finds what was put back before the rotations that wrote every row anew', async () => {
      const { safe, ana } = stage;
      const rows = `select * from items where kind = 'note' and number in (5, 6)`;
      for (const number of [5, 6]) await ana.call('PUT', `${note}/update/${number}`, { note: 'before' });
      await store.run(`create table yesterday as ${rows}`);
      for (const number of [5, 6]) await ana.call('PUT', `${note}/update/${number}`, { note: 'after' });
      await store.run(`delete from items where kind = 'note' and number in (5, 6)`);
      await store.run('insert into items select * from yesterday');
      await store.run('drop table yesterday');
      for (const what of ['rows', 'data', 'rows'] as const) {
        assert.equal((await rotateToEnd(safe.operator, what)).broken, 0);
        const problems = (await verify()).problems.map(({ problem }) => problem).sort();
        assert.equal(problems.length, 2, JSON.stringify(problems));
        for (const [at, number] of [5, 6].entries()) {
          const told = `note:${number} was put back to an older state before the rotation of `;
          assert.equal(problems[at]?.slice(0, told.length), told);
          assert.match(problems[at] ?? '', /: that of \S+, before this entry of \S+$/);
        }
      }
      if (engine === 'sqlite') {
        const copy = brokenCopy([[told, 'if (taken) say(', 'if (taken && false) say(']]);
        try {
          const { operate } = await copy.load<{ operate: typeof Operate }>('admin/operate.ts');
          assert.deepEqual((await verify(operate)).problems, []);
        } finally {
          copy.remove();
        }
      }
      // Whoever changes the rows by right does not undo that.
      for (const number of [5, 6]) assert.equal((await ana.call('POST', `${note}/inactive/${number}`)).status, 200);
      assert.equal((await verify()).problems.length, 2);
    });

    it('finds what was put back and then changed by right, and would not without what that found', async () => {
      const { ana } = stage;
      const earlier = new Set((await verify()).problems.map(({ problem }) => problem));
      const made = [];
      for (const name of ['item', 'share that ends', 'share that changes']) {
        const { json } = await ana.call('POST', note, { name, note: 't' });
        made.push((json as { note_entity: { identifier: string } }).note_entity.identifier);
      }
      const [item, ends, changes] = made;
      const share = (number: string | undefined, users_allowed: object[]) =>
        ana.call('PUT', `${note}/update/${number}`, { users_allowed });
      const asViewer = [{ username: 'ben', can_edit: false }];
      /** Puts the rows back to what they were before this act. */
      const putBack = async (table: string, number: string | undefined, act: () => Promise<unknown>) => {
        const where = `kind = 'note' and number = ${number}`;
        await store.run(`create table yesterday as select * from ${table} where ${where}`);
        await act();
        await store.run(`delete from ${table} where ${where}`);
        assert.equal(await store.run(`insert into ${table} select * from yesterday`), 1);
        await store.run('drop table yesterday');
      };
      for (const number of [ends, changes]) await share(number, withBen.users_allowed);
      await putBack('items', item, () => ana.call('PUT', `${note}/update/${item}`, { note: 'changed' }));
      await putBack('shares', ends, () => share(ends, []));
      await putBack('shares', changes, () => share(changes, asViewer));

      // The version that the item had made is still there, so that its content cannot be changed to it again.
      const byRight = [
        await ana.call('POST', `${note}/inactive/${item}`),
        await share(ends, []),
        await share(changes, asViewer),
      ];
      for (const { status, text } of byRight) assert.equal(status, 200, text);
      const ofNow = ({ problem }: { problem: string }) => !earlier.has(problem);
      const problems = (await verify()).problems.filter(ofNow).map(({ problem }) => problem);
      const time = '2\\d{3}-\\S+Z';
      const older = `was put back to an older state before the change of ${time}: that of ${time}, before this entry of ${time}$`;
      const wanted = [
        `^note:${item} ${older}`,
        `^the share of note:${changes} with user:\\d+ ${older}`,
        `^the share of note:${ends} with user:\\d+ was put back before the change of ${time}: this entry of ${time} tells`,
      ];
      assert.equal(problems.length, wanted.length, JSON.stringify(problems));
      for (const one of wanted)
        assert.ok(
          problems.some((problem) => new RegExp(one).test(problem)),
          `${one} ${problems}`,
        );
      if (engine === 'postgres') return;
      const copy = brokenCopy([[told, 'if (!last || found.before !== last.digest)', 'if (!last)']]);
      try {
        const { operate } = await copy.load<{ operate: typeof Operate }>('admin/operate.ts');
        assert.deepEqual((await verify(operate)).problems.filter(ofNow), []);
      } finally {
        copy.remove();
      }
    });
  });
}
