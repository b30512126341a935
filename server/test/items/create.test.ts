import assert from 'node:assert/strict';
import { setNextNumber } from '../set-up-store.ts';
import { success } from '../wire-envelopes.ts';
import { callers, type Who } from './cast.ts';
import { denied, type Outcome, testWhoMay } from './who-may.ts';
import { entityOf, noteKind, passwordKind } from './wire-kinds.ts';

const sharing = {
  users_allowed: [{ username: 'zoe', can_edit: true }],
  groups_allowed: [{ name: 'Readers', can_edit: false }],
};

const numberFor = (who: Who) => 1000 + callers.indexOf(who);

const no = denied('item.create', false);
const done: Outcome = {
  answer({ who, wire }) {
    const head = { identifier: String(numberFor(who)), name: `by ${who}` };
    // Nobody is called so: the item is made all the same.
    const shared_error = [{ username: 'zoe', message: 'User not found' }];
    const tail = { users_allowed: [], groups_allowed: sharing.groups_allowed, shared_error };
    if (wire === noteKind) return success(201, wire.created, { note_entity: { ...head, tags: 'a, b', ...tail } });
    if (wire === passwordKind) {
      const entity = { ...head, url: 'u', username: 'n', note: 'see above', tags: 'a, b', ...tail };
      return success(201, wire.created, { password_entity: entity });
    }
    const entity = {
      ...head,
      url: 'u',
      client_secret: 's',
      client_id: 'c',
      identifier_code: `code by ${who}`,
      method: 'get',
      tags: 'a, b',
      notes: 'see above',
      ...tail,
    };
    return success(201, wire.created, { api_entity: entity });
  },
  entries({ who, username, wire }) {
    const item = `${wire.kind}:${numberFor(who)}`;
    const reveal = wire === noteKind ? [] : [`item.revealed ${username} ${item}`];
    return [`item.created ${username} ${item}`, `item.shared ${username} ${item}`, ...reveal];
  },
};

const everyField = {
  note: '4711',
  url: 'u',
  username: 'n',
  password: 'p',
  client_id: 'c',
  client_secret: 's',
  method: 'get',
  notes: 'see above',
  tags: 'a,b',
  ...sharing,
};

testWhoMay({
  title: 'creating',
  action: 'item.create',
  onItem: false,
  call: ({ wire }, who) => ({
    method: 'POST',
    path: wire.path,
    body: { name: `by ${who}`, identifier_code: `code by ${who}`, ...everyField },
  }),
  given: ({ safe }, { who, wire }) => setNextNumber(safe, wire.kind, numberFor(who)),
  rows: {
    'the owner': done,
    'a stranger': done,
    'an administrator': done,
    'a viewer': done,
    'an editor': done,
    'a viewer whose group edits': done,
    'a member of a viewing group': done,
    'a member of an editing group': done,
    'a member of an editing private group': done,
    'a member of a disabled group': done,
    'a member no more': done,
    'someone whose share has ended': done,
    'a read-only key of the owner': no,
    'a read-only key of an editor': no,
    'a key for these items': no,
    'a key for other items': no,
  },
  async afterwards({ people }, { who, wire }, outcome) {
    if (outcome !== done) return;
    // Whoever creates it owns it.
    const read = await people[who].call('GET', `${wire.path}/${numberFor(who)}`);
    assert.equal(entityOf(read).name, `by ${who}`);
    const found = await people['a member of a viewing group'].call('GET', `${wire.path}/${numberFor(who)}`);
    assert.equal(found.status, 200, found.text);
  },
});
