import assert from 'node:assert/strict';
import { auditEntries } from '../audit-left.ts';
import { businessError, mustBe, success } from '../wire-envelopes.ts';
import { denied, type Outcome, testWhoMay } from './who-may.ts';

const no = denied('item.disable');
const done: Outcome = {
  answer: ({ wire }) => success(200, wire.disabled),
  entries: ({ username, item }) => [`item.disabled ${username} ${item}`],
};

testWhoMay({
  title: 'disabling',
  action: 'item.disable',
  onItem: true,
  call: ({ wire, number }) => ({ method: 'POST', path: `${wire.path}/inactive/${number}` }),
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
  async afterwards({ safe, people }, { wire, number }, outcome) {
    const owner = people['the owner'];
    const read = await owner.call('GET', `${wire.path}/${number}`);
    if (outcome !== done) return assert.equal(read.status, 200, read.text);
    mustBe(read, businessError(1009, wire.inactive));
    const again = await owner.call('POST', `${wire.path}/inactive/${number}`);
    mustBe(again, success(200, wire.alreadyDisabled));
    const [entry] = await auditEntries(safe, again);
    assert.equal(entry?.event, 'item.disabled');
    assert.equal(entry.details.already, true);
    await owner.call('POST', `${wire.path}/active/${number}`);
  },
});
