import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AccessKey, KeyLimits } from './access-key.ts';
import { type Finding, findingsOf, type KeyFacts } from './key-report.ts';

const now = new Date('2027-03-01T12:00:00Z');
const at = (text: string) => new Date(text);

const wide: KeyLimits = { addresses: [], referers: [], fingerprint: null, items: null, readOnly: false };

/** A key with nothing to say of: read-only, with an end a year from now, used a moment ago. */
function facts(change: Partial<KeyFacts> & { of?: Partial<AccessKey>; limits?: Partial<KeyLimits> } = {}): KeyFacts {
  const { of = {}, limits = {}, ...rest } = change;
  const key: AccessKey = {
    id: 1,
    clientId: 'c',
    ownerId: 1,
    encryption: 'none',
    publicKey: null,
    limits: { ...wide, readOnly: true, ...limits },
    expiresAt: at('2028-03-01T12:00:00Z'),
    revokedAt: null,
    heldAt: null,
    createdAt: at('2027-01-01T12:00:00Z'),
    ...of,
  };
  return { key, lastUsedAt: at('2027-03-01T11:59:59Z'), isOwnerDisabled: false, ...rest };
}

const rows: readonly [string, KeyFacts, Finding[]][] = [
  ['nothing of a narrow key in use', facts(), []],
  ['one that was never used', facts({ lastUsedAt: null }), ['never-used']],
  ['one not used for 90 days to the millisecond', facts({ lastUsedAt: at('2026-12-01T12:00:00Z') }), ['unused']],
  ['no longer one used a millisecond later', facts({ lastUsedAt: at('2026-12-01T12:00:00.001Z') }), []],
  ['one that never ends', facts({ of: { expiresAt: null } }), ['never-expires']],
  ['one that ends in 14 days', facts({ of: { expiresAt: at('2027-03-15T12:00:00Z') } }), ['expires-soon']],
  ['not one that ends a millisecond later', facts({ of: { expiresAt: at('2027-03-15T12:00:00.001Z') } }), []],
  ['one whose owner is disabled', facts({ isOwnerDisabled: true }), ['owner-disabled']],
  ['one that reaches and writes everything from anywhere', facts({ limits: wide }), ['over-wide']],
  ['a star among addresses', facts({ limits: { ...wide, addresses: ['10.0.0.1', '*'] } }), ['over-wide']],
  ['the whole of IPv4', facts({ limits: { ...wide, addresses: ['0.0.0.0/0'] } }), ['over-wide']],
  ['the whole of IPv6', facts({ limits: { ...wide, addresses: ['10.0.0.1', '::/0'] } }), ['over-wide']],
  ['no key that one address limits', facts({ limits: { ...wide, addresses: ['10.0.0.0/8'] } }), []],
  ['no key for chosen items', facts({ limits: { ...wide, items: [] } }), []],
  [
    'a page or a certificate beside full access',
    facts({ limits: { ...wide, referers: ['https://a.example'] } }),
    ['over-wide'],
  ],
  ['nothing of a revoked key', facts({ limits: wide, lastUsedAt: null, of: { expiresAt: null, revokedAt: now } }), []],
  ['nothing of a key that has ended', facts({ limits: wide, lastUsedAt: null, of: { expiresAt: now } }), []],
  [
    'everything at once',
    facts({ limits: wide, lastUsedAt: at('2020-01-01T00:00:00Z'), of: { expiresAt: null }, isOwnerDisabled: true }),
    ['unused', 'over-wide', 'never-expires', 'owner-disabled'],
  ],
];

describe('a report on access keys finds', () => {
  for (const [name, given, found] of rows) {
    it(name, () => {
      assert.deepEqual(findingsOf(given, now, 90), found);
    });
  }

  it('a key unused after as many days as it is told', () => {
    const given = facts({ lastUsedAt: at('2027-02-22T12:00:00Z') });
    assert.deepEqual(findingsOf(given, now, 7), ['unused']);
    assert.deepEqual(findingsOf(given, now, 8), []);
  });
});
