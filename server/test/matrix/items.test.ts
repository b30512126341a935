import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditLines, forgetRefusals } from '../audit-left.ts';
import { makeFile, someBytes } from '../files/upload.ts';
import { makeCast } from '../items/cast.ts';
import { type WireKind, wireKinds } from '../items/wire-kinds.ts';
import { setShareEnd } from '../set-up-store.ts';
import { type Answer, casesOf, engines, type Person, startSafe, type TestSafe } from '../start-safe.ts';
import { settlePolicy } from '../v1/access-keys-cast.ts';
import { done } from '../v1/problem.ts';
import { type Credential, credentials, type Outcome, outcomeOf } from './expected.ts';
import { type ItemCall, itemCalls } from './item-calls.ts';
import { mustMeet, rightTo } from './meet.ts';
import { type Equipped, equip } from './people.ts';

/** How everybody stands to the items of the cast, which olga owns: what is best for him counts. */
const relations = {
  olga: 'owner',
  edda: 'editor',
  vera: 'viewer',
  bert: 'editor', // a viewer whose group edits
  grete: 'viewer', // by a user group
  gerd: 'editor', // by a user group
  pia: 'editor', // by a private group
  dora: 'none', // by a group that is disabled
  nora: 'none', // no member any more
  ende: 'none', // his share has ended
  sven: 'none', // a stranger
  adam: 'none', // an administrator without a share
  dina: 'disabled', // an editor who was disabled
} as const;
const relationsOf = { readers: ['owner', 'editor', 'viewer'], editors: ['owner', 'editor'], owner: ['owner'] };

function expected({ dialect, action }: ItemCall, username: string, credential: Credential): Outcome {
  if (dialect === 'wire' && credential.startsWith('a session')) return 'token_missing';
  const right = rightTo(action);
  const relation = relations[username as keyof typeof relations];
  const among: readonly string[] = relationsOf[right.who as keyof typeof relationsOf];
  const isDisabled = relation === 'disabled';
  const cell = { onItem: true, isUnowned: false, isNumbered: false, isHidden: false };
  return outcomeOf({ ...cell, right, credential, isAmong: among.includes(relation), isDisabled });
}

type FileKind = typeof fileKind;
const fileKind = { kind: 'file' } as const;

/** A file of olga's, shared like her note, and another one beside it. */
async function sharedFile(safe: TestSafe, olga: Person, made: ReadonlyMap<WireKind, number>): Promise<number> {
  const [first] = [await makeFile(olga, someBytes(100)), await makeFile(olga, someBytes(100))];
  const like = wireKinds.find(({ kind }) => kind === 'note') as WireKind;
  const path = (kind: string, number?: number) => `/api/v1/items/${kind}/${number}/shares`;
  type Share = { user?: string; groupId?: number; role: string };
  const { shares } = done<{ shares: Share[] }>(await olga.call('GET', path('note', made.get(like))));
  // Nothing is shared with a group that is disabled: it was not yet.
  await safe.operator.run('group.enable', { name: 'Closed' });
  for (const { user, groupId, role } of [...shares, { user: 'ende', groupId: undefined, role: 'editor' }]) {
    const whom = user === undefined ? `groups/${groupId}` : `users/${user}`;
    done(await olga.call('PUT', `${path('file', first)}/${whom}`, { role }));
  }
  await safe.operator.run('group.disable', { name: 'Closed' });
  await setShareEnd(safe, 'file', first, 'ende', new Date(Date.now() - 1000));
  return first;
}

