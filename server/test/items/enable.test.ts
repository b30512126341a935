import assert from 'node:assert/strict';
import { auditEntries } from '../audit-left.ts';
import { businessError, mustBe, success } from '../wire-envelopes.ts';
import { denied, type Outcome, testWhoMay } from './who-may.ts';

const no = denied('item.enable');
/** The item is enabled when the first comes by; what follows a success disables it for the next. */
const done: Outcome = {
  answer: ({ who, wire }) => success(200, who === 'the owner' ? wire.alreadyEnabled : wire.enabled),
  entries: ({ username, item }) => [`item.enabled ${username} ${item}`],
};

testWhoMay({
  title: 'enabling',
  action: 'item.enable',
  onItem: true,
  call: ({ wire, number }) => ({ method: 'POST', path: `${wire.path}/active/${number}` }),
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
  async afterwards({ safe, people }, { who, wire, number }, outcome) {
    const owner = people['the owner'];
    const read = await owner.call('GET', `${wire.path}/${number}`);
    if (outcome !== done) return mustBe(read, businessError(1009, wire.inactive));
    assert.equal(read.status, 200, read.text);
    const again = await people[who].call('POST', `${wire.path}/active/${number}`);
    mustBe(again, success(200, wire.alreadyEnabled));
    const [entry] = await auditEntries(safe, again);
    assert.equal(entry?.event, 'item.enabled');
    assert.equal(entry.details.already, true);
    mustBe(await owner.call('POST', `${wire.path}/inactive/${number}`), success(200, wire.disabled));
  },
});
