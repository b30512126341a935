import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Answer, engines, type Person, startSafe, type TestSafe } from '../start-safe.ts';
import { openByHand } from '../store-by-hand.ts';
import { commitsDuring } from './commits.ts';
import { holdLane, jobOf, untilWaiting } from './held-lane.ts';

const note = '/api/mysafe/note';
const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status);

for (const engine of engines) {
  describe(`actions that share a transaction on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    let ben: Person;
    before(async () => {
      safe = await startSafe(engine, { ARCA_LANES: '1' });
      ana = await safe.person('ana');
      ben = await safe.person('ben');
      await ana.call('POST', note, { name: 'first', note: 'text of the first' });
    });
    after(() => safe.close());

    const verify = async () =>
      assert.deepEqual((await safe.operator.run('audit.verify', undefined as never)).problems, []);
    const count = async (table: string, where = '1 = 1') => {
      const store = await openByHand(safe.settings);
      const { rows } = await store.one(`select count(*) as rows from ${table} where ${where}`);
      await store.close();
      return Number(rows);
    };
    /** Sends calls one after another while the lane is held, so that they queue in this order, then lets all run. */
    async function together(calls: (() => Promise<Answer>)[]): Promise<Answer[]> {
      const held = await holdLane(safe.serving);
      const answers: Promise<Answer>[] = [];
      for (const call of calls) {
        answers.push(call());
        await untilWaiting(safe.serving, answers.length);
      }
      await held.letGo();
      return Promise.all(answers);
    }
    const create = (name: string) => () => ana.call('POST', note, { name, note: 'x' });

    it('take one transaction for each at rest, and one for all under load', async () => {
      const read = () => ana.call('GET', `${note}/1`);
      const alone = await commitsDuring(safe, async () => {
        for (let done = 0; done < 5; done += 1) assert.equal((await read()).status, 200);
      });
      assert.equal(alone, 5);
      let answers: Answer[] = [];
      const entries = await count('audit_entries');
      const taken = await commitsDuring(safe, async () => {
        answers = await together(Array.from({ length: 40 }, () => read));
      });
      // The transaction that held the lane recorded nothing: it changed nothing.
      assert.equal(taken, 1);
      assert.deepEqual(new Set(statuses(answers)), new Set([200]));
      assert.ok((await count('audit_entries')) - entries >= 40);
    });

    it('are parted when there are more than one transaction may hold', async () => {
      const { settings } = safe;
      settings.batch = 8;
      await safe.restart();
      const taken = await commitsDuring(safe, () =>
        together(Array.from({ length: 20 }, () => () => ana.call('GET', `${note}/1`))),
      );
      settings.batch = 256;
      await safe.restart();
      assert.equal(taken, 3);
    });

    it('lose nothing by one among them that is refused', async () => {
      const before = await count('items');
      const refusals = await count('audit_entries', `event = 'item.create.refused'`);
      const answers = await together([
        create('before'),
        () => ana.call('POST', note, { name: 'too long', note: 'x'.repeat(901) }),
        () => ben.call('PUT', `${note}/update/1`, { name: 'not his' }),
        create('after'),
        () => ana.call('POST', `${note}/inactive/999`),
        () => ana.call('GET', `${note}/1`),
      ]);
      assert.deepEqual(statuses(answers), [201, 400, 400, 201, 400, 200]);
      assert.equal((await count('items')) - before, 2);
      assert.equal((await count('audit_entries', `event = 'item.create.refused'`)) - refusals, 1);
      const { json } = await ana.call('GET', `${note}/1`);
      assert.equal((json as { note_entity: { name: string } }).note_entity.name, 'first');
      await verify();
    });

    it('take back what one wrote before it was refused, and nothing else', async () => {
      const code = (name: string) => () =>
        ana.call('POST', '/api/mysafe/secretapi', { name, url: 'u', client_id: 'c', identifier_code: 'same' });
      const answers = await together([code('one'), code('two'), create('beside')]);
      assert.deepEqual(statuses(answers), [201, 400, 201]);
      assert.equal(await count('items', `kind = 'api-secret'`), 1);
      assert.equal(await count('item_index', `kind = 'api-secret' and field = 'identifierCode'`), 1);
      await verify();
    });

    it('lose nothing by an error that nobody foresaw, whose own changes are taken back', async () => {
      const before = await count('items');
      const held = await holdLane(safe.serving);
      const made = create('beside a bug')();
      await untilWaiting(safe.serving, 1);
      const { job, done } = jobOf(async (tx) => {
        await (await tx.writing()).run('delete from item_index', []);
        await (await tx.writing()).run('delete from shares', []);
        throw new TypeError('a bug');
      });
      safe.serving.safe.store.submit(job);
      const also = create('and another')();
      await untilWaiting(safe.serving, 3);
      await held.letGo();
      await assert.rejects(done, TypeError);
      assert.deepEqual(statuses([await made, await also]), [201, 201]);
      assert.equal((await count('items')) - before, 2);
      assert.ok((await count('item_index')) > 0);
      await verify();
    });

    it('are each done once when a statement fails and all are run again', async () => {
      const before = await count('items');
      const created = await count('audit_entries', `event = 'item.created'`);
      const held = await holdLane(safe.serving);
      const answers = [create('one')()];
      await untilWaiting(safe.serving, 1);
      const { job, done } = jobOf(async (tx) => (await tx.writing()).run('update nothing set x = 1', []));
      safe.serving.safe.store.submit(job);
      answers.push(create('two')());
      await untilWaiting(safe.serving, 3);
      await held.letGo();
      await assert.rejects(done, { name: 'StoreFault', kind: 'refused' });
      assert.deepEqual(statuses(await Promise.all(answers)), [201, 201]);
      assert.equal((await count('items')) - before, 2);
      assert.equal((await count('audit_entries', `event = 'item.created'`)) - created, 2);
      await verify();
    });

    it('see what those before them did: a key that was revoked a moment ago opens nothing', async () => {
      const key = await safe.person('ana');
      const held = await holdLane(safe.serving);
      const answers = [key.call('GET', `${note}/1`)];
      await untilWaiting(safe.serving, 1);
      const revoked = safe.operator.run('access-key.revoke', { clientId: key.clientId });
      answers.push(key.call('GET', `${note}/1`), key.call('POST', note, { name: 'late', note: 'x' }));
      await untilWaiting(safe.serving, 4);
      await held.letGo();
      assert.deepEqual(await revoked, { changed: true });
      assert.deepEqual(statuses(await Promise.all(answers)), [200, 401, 401]);
    });

    it('are answered only after their commit', async () => {
      let answered = false;
      const first = await holdLane(safe.serving);
      const reading = ana.call('GET', `${note}/1`).then((answer) => {
        answered = true;
        return answer;
      });
      await untilWaiting(safe.serving, 1);
      // In the same transaction, after the reveal: it has been run and recorded, but is not committed.
      const second = holdLane(safe.serving);
      await untilWaiting(safe.serving, 2);
      const entries = await count('audit_entries');
      await first.letGo();
      const held = await second;
      // A whole other request and answer on the same path through sockets and event loop.
      assert.equal((await fetch(`${safe.url}/healthz`)).status, 200);
      assert.equal(answered, false);
      assert.equal(await count('audit_entries'), entries);
      await held.letGo();
      assert.equal((await reading).status, 200);
      assert.equal((await count('audit_entries')) - entries, 1);
    });
  });
}