for (const engine of engines) {
  describe(`who may do what with an item on ${engine}`, () => {
    let safe: TestSafe;
    let numbers: Map<WireKind | FileKind, number>;
    const cast = new Map<string, Equipped>();
    before(async () => {
      safe = await startSafe(engine, { ARCA_TOKEN_LIFETIME: '86400' });
      const { numbers: made, people } = await makeCast(safe);
      numbers = new Map<WireKind | FileKind, number>([
        ...made,
        [fileKind, await sharedFile(safe, people['the owner'], made)],
      ]);
      const all = (more: number) => [...numbers].map(([{ kind }, number]) => `${kind}:${number + more}`);
      for (const username of Object.keys(relations)) {
        cast.set(username, await equip(safe, username, { items: all(0), others: all(1) }));
      }
      for (const [{ kind }, number] of numbers) {
        const at = `/api/v1/items/${kind}/${number}/shares/users/dina`;
        done(await byOwner('PUT', at, { role: 'editor' }));
      }
      await safe.operator.run('user.disable', { username: 'dina' });
    });
    after(() => safe.close());

    for (const call of casesOf(itemCalls, engine)) {
      const { dialect, action, method, path } = call;
      it(`${action}: ${method} ${dialect === 'wire' ? '/api/mysafe' : '/api/v1'} … ${path}${call.of ? ' of a file' : ''}`, async () => {
        if (action === 'item.enable') await disableAll();
        for (const credential of credentials) await underPolicy(credential, () => tryAll(call, credential));
        if (action === 'item.enable') await enableAll();
      });
    }

    /** Who is refused changes nothing and can be tried at once with others; who may is tried by himself. */
    async function tryAll(call: ItemCall, credential: Credential): Promise<void> {
      const bySession = credential.startsWith('a session');
      const names = [...cast.keys()];
      const kinds = call.of === 'file' ? [fileKind] : wireKinds;
      const refused: Promise<void>[] = [];
      const allowed: (() => Promise<void>)[] = [];
      forgetRefusals(safe);
      // The wire knows no sessions, whoever's they are.
      for (const [at, username] of (call.dialect === 'wire' && bySession ? ['olga'] : names).entries()) {
        // Each person meets another kind with each credential; who has no limits meets all of them.
        const turn = (credentials.indexOf(credential) + at) % kinds.length;
        const isPlain = username !== 'dina' && (credential === 'a key' || (bySession && call.dialect === 'v1'));
        for (const wire of isPlain ? kinds : kinds.slice(turn, turn + 1)) {
          const outcome = expected(call, username, credential);
          const trying = () => tryOnce(call, wire, cast.get(username) as Equipped, credential, outcome);
          if (outcome === 'allowed') allowed.push(trying);
          else refused.push(trying());
        }
      }
      await Promise.all(refused);
      for (const trying of allowed) await trying();
    }

    async function tryOnce(
      call: ItemCall,
      of: WireKind | FileKind,
      one: Equipped,
      credential: Credential,
      outcome: Outcome,
    ): Promise<void> {
      const { dialect, action, method, path, body, event = [] } = call;
      const { username } = one;
      const wire = of as WireKind;
      const number = numbers.get(of);
      const at = dialect === 'wire' ? `${wire.path}${path}${number}` : `/api/v1/items/${wire.kind}/${number}${path}`;
      const answer = await one.by[credential].call(method, at, body?.(wire));
      const item = `${wire.kind}:${number}`;
      const cell = { dialect, action, username, target: new RegExp(`^${item}$`), allowed: '200' };
      const about = `${username} with ${credential}: ${method} ${at}`;
      await mustMeet(safe, answer, outcome, cell, about);
      if (outcome !== 'allowed') return;
      const events = typeof event === 'function' ? event(wire) : [event].flat();
      const lines = events.map((one) => `${one} ${username} ${item}`);
      assert.deepEqual(await auditLines(safe, answer), lines, about);
      await undo(call, `/api/v1/items/${wire.kind}/${number}`);
    }

    async function undo({ action, undo }: ItemCall, item: string): Promise<void> {
      if (undo) done(await byOwner(undo.method, item + undo.path, undo.body));
      if (action !== 'item.transfer') return;
      const heir = cast.get('gerd')?.by['a session'];
      done((await heir?.call('POST', `${item}/transfer`, { to: 'olga', keepAccess: false })) as Answer);
    }

    const byOwner = (method: string, path: string, body?: object): Promise<Answer> =>
      cast.get('olga')?.by['a session'].call(method, path, body) as Promise<Answer>;
    const toAll = async (verb: string) => {
      for (const wire of wireKinds) {
        done(await byOwner('POST', `/api/v1/items/${wire.kind}/${numbers.get(wire)}/${verb}`));
      }
    };
    const underPolicy = async (credential: Credential, work: () => Promise<void>) => {
      const isAsked = credential === 'a session without the second factor';
      if (isAsked) await settlePolicy(safe, { secondFactor: 'everyone' });
      await work();
      if (isAsked) await settlePolicy(safe, { secondFactor: 'optional' });
    };
    const disableAll = () => toAll('disable');
    const enableAll = () => toAll('enable');
  });
}
