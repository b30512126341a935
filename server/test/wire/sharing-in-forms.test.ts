import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { entityOf } from '../items/wire-kinds.ts';
import { rawCall } from '../raw-call.ts';
import { anyPassword, engineOf, type TestSafe } from '../start-safe.ts';
import { startWire } from '../start-wire.ts';
import { invalid, mustBe } from '../wire-envelopes.ts';
import { multipart } from './multipart-body.ts';

type Pair = [string, string];

/** Fields of a form, and how the item is shared then: `bia` may view, `bia+` may edit, `@` is a group. */
const rows: [string, Pair[], string[]][] = [
  ['a JSON text', [['users_allowed', '[{"username":"bia","can_edit":true}]']], ['bia+']],
  ['a JSON text with texts as flags', [['users_allowed', '[{"username":"bia","can_edit":"true"}]']], ['bia+']],
  ['a JSON text with a number as flag', [['users_allowed', '[{"username":"bia","can_edit":1}]']], ['bia+']],
  ['a JSON text with 0', [['users_allowed', '[{"username":"bia","can_edit":0}]']], ['bia']],
  [
    'a JSON text of several',
    [['users_allowed', ' [{"username":"bia"},{"username":"caio","can_edit":"1"}] ']],
    ['bia', 'caio+'],
  ],
  ['groups as a JSON text', [['groups_allowed', '[{"name":"Zoo","can_edit":"1"}]']], ['@Zoo+']],
  ['an empty text', [['users_allowed', '']], []],
  ['an empty list', [['users_allowed', '[]']], []],
  ['null', [['groups_allowed', 'null']], []],
  ['a cell', [['users_allowed[0][username]', 'bia']], ['bia']],
  ...['true', '1', 'TRUE', ' true '].map((flag): [string, Pair[], string[]] => [
    `a cell with the flag ${flag}`,
    [
      ['users_allowed[0][username]', 'bia'],
      ['users_allowed[0][can_edit]', flag],
    ],
    ['bia+'],
  ]),
  ...['false', '0', '', 'no', '2'].map((flag): [string, Pair[], string[]] => [
    `a cell with the flag '${flag}'`,
    [
      ['users_allowed[0][can_edit]', flag],
      ['users_allowed[0][username]', 'bia'],
    ],
    ['bia'],
  ]),
  [
    'cells of several, in any order',
    [
      ['users_allowed[7][username]', 'bia'],
      ['groups_allowed[0][name]', 'Zoo'],
      ['users_allowed[3][username]', 'BIA'],
      ['users_allowed[3][can_edit]', '1'],
      ['users_allowed[10][username]', 'caio'],
      ['groups_allowed[0][can_edit]', 'true'],
    ],
    ['bia', 'caio', '@Zoo+'],
  ],
  [
    'cells with keys nobody knows',
    [
      ['users_allowed[0][username]', 'bia'],
      ['users_allowed[0][__proto__]', 'x'],
      ['users_allowed[0][constructor]', 'x'],
      ['users_allowed[x][username]', 'caio'],
      ['users_allowed[0][username][0]', 'caio'],
    ],
    ['bia'],
  ],
  [
    'a text before cells',
    [
      ['users_allowed', '[{"username":"caio"}]'],
      ['users_allowed[0][username]', 'bia'],
    ],
    ['caio'],
  ],
];

const wrong: [string, Pair[]][] = [
  ['a text that is no JSON', [['users_allowed', 'bia']]],
  ['an object', [['users_allowed', '{"username":"bia"}']]],
  ['a number', [['users_allowed', '1']]],
  ['an entry without a name', [['users_allowed', '[{"can_edit":true}]']]],
  ['a flag that is none', [['users_allowed', '[{"username":"bia","can_edit":[]}]']]],
  ['a cell without a name', [['users_allowed[0][can_edit]', '1']]],
  ['a cell with an empty name', [['users_allowed[0][username]', ' ']]],
  ['a cell with a group\u2019s key', [['users_allowed[0][name]', 'bia']]],
];

/** Each sort of body in which such fields travel. */
const forms: [string, (pairs: Pair[]) => { type: string; body: string }][] = [
  ['a form', (pairs) => ({ type: 'application/x-www-form-urlencoded', body: new URLSearchParams(pairs).toString() })],
  ['a form as JSON', (pairs) => ({ type: 'application/json', body: new URLSearchParams(pairs).toString() })],
  ['multipart', (pairs) => multipart(pairs.map(([name, value]) => ({ name, value })))],
];

for (const engine of engineOf(import.meta.filename)) {
  describe(`sharing in forms on ${engine}`, () => {
    let safe: TestSafe;
    let authorization: string;
    before(async () => {
      safe = await startWire(engine);
      authorization = `Bearer ${(await safe.person('ana')).token}`;
      for (const username of ['bia', 'caio']) await safe.operator.run('user.add', { username, password: anyPassword });
      await safe.operator.run('group.add', { name: 'Zoo' });
    });
    after(() => safe.close());

    for (const [form, make] of forms) {
      const send = (method: string, path: string, pairs: Pair[]) => {
        const { type, body } = make(pairs);
        return rawCall(safe, method, `/api/mysafe/note${path}`, { authorization, 'content-type': type }, body);
      };
      const least: Pair[] = [
        ['name', 'n'],
        ['note', 't'],
      ];

      it(`${form}: what is shared`, async () => {
        for (const [about, pairs, expected] of rows) {
          const made = await send('POST', '', [...least, ...pairs]);
          assert.equal(made.status, 201, about + made.text);
          const { users_allowed, groups_allowed, shared_error } = entityOf(made);
          const short = (entries: unknown, mark: string) =>
            (entries as { username?: string; name?: string; can_edit: boolean }[]).map(
              ({ username, name, can_edit }) => `${mark}${username ?? name}${can_edit ? '+' : ''}`,
            );
          assert.deepEqual([...short(users_allowed, ''), ...short(groups_allowed, '@')], expected, about);
          assert.deepEqual(shared_error, [], about);
        }
      });

      it(`${form}: an update without arrays leaves the sharing, an empty one removes it`, async () => {
        const made = await send('POST', '', [...least, ['users_allowed[0][username]', 'bia']]);
        const path = `/update/${entityOf(made).identifier}`;
        const kept = await send('PUT', path, [['name', 'renamed']]);
        assert.deepEqual(entityOf(kept).users_allowed, [{ username: 'bia', can_edit: false }]);
        const removed = await send('POST', path, [['users_allowed', '']]);
        assert.deepEqual(entityOf(removed).users_allowed, []);
      });

      it(`${form}: what is refused`, async () => {
        for (const [about, pairs] of wrong) {
          mustBe(await send('POST', '', [...least, ...pairs]), invalid('users_allowed'), about);
        }
      });

      it(`${form}: 1,000 users and 1,000 groups, cell by cell`, async () => {
        const pairs = Array.from({ length: 1000 }, (_, at): Pair[] => [
          [`users_allowed[${at}][username]`, `user${at}`],
          [`users_allowed[${at}][can_edit]`, '1'],
          [`groups_allowed[${at}][name]`, `group${at}`],
          [`groups_allowed[${at}][can_edit]`, '0'],
        ]).flat();
        const made = await send('POST', '', [...least, ...pairs]);
        assert.equal(made.status, 201, made.text.slice(0, 500));
        assert.equal((entityOf(made).shared_error as unknown[]).length, 2000);
      });
    }
  });
}
