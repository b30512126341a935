import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Answer, engines, type Person, startSafe, type TestSafe } from '../start-safe.ts';
import { holdLane, untilWaiting } from './held-lane.ts';

const note = '/api/mysafe/note';
const room = 250;
const flooded = 200;

/** An answer is some batches on its way to the client: what counts is that it was not behind all of them. */
const assertBefore = (before: number) => assert.ok(before < flooded / 2, `${before} of the flood were answered first`);

for (const engine of engines) {
  describe(`those who wait for the store on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    let mallory: Person;
    before(async () => {
      const places = { ARCA_LANES: '1', ARCA_BATCH: '4', ARCA_QUEUE: String(room), ARCA_POOL: '1' };
      safe = await startSafe(engine, {
        ...places,
        ARCA_TRUSTED_PROXIES: '127.0.0.1',
        ARCA_FAILURES_PER_MINUTE: '10000',
        ARCA_FAILURES_PER_ADDRESS: '10000',
      });
      ana = await safe.person('ana');
      mallory = await safe.person('mallory');
      await ana.call('POST', note, { name: 'first', note: 'text' });
    });
    after(() => safe.close());

    const from = (address: string) => ({ 'x-forwarded-for': address });
    const refused = () => mallory.call('GET', `${note}/999`);
    const wrongToken = (address: string) => () =>
      safe.call('GET', note, undefined, { ...from(address), authorization: 'Bearer x' });
    const tokenOf = ({ clientId, clientSecret }: Person, address: string) => {
      const grant = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
      return safe.call('POST', '/api/oauth2/token', grant, from(address));
    };

    /** How many of a flood that came before were answered before this call was. */
    async function behind(flood: (() => Promise<Answer>)[], call: () => Promise<Answer>) {
      const held = await holdLane(safe.serving);
      let answered = 0;
      const answers = flood.map(async (one) => {
        const answer = await one();
        answered += 1;
        return answer;
      });
      await untilWaiting(safe.serving, flood.length);
      const called = call().then((answer) => ({ answer, before: answered }));
      await untilWaiting(safe.serving, Math.min(flood.length + 1, room));
      await new Promise((resolve) => setTimeout(resolve, 100));
      await held.letGo();
      const { answer, before } = await called;
      return { answer, before, flood: await Promise.all(answers) };
    }
    const some = (count: number, one: (at: number) => () => Promise<Answer>) =>
      Array.from({ length: count }, (_, at) => one(at));

    it('do not wait behind a flood of refused calls of another key', async () => {
      const { answer, before, flood } = await behind(
        some(flooded, () => refused),
        () => ana.call('GET', `${note}/1`),
      );
      assert.equal(answer.status, 200);
      assertBefore(before);
      assert.deepEqual(new Set(flood.map(({ status }) => status)), new Set([400]));
    });

    it('do not wait behind a flood of strangers from everywhere when they are known', async () => {
      const flood = some(flooded, (at) => wrongToken(`198.51.100.${at}`));
      const { answer, before } = await behind(flood, () => ana.call('POST', note, { name: 'second', note: 'text' }));
      assert.equal(answer.status, 201);
      assertBefore(before);
    });

    it('do not wait behind a flood of one address when they come from another, unknown as they are', async () => {
      const flood = some(flooded, () => wrongToken('198.51.100.7'));
      const { answer, before } = await behind(flood, () => tokenOf(ana, '203.0.113.9'));
      assert.equal(answer.status, 200);
      assertBefore(before);
    });

    it('are taken in when a flood has filled the line, which loses its last', async () => {
      const { answer, flood } = await behind(
        some(room, () => refused),
        () => ana.call('GET', `${note}/1`),
      );
      assert.equal(answer.status, 200);
      const statuses = flood.map(({ status }) => status);
      assert.deepEqual(
        [statuses.filter((status) => status === 400).length, statuses.filter((status) => status === 504).length],
        [room - 1, 1],
      );
    });

    it('do not wait for a connection behind a flood of lists of another key', async () => {
      const released = Promise.withResolvers<void>();
      const held = safe.serving.safe.store.read(() => released.promise);
      let answered = 0;
      const flood = some(flooded, () => () => mallory.call('GET', note)).map(async (list) => {
        assert.equal((await list()).status, 200);
        answered += 1;
      });
      // The operations of the store are not seen from outside: long enough for all of them to have come.
      await new Promise((resolve) => setTimeout(resolve, 1000));
      const list = ana.call('GET', note).then((answer) => ({ status: answer.status, before: answered }));
      await new Promise((resolve) => setTimeout(resolve, 200));
      assert.equal(answered, 0);
      released.resolve();
      const { status, before } = await list;
      assert.equal(status, 200);
      assertBefore(before);
      await Promise.all([held, ...flood]);
    });

    it('are known by their session, in the address that a flood comes from', async () => {
      const person = await safe.signIn('rita');
      const me = () => person.call('GET', '/api/v1/profile', undefined, from('198.51.100.7'));
      assert.equal((await me()).status, 200);
      const flood = some(flooded, () => wrongToken('198.51.100.7'));
      const own = () =>
        person.call('POST', '/api/v1/items/note', { name: 'of a person', note: 'x' }, from('198.51.100.7'));
      const { answer, before } = await behind(flood, own);
      assert.equal(answer.status, 201, answer.text);
      assertBefore(before);
    });
  });
}
