import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setFlags } from '../set-up-store.ts';
import { engineOf, type Person, type TestSafe } from '../start-safe.ts';
import { startWire } from '../start-wire.ts';
import {
  badIdentifier,
  businessError,
  type Expected,
  invalid,
  keyRestricted,
  missing,
  mustBe,
  noAccess,
  noRoute,
  notAuthorized,
  notJson,
} from '../wire-envelopes.ts';

const path = '/api/mysafe/password';
const notFound = businessError(1005, 'Password not found');
const inactive = businessError(1009, 'Inactive password');
const unjustified = businessError(1901, 'Justification required');
const unapproved = businessError(1902, 'Approval required');

type Caller = 'nobody' | 'stale' | 'elsewhere' | 'owner' | 'stranger' | 'viewer' | 'editor' | 'reading' | 'chosen';

const noName = { name: '' };
const notText = { name: 1 };
const garbage = 'no JSON at all';
const justified = '?justification=because';

/**
 * Two faults or more in one request, and the one that is told: token, route, 1010, 1005, 1006, 1009, 1901, 1902, 1001.
 * Items: 1 enabled, 2 disabled, 3 wants a reason, 4 an approval, 5 both, 6 both and disabled.
 */
const rows: [string, Caller, string, string, object | string | null, Expected][] = [
  ['token before route', 'nobody', 'GET', '/api/mysafe/nothing', null, notAuthorized],
  ['token before method', 'stale', 'DELETE', `${path}/1`, null, notAuthorized],
  ['token before 1010', 'nobody', 'GET', `${path}/abc`, null, notAuthorized],
  ['token before 1005', 'stale', 'GET', `${path}/999999`, null, notAuthorized],
  ['token before 1006', 'nobody', 'POST', `${path}/inactive/1`, null, notAuthorized],
  ['token before 1009', 'stale', 'GET', `${path}/2`, null, notAuthorized],
  ['token before 1001', 'nobody', 'POST', path, noName, notAuthorized],
  ['token before an unreadable body', 'stale', 'POST', path, garbage, notAuthorized],
  ['token before a wrong parameter', 'nobody', 'GET', `${path}?limit=x`, null, notAuthorized],
  ['address before route', 'elsewhere', 'GET', '/api/mysafe/nothing', null, keyRestricted],
  ['address before 1010', 'elsewhere', 'GET', `${path}/abc`, null, keyRestricted],
  ['address before 1001', 'elsewhere', 'POST', path, noName, keyRestricted],
  ['route before 1010', 'owner', 'PUT', `${path}/abc`, noName, noRoute],
  ['route before 1005', 'owner', 'DELETE', `${path}/999999`, null, noRoute],
  ['route before 1006', 'reading', 'PUT', path, noName, noRoute],
  ['route before an unreadable body', 'owner', 'PUT', path, garbage, noRoute],
  ['1010 before 1006', 'reading', 'PUT', `${path}/update/0`, {}, badIdentifier],
  ['1010 before 1001', 'owner', 'PUT', `${path}/update/abc`, noName, badIdentifier],
  ['1010 before an unreadable body', 'owner', 'PUT', `${path}/update/01`, garbage, badIdentifier],
  ['1005 before 1006 of a read-only key', 'reading', 'POST', `${path}/inactive/999999`, null, notFound],
  ['1005 before 1006 of a key for chosen items', 'chosen', 'GET', `${path}/999999`, null, notFound],
  ['1005 before 1001', 'owner', 'PUT', `${path}/update/999999`, noName, notFound],
  ['1005 before an unreadable body', 'owner', 'PUT', `${path}/update/999999`, garbage, notFound],
  ['1006 before 1009, reading', 'stranger', 'GET', `${path}/2`, null, noAccess],
  ['1006 before 1009, updating', 'viewer', 'PUT', `${path}/update/2`, {}, noAccess],
  ['1006 before 1009, a read-only key', 'reading', 'PUT', `${path}/update/2`, {}, noAccess],
  ['1006 before 1901', 'stranger', 'GET', `${path}/3`, null, noAccess],
  ['1006 before 1902', 'stranger', 'GET', `${path}/4`, null, noAccess],
  ['1006 before 1001', 'viewer', 'PUT', `${path}/update/1`, noName, noAccess],
  ['1006 before an unreadable body', 'viewer', 'PUT', `${path}/update/1`, garbage, noAccess],
  ['1006 before 1001, creating', 'chosen', 'POST', path, {}, noAccess],
  ['1006 before an unreadable body, creating', 'reading', 'POST', path, garbage, noAccess],
  ['1009 before 1901', 'viewer', 'GET', `${path}/6`, null, inactive],
  ['1009 before 1902', 'viewer', 'GET', `${path}/6${justified}`, null, inactive],
  ['1009 before 1901, updating', 'editor', 'PUT', `${path}/update/6`, {}, inactive],
  ['1009 before 1001', 'owner', 'PUT', `${path}/update/2`, noName, inactive],
  ['1009 before an unreadable body', 'owner', 'PUT', `${path}/update/2`, garbage, inactive],
  ['1901 before 1902', 'viewer', 'GET', `${path}/5`, null, unjustified],
  ['1902 once there is a reason', 'viewer', 'GET', `${path}/5${justified}`, null, unapproved],
  ['1901 before 1001', 'editor', 'PUT', `${path}/update/3`, noName, unjustified],
  ['1901 before an unreadable body', 'editor', 'PUT', `${path}/update/3`, garbage, unjustified],
  ['1902 before 1001', 'editor', 'PUT', `${path}/update/4`, noName, unapproved],
  ['1901 before 1902, updating', 'editor', 'PUT', `${path}/update/5`, {}, unjustified],
  ['1001 at last', 'editor', 'PUT', `${path}/update/3${justified}`, noName, missing('name')],
  ['an unreadable body before its fields', 'owner', 'POST', path, garbage, notJson],
  ['fields in their order: first missing', 'owner', 'POST', path, {}, missing('name')],
  ['an earlier field invalid, a later missing', 'owner', 'POST', path, notText, invalid('name')],
  ['an earlier field missing, a later invalid', 'owner', 'POST', path, { name: 'n', password: 1 }, missing('username')],
  ['content before sharing', 'owner', 'PUT', `${path}/update/1`, { users_allowed: 1, tags: 1 }, invalid('tags')],
  [
    'users before groups',
    'owner',
    'PUT',
    `${path}/update/1`,
    { groups_allowed: 1, users_allowed: 1 },
    invalid('users_allowed'),
  ],
];

