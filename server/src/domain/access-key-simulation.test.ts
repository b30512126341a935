import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { actions } from './access.ts';
import type { AccessKey } from './access-key.ts';
import { acts, isOnItem, type Question, reasonsAgainst } from './access-key-simulation.ts';
import { newItem } from './item.ts';
import type { User } from './user.ts';

const now = new Date('2027-03-01T12:00:00Z');
const owner: User = { id: 1, username: 'ana', role: 'member', disabledAt: null, tokensFrom: null, createdAt: now };
const key: AccessKey = {
  id: 1,
  clientId: 'c',
  ownerId: 1,
  encryption: 'none',
  publicKey: null,
  limits: { addresses: [], referers: [], fingerprint: null, items: null, readOnly: false },
  expiresAt: null,
  revokedAt: null,
  heldAt: null,
  createdAt: now,
};
const head = newItem('note', 1, 1, now);
const plain: Question = {
  key,
  owner,
  origin: { address: '192.0.2.7', referer: null, fingerprint: null },
  act: 'item.reveal',
  item: { kind: 'note', number: 1 },
  found: { head, relation: 'owner' },
  isJustified: false,
};

// What a call really meets is compared over HTTP; here is what no call from outside leads to.
describe('what stands against a call with an access key', () => {
  it('is asked of every act on items that there is', () => {
    assert.deepEqual([...acts].sort(), actions.filter((action) => action.startsWith('item.')).sort());
    assert.deepEqual(
      acts.filter((act) => !isOnItem(act)),
      ['item.create', 'item.list'],
    );
  });

  it('is nothing when nothing does', () => {
    assert.deepEqual(reasonsAgainst(plain, now), []);
  });

  it('is that its owner is disabled, whatever else', () => {
    const disabled = { ...owner, disabledAt: now };
    assert.deepEqual(reasonsAgainst({ ...plain, owner: disabled }, now), ['owner_disabled']);
    const revoked = { ...key, revokedAt: now, limits: { ...key.limits, readOnly: true } };
    const question: Question = { ...plain, key: revoked, owner: disabled, act: 'item.update' };
    assert.deepEqual(reasonsAgainst(question, now), ['key_revoked', 'owner_disabled', 'key_read_only']);
  });

  it('is never the state of an item that its owner may not see', () => {
    const hidden = { ...head, ownerId: 2, disabledAt: now, justificationRequired: true };
    const question: Question = { ...plain, found: { head: hidden, relation: 'none' } };
    assert.deepEqual(reasonsAgainst(question, now), ['no_access']);
  });

  it('is told of a key that was revoked after it had expired as revoked', () => {
    const ended = { ...key, expiresAt: now, revokedAt: now };
    assert.deepEqual(reasonsAgainst({ ...plain, key: ended }, now), ['key_revoked']);
    assert.deepEqual(reasonsAgainst({ ...plain, key: { ...key, expiresAt: now } }, now), ['key_expired']);
  });
});
