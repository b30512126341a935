import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { isRefusal } from '../../src/domain/errors.ts';
import { passwordHashOf } from '../../src/storage/credentials.ts';
import { type AuthorityTable, authorityColumns } from '../../src/storage/tables.ts';
import { type Answer, anyPassword, engines } from '../start-safe.ts';
import { alarmsIn, insertRow, otherValues, startTamperedSafe, type TamperedSafe } from './tampered-safe.ts';

const read = '/api/mysafe/password/1';

/**
 * For each table that grants authority: which row, what then must be closed, and the columns by which that row is
 * found: a row under another name is as good as gone, which is refused as such and needs no alarm.
 */
type Case = {
  row(world: TamperedSafe): string;
  attempt(world: TamperedSafe): Promise<Answer>;
  moving: readonly string[];
};

const eve = `(select id from users where username = 'eve')`;
const pia = `(select id from users where username = 'pia')`;

/** The answer, as if it were refused when it does not show what the row gives. */
async function holding(calling: Promise<Answer>, shown: RegExp): Promise<Answer> {
  const answer = await calling;
  return answer.status === 200 && !shown.test(answer.text) ? { ...answer, status: 401 } : answer;
}

const cases: Readonly<Record<Exclude<AuthorityTable, 'credentials'>, Case>> = {
  users: {
    row: () => `username = 'ben'`,
    attempt: ({ ben }) => ben.call('GET', read),
    moving: ['id'],
  },
  groups: {
    row: () => `name = 'crew'`,
    attempt: ({ cora }) => cora.call('GET', read),
    moving: [],
  },
  group_members: {
    row: () => `user_id = (select id from users where username = 'cora')`,
    attempt: ({ cora }) => cora.call('GET', read),
    moving: ['group_id', 'user_id'],
  },
  items: {
    row: () => `kind = 'password' and number = 1`,
    attempt: ({ ben }) => ben.call('GET', read),
    moving: ['kind', 'number', 'version'],
  },
  shares: {
    row: () => `subject = 'user' and number = 1`,
    attempt: ({ ben }) => ben.call('GET', read),
    moving: ['kind', 'number'],
  },
  access_keys: {
    row: ({ ben }) => `client_id = '${ben.clientId}'`,
    attempt: ({ ben }) => ben.call('GET', read),
    moving: ['client_id', 'owner_id'],
  },
  sessions: {
    row: () => `user_id = ${pia}`,
    attempt: (world) => world.pia.call('GET', '/api/v1/session'),
    moving: ['token_hash', 'user_id'],
  },
  // Of these three a row that is gone is a state from before: seen by its owner, or by a comparison outside the store.
  second_factors: {
    row: () => `user_id = ${pia}`,
    attempt: (world) => holding(world.pia.call('GET', '/api/v1/profile'), /"enrolledAt":"/),
    moving: ['user_id'],
  },
  recovery_codes: {
    row: () => `user_id = ${pia} and code_hash = (select min(code_hash) from recovery_codes)`,
    attempt: (world) => holding(world.pia.call('GET', '/api/v1/profile'), /"recoveryCodes":10/),
    moving: ['user_id'],
  },
  policy: {
    row: () => 'revision = 1',
    attempt: (world) => holding(world.pia.call('GET', '/api/v1/policy'), /"idleMinutes":30/),
    moving: ['id'],
  },
  imports: {
    row: () => `owner_id = ${pia}`,
    attempt: (world) => holding(world.pia.call('GET', '/api/v1/imports'), /"file":"seen.csv"/),
    moving: ['owner_id'],
  },
  device_sign_ins: {
    row: () => '1 = 1',
    attempt: ({ pia, userCode }) => pia.call('POST', '/api/v1/device-sign-ins/read', { userCode }),
    moving: ['user_code_hash'],
  },
  proposals: {
    row: () => 'id = 1',
    attempt: ({ root }) => root.call('GET', '/api/v1/proposals'),
    moving: [],
  },
};

for (const engine of engines) {
  describe(`a row that grants authority, changed in the store on ${engine}`, () => {
    let world: TamperedSafe;
    before(async () => {
      world = await startTamperedSafe(engine);
    });
    after(() => world.close());

    it('opens what it should while nobody touches it', async () => {
      for (const { attempt } of Object.values(cases)) assert.equal((await attempt(world)).status, 200);
    });

    it('has a MAC over every column that there is', async () => {
      for (const [table, columns] of Object.entries(authorityColumns)) {
        const [row] = await world.store.all(`select * from ${table} limit 1`);
        assert.deepEqual(Object.keys(row ?? {}).sort(), [...columns, 'mac'].sort(), table);
      }
    });

    for (const [table, { row, attempt, moving }] of Object.entries(cases)) {
      for (const column of [...authorityColumns[table as AuthorityTable], 'mac']) {
        it(`closes what it opened: ${table}.${column}`, async () => {
          const { store } = world;
          const { [column]: cell } = await store.one(`select * from ${table} where ${row(world)}`);
          assert.notEqual(cell, undefined);
          for (const other of otherValues(table, column, cell ?? null)) {
            await world.closes(
              () => store.run(`update ${table} set ${column} = ? where ${row(world)}`, other),
              () => attempt(world),
              moving.includes(column) ? 'moved' : 'alarm',
            );
          }
          assert.equal((await attempt(world)).status, 200);
        });
      }
    }

    // Read as signing in reads it; one such attempt by itself is shown below.
    for (const column of [...authorityColumns.credentials, 'mac']) {
      it(`closes what it opened: credentials.${column}`, async () => {
        const { store, safe } = world;
        const ben = Number((await store.one(`select id from users where username = 'ben'`)).id);
        const hash = () => safe.serving.safe.store.read((tx) => passwordHashOf(tx, ben));
        assert.match((await hash()) ?? '', /^\$argon2id\$/);
        const row = await store.one('select * from credentials where user_id = ?', ben);
        for (const other of otherValues('credentials', column, row[column] ?? null)) {
          await store.run(`update credentials set ${column} = ? where user_id = ?`, other, ben);
          if (column === 'user_id') assert.equal(await hash(), undefined);
          else
            await assert.rejects(
              hash,
              (thrown) => isRefusal(thrown, 'integrity_broken') && namesNoHash(thrown.details),
            );
          await store.run('delete from credentials where user_id = ?', typeof other === 'number' ? other : ben);
          await store.run('delete from credentials where user_id = ?', ben);
          await insertRow(store, 'credentials', row);
        }
      });
    }

    it('lets nobody in by a password hash that was changed', async () => {
      const { store, safe } = world;
      const { password_hash } = await store.one(`select * from credentials where user_id = ${pia}`);
      await world.closes(
        () => store.run(`update credentials set password_hash = ? where user_id = ${eve}`, password_hash ?? null),
        () => safe.call('POST', '/api/v1/session', { username: 'eve', password: anyPassword }),
        'alarm',
      );
    });

    it('says in the log which row it was, and nothing that the row holds', async () => {
      const { store, ben, safe } = world;
      const logged = safe.log().length;
      await world.closes(
        () => store.run(`update users set role = 'admin' where username = 'ben'`),
        () => ben.call('GET', read),
        'alarm',
      );
      const [alarm] = alarmsIn(safe.log().slice(logged));
      const { id } = await store.one(`select id from users where username = 'ben'`);
      const { time: _, msg, requestId, ...told } = JSON.parse(alarm ?? '{}');
      assert.match(msg, /^a stored row was changed by other hands/);
      assert.deepEqual(told, { level: 'error', table: 'users', row: String(id) });
      assert.match(requestId, /^[0-9a-f-]{36}$/);
    });
  });
}

function namesNoHash(details: object): boolean {
  return !JSON.stringify(details).includes('argon2id');
}
