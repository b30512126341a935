import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditLines, forgetRefusals } from '../audit-left.ts';
import { finish } from '../import/plan-steps.ts';
import { casesOf, engines, startSafe, type TestSafe } from '../start-safe.ts';
import { addKey, settlePolicy } from '../v1/access-keys-cast.ts';
import { done } from '../v1/problem.ts';
import { type Credential, credentials, type Outcome, outcomeOf } from './expected.ts';
import { mustMeet, rightTo } from './meet.ts';
import { type Equipped, equip } from './people.ts';
import { emptyCsv, type ThingCall, type Things, thingCalls } from './thing-calls.ts';

/** Who stands how to what is no item. */
const people = { ana: 'member', ben: 'member', adam: 'admin', dina: 'member' } as const;

function expected({ dialect, action, of, hidden }: ThingCall, username: string, credential: Credential): Outcome {
  if (dialect === 'wire' && credential.startsWith('a session')) return 'token_missing';
  const right = rightTo(action);
  const isAdmin = username === 'adam';
  const isOwner = of === 'nobody' ? isAdmin : of === 'oneself' || of === username;
  const among: Record<string, boolean> = {
    everybody: true,
    keys: !credential.startsWith('a session'),
    owner: isOwner,
    admins: isAdmin,
    'owner+admins': isOwner || isAdmin,
  };
  // Administrators know of every key, but not of the private groups of others.
  const mayKnow = isOwner || (isAdmin && action.startsWith('access-key.'));
  return outcomeOf({
    ...{ right, credential, onItem: false, isUnowned: of === 'nobody', isDisabled: username === 'dina' },
    ...{ isAmong: among[right.who] ?? false, isNumbered: hidden !== undefined },
    isHidden: hidden !== undefined && !mayKnow,
  });
}

for (const engine of engines) {
  describe(`who may do what else on ${engine}`, () => {
    let safe: TestSafe;
    let things: Things;
    const cast = new Map<string, Equipped>();
    before(async () => {
      safe = await startSafe(engine, { ARCA_TOKEN_LIFETIME: '86400' });
      const [items, others] = [['note:1'], ['note:2']];
      await safe.signIn('adam', 'admin');
      const maker = await safe.person('maker');
      for (const name of ['one', 'two']) done(await maker.call('POST', '/api/v1/items/note', { name, note: 'x' }), 201);
      await safe.signIn('zoe');
      for (const [username, role] of Object.entries(people)) {
        cast.set(username, await equip(safe, username, { role, items, others }));
      }
      await safe.operator.run('user.disable', { username: 'dina' });
      const ana = await safe.signIn('ana');
      const userGroup = (await safe.operator.run('group.add', { name: 'crew' })).id;
      const privateGroup = (await safe.operator.run('group.add', { name: 'mine', owner: 'ana' })).id;
      const accessKey = (await addKey(ana)).id;
      const encryptingKey = (await addKey(ana, { encryption: 'jwe' })).id;
      const { id: plan } = done<{ id: number }>(
        await ana.call('POST', '/api/v1/imports', { file: 'x', content: emptyCsv }),
        201,
      );
      await finish(ana, plan, 'apply');
      await finish(ana, plan, 'undo');
      things = { userGroup, privateGroup, accessKey, encryptingKey, plan };
    });
    after(() => safe.close());

    for (const call of casesOf(thingCalls, engine)) {
      const { dialect, action, method, path } = call;
      it(`${action} of ${call.of}: ${method} ${path({} as Things).replace('undefined', '…')}`, async () => {
        for (const credential of credentials) {
          const isAsked = credential === 'a session without the second factor';
          if (isAsked) await settlePolicy(safe, { secondFactor: 'everyone' });
          await tryAll(call, credential);
          if (isAsked) await settlePolicy(safe, { secondFactor: 'optional' });
        }
        forgetRefusals(safe);
        const answer = await safe.call(method, path(things), bodyOf(call));
        const cell = { dialect, action: call.as ?? action, username: '-', target: /./, allowed: '' };
        await mustMeet(safe, answer, 'token_missing', cell, 'nobody');
      });
    }

    /** Who is refused changes nothing and can be tried at once with others; who may is tried by himself. */
    async function tryAll(call: ThingCall, credential: Credential): Promise<void> {
      const refused: Promise<void>[] = [];
      const allowed: (() => Promise<void>)[] = [];
      forgetRefusals(safe);
      for (const one of cast.values()) {
        // The wire knows no sessions, whoever's they are.
        if (call.dialect === 'wire' && credential.startsWith('a session') && one.username !== 'ana') continue;
        const outcome = expected(call, one.username, credential);
        const trying = () => tryOnce(call, one, credential, outcome);
        if (outcome === 'allowed') allowed.push(trying);
        else refused.push(trying());
      }
      await Promise.all(refused);
      for (const trying of allowed) await trying();
    }

    async function tryOnce(
      call: ThingCall,
      { username, by }: Equipped,
      credential: Credential,
      outcome: Outcome,
    ): Promise<void> {
      const { dialect, action, method, path, allowed, hidden } = call;
      const answer = await by[credential].call(method, path(things), bodyOf(call));
      const cell = {
        dialect,
        action: call.as ?? action,
        username,
        target: /./,
        allowed,
        ...(hidden ? { hidden } : {}),
      };
      const about = `${username} with ${credential}: ${method} ${path(things)}`;
      await mustMeet(safe, answer, outcome, cell, about);
      if (outcome !== 'allowed' || answer.status >= 400) return;
      const lines = (await auditLines(safe, answer)).map((line) => line.replace(/\d+$/, 'n'));
      if (call.event) assert.deepEqual(lines, [`${call.event} ${username} ${call.about ?? 'access-key'}:n`], about);
      else if (method === 'GET' && action !== 'audit.export') assert.deepEqual(lines, [], about);
    }

    const bodyOf = ({ body }: ThingCall) => (typeof body === 'function' ? body() : body);
  });
}
