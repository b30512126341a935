import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { engineOf, type Person, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { done, mustRefuse } from './problem.ts';

type Item = { number: number; strength: string | null };

for (const engine of engineOf(import.meta.filename)) {
  describe(`password strength on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    let session: SignedIn;
    before(async () => {
      safe = await startSafe(engine);
      [ana, session] = [await safe.person('ana'), await safe.signIn('ana')];
    });
    after(() => safe.close());

    const path = '/api/v1/items/password';
    const judged = async (number: number, strength: string) => {
      for (let tries = 0; tries < 200; tries += 1) {
        const item = done<Item>(await ana.call('GET', `${path}/${number}`));
        if (item.strength === strength) return;
        await wait(50);
      }
      assert.fail(`password ${number} was not judged ${strength}`);
    };

    it('is pending until the safe has judged it, and follows each change', async () => {
      const least = { name: 'mail', username: 'ana', password: 'password' };
      const made = done<Item>(await ana.call('POST', path, least), 201);
      assert.equal(made.strength, 'pending');
      await judged(made.number, 'poor');
      const changed = await ana.call('PATCH', `${path}/${made.number}`, { password: 'correct horse battery staple' });
      assert.equal(done<Item>(changed).strength, 'pending');
      await judged(made.number, 'best');
      done(await ana.call('POST', `${path}/${made.number}/versions/1/restore`));
      await judged(made.number, 'poor');
      const note = done<Item>(await ana.call('POST', '/api/v1/items/note', { name: 'n', note: 'x' }), 201);
      assert.equal(note.strength, null);
    });

    it('is found for what was left when the safe closed', async () => {
      const least = { name: 'left', username: 'ana', password: 'senha123' };
      const { number } = done<Item>(await ana.call('POST', path, least), 201);
      await safe.restart();
      await judged(number, 'poor');
    });

    it('is told of a password that one is about to choose, to people alone', async () => {
      const judge = (who: Person | SignedIn, password: string) =>
        who.call('POST', '/api/v1/password-strength', { password });
      assert.deepEqual(done(await judge(session, 'password')), { strength: 'poor' });
      assert.deepEqual(done(await judge(session, '')), { strength: 'undefined' });
      mustRefuse(await judge(ana, 'password'), 403, 'access_denied');
      assert.ok(!safe.log().includes('senha123'));
    });
  });
}
