import assert from 'node:assert/strict';
import { auditEntries } from '../audit-left.ts';
import { success } from '../wire-envelopes.ts';
import { denied, type Outcome, testWhoMay } from './who-may.ts';
import { apiSecretKind, passwordKind } from './wire-kinds.ts';

/** Who reaches the cast's items, under the key that this kind has for users; the share that has ended is left out. */
const sharing = (userKey: 'username' | 'name') => ({
  users_allowed: [
    { [userKey]: 'bert', can_edit: false },
    { [userKey]: 'edda', can_edit: true },
    { [userKey]: 'vera', can_edit: false },
  ],
  groups_allowed: [
    { name: 'Closed', can_edit: true },
    { name: 'Readers', can_edit: false },
    { name: 'Team', can_edit: true },
    { name: 'Writers', can_edit: true },
  ],
});

const no = denied('item.reveal');
const done: Outcome = {
  answer({ wire, number }) {
    const identifier = String(number);
    if (wire === passwordKind) {
      const open = { identifier, name: 'mail', url: '', username: 'olga' };
      const secret = { password: 'pw', secret_key: null, token: null, notes: '', tags: '' };
      return success(200, 'Success', { password_entity: { ...open, ...secret, ...sharing('username') } });
    }
    if (wire === apiSecretKind) {
      const entity = {
        identifier,
        name: 'cloud',
        url: 'https://cloud.test',
        client_secret: '',
        client_id: 'c1',
        identifier_code: '',
        method: '',
        tags: '',
        notes: '',
        ...sharing('name'),
      };
      return success(200, 'Success', { api_secret_entity: entity });
    }
    const entity = { identifier, name: 'door', note: '4711', tags: '', ...sharing('name') };
    return success(200, 'Success', { note_entity: entity });
  },
  entries: ({ username, item }) => [`item.revealed ${username} ${item}`],
};

testWhoMay({
  title: 'reading one',
  action: 'item.reveal',
  onItem: true,
  call: ({ wire, number }) => ({ method: 'GET', path: `${wire.path}/${number}` }),
  rows: {
    'the owner': done,
    'a stranger': no,
    'an administrator': no,
    'a viewer': done,
    'an editor': done,
    'a viewer whose group edits': done,
    'a member of a viewing group': done,
    'a member of an editing group': done,
    'a member of an editing private group': done,
    'a member of a disabled group': no,
    'a member no more': no,
    'someone whose share has ended': no,
    'a read-only key of the owner': done,
    'a read-only key of an editor': done,
    'a key for these items': done,
    'a key for other items': no,
  },
  async afterwards({ safe, people }, { who, wire, number }, outcome) {
    if (outcome !== done) return;
    const again = await people[who].call('GET', `${wire.path}/${number}?justification=to+log+in`);
    const [entry] = await auditEntries(safe, again);
    const fields = {
      password: ['password', 'totp', 'code', 'notes'],
      note: ['note'],
      'api-secret': ['clientSecret', 'notes'],
    }[wire.kind];
    const address = '127.0.0.1';
    assert.deepEqual(entry?.details, { address, version: 1, fields, justification: 'to log in' });
  },
});
