import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { auditLines } from '../audit-left.ts';
import { type Answer, engineOf, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { done, mustRefuse } from './problem.ts';
import {
  acts,
  ask,
  decide,
  entriesOf,
  key,
  list,
  makeWorld,
  type Outcome,
  outcomeOf,
  type Page,
  type Proposal,
  proposals,
  type World,
} from './proposals-world.ts';
import { type Guarded, makeOutsiders, mustTurnAway, type Outsiders } from './users-outsiders.ts';

const day = 86_400_000;

const guarded: readonly Guarded[] = [
  { method: 'GET', path: proposals, action: 'proposal.list', open: 'admins' },
  ...[1, 999].flatMap((id): Guarded[] => {
    const decide = { method: 'POST', action: 'proposal.decide', target: `proposal:${id}` } as const;
    return [
      { ...decide, path: `${proposals}/${id}/confirm`, open: 'admins', sudo: true },
      { ...decide, path: `${proposals}/${id}/reject`, open: 'admins', sudo: true },
    ];
  }),
];

for (const engine of engineOf(import.meta.filename)) {
  describe(`proposals over our own API on ${engine}`, () => {
    let safe: TestSafe;
    let outsiders: Outsiders;
    let root: SignedIn;
    let rita: SignedIn;
    let world: World;

    before(async () => {
      safe = await startSafe(engine, { ARCA_LANES: '4' });
      outsiders = await makeOutsiders(safe);
      root = outsiders.root;
      world = await makeWorld(safe, root);
    });
    after(() => safe.close());

    for (const one of guarded) {
      it(`are closed to those who may not: ${one.action}, ${one.method} ${one.path}`, () =>
        mustTurnAway(outsiders, one));
    }

    for (const act of acts) {
      it(`are not made by the only administrator: ${act.action} is done at once, and says so`, async () => {
        assert.equal(await act.isDone(world), false);
        const answer = await ask(world, act);
        assert.deepEqual([answer.status, (answer.json as Outcome).proposal], [200, null]);
        const [entry, ...others] = await entriesOf(world, answer);
        assert.deepEqual(others, []);
        assert.deepEqual(
          [entry?.event, entry?.user, entry?.details],
          [act.event, 'root', { ...act.details, alone: true }],
        );
        assert.equal(await act.isDone(world), true);
        await act.undo(world);
        assert.deepEqual(await list(root), []);
      });
    }

    it('are made as soon as there is another administrator', async () => {
      rita = await safe.signIn('rita', 'admin');
      world = { ...world, root };
      // One who is disabled, or still a member, is none.
      assert.deepEqual(await list(root), []);
    });

    for (const act of acts) {
      describe(act.action, () => {
        let made: Answer;
        let proposal: Proposal;
        beforeEach(async () => {
          made = await ask(world, act);
          proposal = outcomeOf(made, 202).proposal as Proposal;
        });

        it('is proposed, told to administrators, and not done', async () => {
          const { id, createdAt, endsAt, ...told } = proposal;
          const none = {
            username: null,
            groupId: null,
            group: null,
            role: null,
            heir: null,
            decidedBy: null,
            decidedAt: null,
          };
          assert.deepEqual(told, {
            ...none,
            action: act.action,
            state: 'waiting',
            proposedBy: 'root',
            ...act.about(world),
          });
          assert.equal(Date.parse(endsAt) - Date.parse(createdAt), 7 * day);
          assert.equal(await act.isDone(world), false);
          const [first] = await list(root, 'state=waiting');
          assert.deepEqual(first, proposal);
          const [entry, ...others] = await entriesOf(world, made);
          assert.deepEqual(
            [others, entry?.event, entry?.user, entry?.target],
            [[], 'proposal.made', 'root', `proposal:${id}`],
          );
          assert.equal(entry?.details.action, act.action);
          mustRefuse(await decide(root, 'confirm', proposal), 403, 'proposal_by_self');
          assert.equal(await act.isDone(world), false);
          done(await decide(root, 'reject', proposal));
        });

        it('is done when the other confirms it, once, and told with both names', async () => {
          const answer = await decide(rita, 'confirm', proposal, key(`confirm ${proposal.id}`));
          const decided = done<Proposal>(answer);
          assert.deepEqual(
            { ...decided, decidedAt: null },
            { ...proposal, state: 'confirmed', decidedBy: 'rita', decidedAt: null },
          );
          assert.equal(await act.isDone(world), true);
          const entries = await entriesOf(world, answer);
          const target = `proposal:${proposal.id}`;
          assert.deepEqual(
            entries.map(({ event, user }) => [event, user]),
            [
              ['proposal.confirmed', 'rita'],
              [act.event, 'rita'],
            ],
          );
          assert.equal(entries[0]?.target, target);
          assert.equal(entries[0]?.details.proposedBy, 'root');
          const backing = { proposal: target, proposedBy: 'root', confirmedBy: 'rita' };
          assert.deepEqual(entries[1]?.details, { ...act.details, ...backing });
          await act.undo(world);
          // Sent again it is not done again, and with no key it is refused.
          assert.deepEqual(done(await decide(rita, 'confirm', proposal, key(`confirm ${proposal.id}`))), decided);
          for (const verb of ['confirm', 'reject'] as const) {
            for (const who of [root, rita]) mustRefuse(await decide(who, verb, proposal), 409, 'proposal_decided');
          }
          assert.equal(await act.isDone(world), false);
        });

        it('is dropped when the other rejects it', async () => {
          const answer = await decide(rita, 'reject', proposal);
          assert.deepEqual([done<Proposal>(answer).state, done<Proposal>(answer).decidedBy], ['rejected', 'rita']);
          assert.deepEqual(await auditLines(safe, answer), [`proposal.rejected rita proposal:${proposal.id}`]);
          mustRefuse(await decide(rita, 'confirm', proposal), 409, 'proposal_decided');
          assert.equal(await act.isDone(world), false);
        });

        it('is confirmed once of many at once', async () => {
          const answers = await Promise.all([
            ...Array.from({ length: 4 }, () => decide(rita, 'confirm', proposal)),
            ...Array.from({ length: 2 }, () => decide(root, 'reject', proposal)),
          ]);
          const settled = answers.filter(({ status }) => status === 200);
          assert.equal(settled.length, 1, answers.map(({ text }) => text).join('\n'));
          for (const answer of answers) {
            if (answer.status !== 200) mustRefuse(answer, 409, 'proposal_decided');
          }
          const isConfirmed = done<Proposal>(settled[0] as Answer).state === 'confirmed';
          assert.equal(await act.isDone(world), isConfirmed);
          if (isConfirmed) await act.undo(world);
        });

        it('is no longer confirmed after seven days, nor once whoever made it is no administrator', async () => {
          safe.setClock(new Date(Date.now() + 7 * day + 1000));
          const later = await safe.signIn('rita');
          mustRefuse(await decide(later, 'confirm', proposal), 409, 'proposal_decided');
          mustRefuse(await decide(later, 'reject', proposal), 409, 'proposal_decided');
          const { proposals: all } = done<Page>(await later.call('GET', proposals));
          assert.equal(all.find(({ id }) => id === proposal.id)?.state, 'ended');
          const { proposals: waiting } = done<Page>(await later.call('GET', `${proposals}?state=waiting`));
          assert.deepEqual(waiting, []);
          safe.setClock(null);
          await safe.operator.run('user.disable', { username: 'root' });
          mustRefuse(await decide(rita, 'confirm', proposal), 409, 'proposal_decided');
          const { proposals: ended } = done<Page>(await rita.call('GET', proposals));
          assert.equal(ended.find(({ id }) => id === proposal.id)?.state, 'ended');
          await safe.operator.run('user.enable', { username: 'root' });
          root = await safe.signIn('root');
          world = { ...world, root };
          outsiders = { ...outsiders, root };
          done(await decide(root, 'reject', proposal));
          assert.equal(await act.isDone(world), false);
        });
      });
    }
  });
}
