import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { actions } from '../../../server/src/domain/access.ts';
import { proposedActions } from '../../../server/src/domain/proposal.ts';
import { audit } from '../text/en/audit.ts';
import { toldOf } from './told.ts';

type Tree = string | { [name: string]: Tree };

/** The words of that name, or undefined. */
function wordsOf(name: string): string | undefined {
  let at: Tree | undefined = audit;
  for (const part of name.split('.')) at = typeof at === 'object' ? at[part] : undefined;
  return typeof at === 'string' ? at : undefined;
}

const rows: [event: string, details: Parameters<typeof toldOf>[0]['details'], sentence: string][] = [
  ['item.revealed', { version: 2, fields: ['password'] }, 'told.item.revealed'],
  ['item.shared', { changes: ['user ben: viewer'] }, 'variants.sharedWith'],
  ['item.shared', { changes: ['group A: B: editor until 2026-12-03T00:00:00.000Z'] }, 'variants.sharedUntil'],
  ['item.shared', { changes: ['user ben: removed'] }, 'variants.shareEnded'],
  ['item.shared', { changes: ['user ben: viewer', 'user cleo: removed'] }, 'told.item.shared'],
  ['session.ended', { ended: 's1', why: 'signed-out' }, 'variants.signedOut'],
  ['session.ended', { ended: 's1', why: 'ended' }, 'told.session.ended'],
  ['session.ended', { others: 3, why: 'ended' }, 'variants.sessionsEnded'],
  ['profile.second-factor-changed', { change: 'confirmed' }, 'variants.factorConfirmed'],
  ['device-sign-in.allowed', { device: 'arca on laptop' }, 'told.device-sign-in.allowed'],
  ['user.changed', { fields: ['name'] }, 'told.user.changed'],
  ['user.changed', { fields: ['role'], from: 'member', to: 'admin' }, 'variants.role'],
  ['group.changed', { fields: ['name'], from: 'A', to: 'B' }, 'variants.renamed'],
  ['access-key.secret-viewed', { repeated: true }, 'variants.keySecretAgain'],
  ['item.reveal.refused', { reason: 'access_denied' }, 'variants.refused'],
];

for (const [event, details, sentence] of rows) {
  test(`${event} ${JSON.stringify(details)} is told by ${sentence}`, () => {
    const { name, values } = toldOf({ event, details });
    assert.equal(name, sentence);
    const missing = (wordsOf(name)?.match(/(?<={{)\w+(?=}})/g) ?? []).filter(
      (one) => !['who', 'what'].includes(one) && !(one in values),
    );
    assert.deepEqual(missing, []);
  });
}

test('every event that the safe records has a sentence', () => {
  const source = readFileSync(join(import.meta.dirname, '../../../server/src/domain/audit.ts'), 'utf8');
  const events = [...source.matchAll(/^ {2}\| '([a-z-]+\.[a-z-]+)'$/gm)].map(([, event = '']) => event);
  assert.ok(events.length > 40);
  assert.deepEqual(
    events.filter((event) => wordsOf(toldOf({ event, details: {} }).name) === undefined),
    [],
  );
});

test('every act that can be refused, every reason and every proposal has its words', () => {
  const acts = [...actions, 'token.issue', 'session.start', 'device-sign-in.begin', 'safe.tend'];
  assert.deepEqual(
    acts.filter((act) => wordsOf(`acts.${act}`) === undefined),
    [],
  );
  assert.deepEqual(
    proposedActions.filter((act) => wordsOf(`proposed.${act}`) === undefined),
    [],
  );
  const source = readFileSync(join(import.meta.dirname, '../../../server/src/domain/errors.ts'), 'utf8');
  const codes = [...source.matchAll(/^ {2}([a-z_]+): [{o]/gm)].map(([, code = '']) => code);
  // Of these nothing is recorded: they are refused before anybody acts, or while nothing can be recorded.
  const silent = new Set([
    'body_too_large',
    'media_type_unknown',
    'method_unknown',
    'revision_unreadable',
    'route_unknown',
    'store_timeout',
    'store_unreachable',
  ]);
  assert.ok(codes.length > 50);
  assert.deepEqual(
    codes.filter((code) => !silent.has(code) && wordsOf(`reasons.${code}`) === undefined),
    [],
  );
});
