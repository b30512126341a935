import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { engines, startSafe, type TestSafe } from './start-safe.ts';

for (const engine of engines) {
  describe(`a password's life on ${engine}`, () => {
    let safe: TestSafe;
    before(async () => {
      safe = await startSafe(engine);
    });
    after(() => safe.close());

    it('is created, read, disabled, and survives a restart', async () => {
      const ana = await safe.person('ana');
      const made = await ana.call('POST', '/api/mysafe/password', {
        name: 'a',
        username: 'b',
        password: 'c',
        tags: 'x,y',
      });
      assert.equal(made.status, 201, made.text);
      await safe.restart();
      const read = await ana.call('GET', '/api/mysafe/password/1');
      assert.equal((read.json as { password_entity: { password: string } }).password_entity.password, 'c', read.text);
      const list = await ana.call('GET', '/api/mysafe/password?tag=X');
      assert.equal((list.json as { password_on_list: unknown[] }).password_on_list.length, 1, list.text);
      assert.equal((await ana.call('POST', '/api/mysafe/password/inactive/1')).status, 200);
      const verdict = await safe.operator.run('audit.verify', undefined as never);
      assert.deepEqual(verdict.problems, []);
    });
  });
}
