import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { engines, type Person, startSafe, type TestSafe } from '../start-safe.ts';
import { holdLane, untilWaiting } from './held-lane.ts';

const note = '/api/mysafe/note';

for (const engine of engines) {
  describe(`a store that does not keep up on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    before(async () => {
      safe = await startSafe(engine, { ARCA_LANES: '1', ARCA_QUEUE: '2', ARCA_STORE_TIMEOUT: '1' });
      ana = await safe.person('ana');
      await ana.call('POST', note, { name: 'first', note: 'text' });
    });
    after(() => safe.close());

    const create = (name: string) => ana.call('POST', note, { name, note: 'x' });
    const names = async () => {
      const { json } = await ana.call('GET', note);
      return (json as { note_on_list: { name: string }[] }).note_on_list.map(({ name }) => name);
    };
    const grant = () => ({
      grant_type: 'client_credentials',
      client_id: ana.clientId,
      client_secret: ana.clientSecret,
    });

    it('has 504 for what does not fit into the queue, at once, and does it never', async () => {
      const held = await holdLane(safe.serving);
      const waiting = [create('fits'), create('fits until another comes')];
      await untilWaiting(safe.serving, 2);
      const began = performance.now();
      const refused = await create('too many');
      assert.ok(performance.now() - began < 1000, 'not at once');
      assert.equal(refused.status, 504);
      assert.equal((refused.json as { message: string }).message, 'The upstream server is timing out');
      // A stranger has a place: whoever holds more than half of the line gives way. The next stranger has none.
      const token = safe.call('POST', '/api/oauth2/token', grant());
      const out = await waiting[1];
      assert.equal(out?.status, 504);
      const second = await safe.call('POST', '/api/oauth2/token', grant());
      assert.equal(second.status, 504);
      assert.equal((second.json as { error: string }).error, 'temporarily_unavailable');
      await held.letGo();
      assert.equal((await waiting[0])?.status, 201);
      assert.equal((await token).status, 200);
      assert.deepEqual(await names(), ['first', 'fits']);
    });

    it('has 504 for what waited too long, and does it never', async () => {
      const held = await holdLane(safe.serving);
      const late = await create('late');
      assert.equal(late.status, 504);
      assert.ok(!late.text.includes('late'));
      await held.letGo();
      assert.equal((await create('in time')).status, 201);
      assert.deepEqual(await names(), ['first', 'fits', 'in time']);
    });
  });
}
