import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findProposal } from '../../src/storage/proposals.ts';
import { auditLines } from '../audit-left.ts';
import { type Answer, anyPassword, engineOf, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { openByHand } from '../store-by-hand.ts';
import { done, mustBeInvalid, mustRefuse } from './problem.ts';
import {
  addMember,
  ask,
  decide,
  enableGroup,
  entriesOf,
  groups,
  key,
  list,
  makeWorld,
  note,
  otherPassword,
  outcomeOf,
  type Page,
  type Proposal,
  proposals,
  propose,
  removeFactor,
  setPassword,
  users,
  type World,
} from './proposals-world.ts';

for (const engine of engineOf(import.meta.filename)) {
  describe(`the rules of proposals on ${engine}`, () => {
    let safe: TestSafe;
    let root: SignedIn;
    let rita: SignedIn;
    let world: World;
    before(async () => {
      safe = await startSafe(engine, { ARCA_LANES: '4' });
      root = await safe.signIn('root', 'admin');
      world = await makeWorld(safe, root);
      rita = await safe.signIn('rita', 'admin');
    });
    after(() => safe.close());

    it('are not made of one’s own second factor, nor of one that is not there', async () => {
      const remove = (username: string) => root.call('POST', `${users}/${username}/remove-second-factor`);
      mustBeInvalid(await remove('root'), ['username']);
      mustRefuse(await remove('nemo'), 404, 'user_not_found');
      assert.deepEqual(outcomeOf(await remove('paul'), 200), { changed: false, proposal: null });
    });

    it('of a second factor are for somebody who may have removed it himself meanwhile', async () => {
      const proposal = await propose(world, removeFactor);
      await safe.operator.run('user.remove-second-factor', { username: 'holder' });
      const answer = await decide(rita, 'confirm', proposal);
      assert.equal(done<Proposal>(answer).state, 'confirmed');
      assert.deepEqual(await auditLines(safe, answer), [`proposal.confirmed rita proposal:${proposal.id}`]);
      await removeFactor.undo(world);
    });

    it('are one for the same wish, however often and by whom', async () => {
      const first = await propose(world, addMember);
      const again = await ask(world, addMember);
      assert.deepEqual(outcomeOf(again, 202).proposal, first);
      assert.deepEqual(await auditLines(safe, again), []);
      assert.deepEqual(await propose(world, addMember, rita), first);
      mustRefuse(await decide(root, 'confirm', first), 403, 'proposal_by_self');
      done(await decide(rita, 'confirm', first));
      assert.deepEqual(outcomeOf(await ask(world, addMember), 200), { changed: false, proposal: null });
      await addMember.undo(world);
    });

    it('are made once for all requests with one key, and told as they stand by then', async () => {
      const send = (password = otherPassword) =>
        root.call('POST', `${users}/paul/password`, { password }, key('password of paul'));
      const answers = await Promise.all([send(), send(), send()]);
      const ids = new Set(answers.map((answer) => outcomeOf(answer, 202).proposal?.id));
      assert.equal(ids.size, 1);
      const lines = (await Promise.all(answers.map((answer) => auditLines(safe, answer)))).flat();
      assert.equal(lines.length, 1, lines.join());
      mustRefuse(await send('nine paper lamps 63'), 422, 'idempotency_key_reused');
      const [id = 0] = ids;
      done(await decide(rita, 'reject', { id }));
      assert.equal(outcomeOf(await send(), 202).proposal?.state, 'rejected');
    });

    it('are checked again when they are confirmed, with what was done meanwhile', async () => {
      const joining = await propose(world, addMember);
      await safe.operator.run('group.add-member', { name: 'Readers', member: 'paul' });
      const late = await decide(rita, 'confirm', joining);
      assert.equal(done<Proposal>(late).state, 'confirmed');
      assert.deepEqual(await auditLines(safe, late), [`proposal.confirmed rita proposal:${joining.id}`]);
      await addMember.undo(world);

      const crowded = await propose(world, addMember);
      const store = await openByHand(safe.settings);
      try {
        await store.run(
          `with recursive n(i) as (select 1 union all select i + 1 from n where i < 10000)
           insert into group_members (group_id, user_id, added_at, mac) select ${world.groupId}, 1000000 + i, 0, ? from n`,
          Buffer.alloc(32),
        );
        const refused = await decide(rita, 'confirm', crowded);
        mustRefuse(refused, 400, 'field_invalid');
        assert.deepEqual(await auditLines(safe, refused), [
          `proposal.decide.refused rita proposal:${crowded.id} field_invalid`,
        ]);
        assert.equal((await list(root, 'state=waiting')).at(0)?.id, crowded.id);
      } finally {
        await store.run('delete from group_members where user_id > 1000000');
        await store.close();
      }
      done(await decide(rita, 'confirm', crowded));
      assert.equal(await addMember.isDone(world), true);
      await addMember.undo(world);
    });

    it('are not asked for where nothing is shared, nor by the operator of the host', async () => {
      const empty = await safe.operator.run('group.add', { name: 'Empty' });
      const added = await root.call('PUT', `${groups}/${empty.id}/members/paul`);
      assert.deepEqual(outcomeOf(added, 200), { changed: true, proposal: null });
      const [entry] = await entriesOf(world, added);
      assert.deepEqual(entry?.details, { member: 'paul' });
      done(await root.call('POST', `${groups}/${empty.id}/disable`));
      assert.deepEqual(outcomeOf(await root.call('POST', `${groups}/${empty.id}/enable`), 200).changed, true);
      // A member is enabled by one, and so is any change but to an administrator.
      done(await root.call('POST', `${users}/nobody/disable`));
      assert.deepEqual(outcomeOf(await root.call('POST', `${users}/nobody/enable`), 200).changed, true);
      await safe.operator.run('user.set-password', { username: 'paul', password: otherPassword });
      assert.equal(await setPassword.isDone(world), true);
      await setPassword.undo(world);
      await safe.operator.run('group.enable', { name: 'Closed' });
      await safe.operator.run('group.disable', { name: 'Closed' });
      await safe.operator.run('group.add-member', { name: 'Readers', member: 'paul' });
      await addMember.undo(world);
    });

    it('leave nobody alone: the last other administrator must agree before he is disabled or made a member', async () => {
      const act = (who: string, verb: 'disable' | 'demote') =>
        verb === 'disable'
          ? root.call('POST', `${users}/${who}/disable`)
          : root.call('PATCH', `${users}/${who}`, { role: 'member' });
      for (const [verb, action, role] of [
        ['disable', 'user.disable', null],
        ['demote', 'user.change', 'member'],
      ] as const) {
        const answer = await act('rita', verb);
        const { proposal } = done<{ proposal: Proposal }>(answer, 202);
        assert.deepEqual(
          [proposal.action, proposal.username, proposal.role, proposal.state],
          [action, 'rita', role, 'waiting'],
        );
        assert.deepEqual(await auditLines(safe, answer), [`proposal.made root proposal:${proposal.id}`]);
        // Nothing of it is done, and what takes two still takes two.
        done(await rita.call('GET', proposals));
        const wish = await propose(world, setPassword);
        mustRefuse(await decide(root, 'confirm', proposal), 403, 'proposal_by_self');
        for (const one of [proposal, wish]) done(await decide(root, 'reject', one));
      }
      // With a third one left it is done at once.
      await safe.operator.run('user.add', { username: 'spare', password: anyPassword, role: 'admin' });
      assert.deepEqual(outcomeOf(await act('spare', 'disable'), 200), { changed: true, proposal: null });
      await safe.operator.run('user.enable', { username: 'spare' });
      // Of two who are wished away at once, one stays until he agrees.
      const both = await Promise.all([act('rita', 'disable'), act('spare', 'disable')]);
      assert.deepEqual(both.map(({ status }) => status).sort(), [200, 202]);
      const [gone, stays] = both[0]?.status === 200 ? ['rita', 'spare'] : ['spare', 'rita'];
      const last = both.find(({ status }) => status === 202) as Answer;
      const other = await safe.signIn(stays as string);
      const confirmed = await decide(other, 'confirm', outcomeOf(last, 202).proposal as Proposal);
      assert.equal(done<Proposal>(confirmed).state, 'confirmed');
      mustRefuse(await other.call('GET', proposals), 401, 'token_invalid');
      // Alone by their own will: and alone needs nobody.
      assert.equal(outcomeOf(await ask(world, setPassword), 200).changed, true);
      await setPassword.undo(world);
      for (const username of [gone, stays] as string[]) await safe.operator.run('user.enable', { username });
      await safe.operator.run('user.disable', { username: 'spare' });
      rita = await safe.signIn('rita');
    });

    it('do not count shares that have ended', async () => {
      const { id } = await safe.operator.run('group.add', { name: 'Brief' });
      const owner = await safe.signIn('owner');
      const expiresAt = new Date(Date.now() + 60_000).toISOString();
      done(await owner.call('PUT', `${note}/${world.number}/shares/groups/${id}`, { role: 'viewer', expiresAt }));
      const wish = outcomeOf(await root.call('PUT', `${groups}/${id}/members/paul`), 202).proposal as Proposal;
      done(await decide(root, 'reject', wish));
      safe.setClock(new Date(Date.now() + 120_000));
      assert.deepEqual(outcomeOf(await root.call('PUT', `${groups}/${id}/members/paul`), 200).changed, true);
      safe.setClock(null);
    });

    it('make whoever is added as an administrator a member until another one confirms', async () => {
      const draft = { username: 'deputy', password: anyPassword, role: 'admin', name: 'Deputy' };
      const send = () => root.call('POST', users, draft, key('deputy'));
      const answer = await send();
      const { user, proposal } = done<{ user: { role: string; name: string }; proposal: Proposal }>(answer, 202);
      assert.deepEqual([user.role, user.name], ['member', 'Deputy']);
      assert.deepEqual(
        [proposal.action, proposal.username, proposal.role, proposal.state],
        ['user.change', 'deputy', 'admin', 'waiting'],
      );
      assert.deepEqual(
        (await entriesOf(world, answer)).map(({ event }) => event),
        ['user.added', 'proposal.made'],
      );
      assert.deepEqual(done(await send(), 202), { user, proposal });
      // The first password is one to be changed.
      await safe.operator.run('user.set-password', { username: 'deputy', password: anyPassword });
      const deputy = await safe.signIn('deputy');
      mustRefuse(await deputy.call('GET', proposals), 403, 'access_denied');
      mustRefuse(await deputy.call('POST', `${proposals}/${proposal.id}/confirm`), 403, 'access_denied');
      // The name is changed at once, the role is left to the other.
      const both = await root.call('PATCH', `${users}/deputy`, { name: 'The Deputy', role: 'admin' });
      const changed = done<{ user: { role: string; name: string }; proposal: Proposal }>(both, 202);
      assert.deepEqual([changed.user.name, changed.user.role, changed.proposal], ['The Deputy', 'member', proposal]);
      done(await decide(rita, 'confirm', proposal));
      mustRefuse(await deputy.call('GET', users), 401, 'token_invalid');
      done(await (await safe.signIn('deputy')).call('GET', proposals));
      done(await root.call('PATCH', `${users}/deputy`, { role: 'member' }));
    });

    it('hold no password, in the store neither, and lose its hash when they are decided', async () => {
      const made = await ask(world, setPassword);
      const { id } = outcomeOf(made, 202).proposal as Proposal;
      const hashOf = async () => {
        const found = await safe.serving.safe.store.read((tx) => findProposal(tx, id));
        return found?.act.action === 'user.set-password' ? found.act.passwordHash : undefined;
      };
      assert.match((await hashOf()) ?? '', /^\$argon2id\$/);
      const store = await openByHand(safe.settings);
      const stored = await store.all('select * from proposals');
      await store.close();
      const listed = (await root.call('GET', proposals)).text;
      const texts = [made.text, listed, safe.log()];
      for (const row of stored) texts.push(...Object.values(row).map((cell) => Buffer.from(String(cell)).toString()));
      for (const row of stored) texts.push(Buffer.from(row.input as Uint8Array).toString('latin1'));
      for (const text of texts) {
        assert.ok(!text.includes(otherPassword) && !text.includes('argon2'), text.slice(0, 200));
      }
      done(await decide(rita, 'reject', { id }));
      assert.equal(await hashOf(), '');
      for await (const line of safe.operator.stream('audit.export')) {
        assert.doesNotMatch(JSON.stringify(line), /argon2|copper bells/);
      }
    });

    it('are listed page by page, those that wait first', async () => {
      const waiting = [
        await propose(world, addMember),
        await propose(world, setPassword, rita),
        await propose(world, enableGroup),
      ];
      const all = await list(root, 'limit=200');
      assert.deepEqual(
        all.slice(0, 3).map(({ id }) => id),
        waiting.map(({ id }) => id).reverse(),
      );
      const rest = all.slice(3).map(({ id }) => id);
      assert.ok(rest.length > 5);
      assert.deepEqual(
        rest,
        [...rest].sort((a, b) => b - a),
      );
      for (const limit of [1, 2, 3, 4]) {
        const found: Proposal[] = [];
        for (let path: string | null = `${proposals}?limit=${limit}`; path !== null; ) {
          const page: Page = done<Page>(await root.call('GET', path));
          found.push(...page.proposals);
          path = page.next && `${proposals}?limit=${limit}&cursor=${page.next}`;
        }
        assert.deepEqual(found, all);
      }
      assert.deepEqual(await list(root, 'state=waiting&limit=200'), all.slice(0, 3));
      assert.deepEqual(await list(root, 'state=waiting&limit=2'), all.slice(0, 2));
      for (const cursor of ['x', 'waiting', 'waiting.0', 'others.x', '%00', 'waiting.1.2']) {
        mustRefuse(await root.call('GET', `${proposals}?cursor=${cursor}`), 400, 'cursor_invalid', cursor);
      }
      mustBeInvalid(await root.call('GET', `${proposals}?state=old`), ['state']);
      for (const { id } of waiting) done(await decide(rita, 'reject', { id }));
    });

    it('are refused where there is none', async () => {
      for (const verb of ['confirm', 'reject'] as const) {
        mustRefuse(await decide(rita, verb, { id: 9999 }), 404, 'proposal_not_found');
        mustBeInvalid(await rita.call('POST', `${proposals}/x/${verb}`), ['id']);
      }
      mustRefuse(await root.call('GET', `${proposals}/1`), 404, 'route_unknown');
    });
  });
}
