import assert from 'node:assert/strict';
import { success } from '../wire-envelopes.ts';
import { denied, type Outcome, testWhoMay } from './who-may.ts';
import { apiSecretKind, entityOf, noteKind, passwordKind } from './wire-kinds.ts';

const sharing = {
  users_allowed: [
    { username: 'bert', can_edit: false },
    { username: 'edda', can_edit: true },
    { username: 'vera', can_edit: false },
  ],
  groups_allowed: [
    { name: 'Closed', can_edit: true },
    { name: 'Readers', can_edit: false },
    { name: 'Team', can_edit: true },
    { name: 'Writers', can_edit: true },
  ],
  shared_error: [],
};

const no = denied('item.update');
const done: Outcome = {
  answer({ who, wire, number }) {
    const identifier = String(number);
    const name = `by ${who}`;
    if (wire === noteKind)
      return success(200, wire.updated, { note_entity: { identifier, name, tags: '', ...sharing } });
    if (wire === passwordKind) {
      const entity = { identifier, name, url: '', username: 'olga', note: '', tags: '', ...sharing };
      return success(200, wire.updated, { password_entity: entity });
    }
    const entity = {
      identifier,
      name,
      url: 'https://cloud.test',
      client_secret: '',
      client_id: 'c1',
      identifier_code: '',
      method: '',
      tags: '',
      notes: '',
      ...sharing,
    };
    return success(200, wire.updated, { api_entity: entity });
  },
  // Notes' own answers carry no secret field; the other kinds' do, and are reveals.
  entries: ({ username, wire, item }) => [
    `item.updated ${username} ${item}`,
    ...(wire === noteKind ? [] : [`item.revealed ${username} ${item}`]),
  ],
};

testWhoMay({
  title: 'updating',
  action: 'item.update',
  onItem: true,
  call: ({ wire, number }, who) => ({
    method: 'PUT',
    path: `${wire.path}/update/${number}`,
    body: { name: `by ${who}` },
  }),
  rows: {
    'the owner': done,
    'a stranger': no,
    'an administrator': no,
    'a viewer': no,
    'an editor': done,
    'a viewer whose group edits': done,
    'a member of a viewing group': no,
    'a member of an editing group': done,
    'a member of an editing private group': done,
    'a member of a disabled group': no,
    'a member no more': no,
    'someone whose share has ended': no,
    'a read-only key of the owner': no,
    'a read-only key of an editor': no,
    'a key for these items': done,
    'a key for other items': no,
  },
  async afterwards({ people }, { who, wire, number }, outcome) {
    const read = await people['the owner'].call('GET', `${wire.path}/${number}`);
    assert.equal(entityOf(read).name === `by ${who}`, outcome === done, read.text);
    // The field that was not sent stays.
    const [secret, kept] =
      wire === passwordKind ? ['password', 'pw'] : wire === apiSecretKind ? ['client_id', 'c1'] : ['note', '4711'];
    assert.equal(entityOf(read)[secret as string], kept);
  },
});
