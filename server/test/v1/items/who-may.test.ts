import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditLines } from '../../audit-left.ts';
import { type Cast, callers, makeCast, type Who } from '../../items/cast.ts';
import { type WireKind, wireKinds } from '../../items/wire-kinds.ts';
import { type Answer, engines, type SignedIn, startSafe } from '../../start-safe.ts';

/** Callers whose limits are their key's: in a session there are none. */
const byKeyOnly: readonly Who[] = [
  'a read-only key of the owner',
  'a read-only key of an editor',
  'a key for these items',
  'a key for other items',
];

const editors: readonly Who[] = [
  'the owner',
  'an editor',
  'a viewer whose group edits',
  'a member of an editing group',
  'a member of an editing private group',
  'a key for these items',
];
const editingReaders: readonly Who[] = [...editors, 'a read-only key of the owner', 'a read-only key of an editor'];
const readers: readonly Who[] = [...editingReaders, 'a viewer', 'a member of a viewing group'];

type Verb = {
  action: string;
  method: string;
  /** Behind the item's own path. */
  path: string;
  body?: (kind: string) => object;
  allowed: readonly Who[];
  /** What it leaves in the audit when it is done; nothing for a mere read. */
  event: string | null;
  sessionOnly?: true;
  /** Brings the item back to where it was: by the owner. */
  undo?: { method: string; path: string; body?: object };
};

const leastChange = () => ({ name: `changed ${Math.random()}` });

const verbs: readonly Verb[] = [
  { action: 'item.read', method: 'GET', path: '', allowed: readers, event: null },
  { action: 'item.read', method: 'GET', path: '/shares', allowed: readers, event: null },
  { action: 'item.list-access', method: 'GET', path: '/access', allowed: readers, event: null },
  { action: 'item.reveal', method: 'POST', path: '/reveal', allowed: readers, event: 'item.revealed' },
  { action: 'item.list-versions', method: 'GET', path: '/versions', allowed: editingReaders, event: null },
  {
    action: 'item.reveal-version',
    method: 'POST',
    path: '/versions/1/reveal',
    allowed: editingReaders,
    event: 'item.revealed',
  },
  { action: 'item.update', method: 'PATCH', path: '', body: leastChange, allowed: editors, event: 'item.updated' },
  {
    action: 'item.restore-version',
    method: 'POST',
    path: '/versions/1/restore',
    allowed: editors,
    event: 'item.version-restored',
    undo: { method: 'PATCH', path: '', body: { name: 'changed again' } },
  },
  {
    action: 'item.share',
    method: 'PUT',
    path: '/shares/users/nora',
    body: () => ({ role: 'viewer' }),
    allowed: editors,
    event: 'item.shared',
    undo: { method: 'DELETE', path: '/shares/users/nora' },
  },
  {
    action: 'item.disable',
    method: 'POST',
    path: '/disable',
    allowed: editors,
    event: 'item.disabled',
    undo: { method: 'POST', path: '/enable' },
  },
  { action: 'item.enable', method: 'POST', path: '/enable', allowed: editors, event: 'item.enabled' },
  {
    action: 'item.transfer',
    method: 'POST',
    path: '/transfer',
    body: () => ({ to: 'gerd' }),
    allowed: ['the owner'],
    event: 'item.transferred',
    sessionOnly: true,
  },
];

for (const engine of engines) {
  describe(`who may do what with an item over our own API on ${engine}`, () => {
    let cast: Cast;
    const sessions = new Map<Who, SignedIn>();
    before(async () => {
      cast = await makeCast(await startSafe(engine, { ARCA_TOKEN_LIFETIME: '86400' }));
      for (const who of callers) {
        if (!byKeyOnly.includes(who)) sessions.set(who, await cast.safe.signIn(cast.people[who].username));
      }
    });
    after(() => cast.safe.close());

    for (const verb of verbs) {
      for (const wire of wireKinds) {
        it(`${verb.method} ${wire.kind}${verb.path}`, async () => {
          for (const who of callers) {
            await mustMeet(verb, wire, who, 'key');
            if (sessions.has(who)) await mustMeet(verb, wire, who, 'session');
          }
        });
      }
    }

    async function mustMeet(verb: Verb, wire: WireKind, who: Who, by: 'key' | 'session'): Promise<void> {
      const number = cast.numbers.get(wire) ?? 0;
      const path = `/api/v1/items/${wire.kind}/${number}`;
      const caller = by === 'session' ? (sessions.get(who) as SignedIn) : cast.people[who];
      const answer = await caller.call(verb.method, path + verb.path, verb.body?.(wire.kind));
      const about = `${who}, by ${by}: ${answer.status} ${answer.text}`;
      const lines = await auditLines(cast.safe, answer);
      const item = `${wire.kind}:${number}`;
      const isAllowed = verb.allowed.includes(who) && !(verb.sessionOnly && by === 'key');
      if (!isAllowed) {
        assert.equal(answer.status, 403, about);
        assert.equal((answer.json as { code: string }).code, 'access_denied', about);
        assert.deepEqual(lines, [`${verb.action}.refused ${caller.username} ${item} access_denied`], about);
        return;
      }
      assert.equal(answer.status, 200, about);
      assert.deepEqual(lines, verb.event === null ? [] : [`${verb.event} ${caller.username} ${item}`], about);
      if (verb.undo) await undo(verb.undo, path);
      if (verb.action === 'item.transfer') await giveBack(path);
    }

    async function undo({ method, path, body }: NonNullable<Verb['undo']>, item: string): Promise<Answer> {
      const owner = sessions.get('the owner') as SignedIn;
      const answer = await owner.call(method, item + path, body);
      assert.equal(answer.status, 200, answer.text);
      return answer;
    }

    async function giveBack(item: string): Promise<void> {
      const gerd = sessions.get('a member of an editing group') as SignedIn;
      const back = await gerd.call('POST', `${item}/transfer`, { to: 'olga', keepAccess: false });
      assert.equal(back.status, 200, back.text);
    }
  });
}