for (const engine of engineOf(import.meta.filename)) {
  describe(`the order of checks on ${engine}`, () => {
    let safe: TestSafe;
    let tokens: Record<Caller, string>;
    before(async () => {
      safe = await startWire(engine);
      const [owner, stranger, viewer, editor, elsewhere] = (await Promise.all(
        ['olga', 'sven', 'vera', 'edda', 'odin'].map((name) => safe.person(name)),
      )) as [Person, Person, Person, Person, Person];
      for (let number = 1; number <= 6; number += 1) {
        const users_allowed = [{ username: 'vera' }, { username: 'edda', can_edit: true }];
        const made = await owner.call('POST', path, { name: 'n', username: 'u', password: 'p', users_allowed });
        assert.equal(made.status, 201, made.text);
      }
      for (const number of [3, 5, 6]) await setFlags(safe, 'password', number, { justificationRequired: true });
      for (const number of [4, 5, 6]) await setFlags(safe, 'password', number, { approvalRequired: true });
      for (const number of [2, 6]) await owner.call('POST', `${path}/inactive/${number}`);
      await safe.operator.run('access-key.change', { clientId: elsewhere.clientId, addresses: ['192.0.2.1'] });
      tokens = {
        nobody: '',
        stale: 'abc',
        elsewhere: elsewhere.token,
        owner: owner.token,
        stranger: stranger.token,
        viewer: viewer.token,
        editor: editor.token,
        reading: (await safe.person('olga', { readOnly: true })).token,
        chosen: (await safe.person('olga', { items: [] })).token,
      };
    });
    after(() => safe.close());

    for (const [about, caller, method, target, body, expected] of rows) {
      it(about, async () => {
        const token = tokens[caller];
        const headers: Record<string, string> = token === '' ? {} : { authorization: `Bearer ${token}` };
        mustBe(await safe.call(method, target, body ?? undefined, headers), expected);
      });
    }
  });
}
