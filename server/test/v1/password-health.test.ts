import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { engineOf, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { done, mustRefuse } from './problem.ts';

const path = '/api/v1/password-health';
const strong = (name: string) => `${name}-Kx7#vQ9!mLz2@pR`;
const made = Date.parse('2026-01-10T12:00:00Z');
const day = 86_400_000;

type Health = { passwords: number; weak: number; reused: number; old: number; pending: number };
type Named = { items: { name: string; strength: string }[]; total: number; next: string | null };
type Survey = {
  countedAt: string;
  strengths: Record<string, number>;
  sites: { site: string; passwords: number; people: number }[];
  people: { username: string; weak: number; reused: number }[];
};

for (const engine of engineOf(import.meta.filename)) {
  describe(`password health on ${engine}`, () => {
    let safe: TestSafe;
    let [adam, ana, bea, cai]: SignedIn[] = [];
    const people = () => [adam, ana, bea, cai] as [SignedIn, SignedIn, SignedIn, SignedIn];
    before(async () => {
      safe = await startSafe(engine);
      safe.setClock(new Date(made));
      adam = await safe.signIn('adam', 'admin');
      [ana, bea, cai] = [await safe.signIn('ana'), await safe.signIn('bea'), await safe.signIn('cai')];
    });
    after(() => safe.close());

    const save = async (who: SignedIn, name: string, password: string, url = '') =>
      done<{ number: number }>(
        await who.call('POST', '/api/v1/items/password', { name, username: 'u', password, url }),
        201,
      ).number;
    const judged = async (who: SignedIn): Promise<Health> => {
      for (;;) {
        const health = done<Health>(await who.call('GET', path));
        if (health.pending === 0) return health;
        await wait(50);
      }
    };
    const names = async (who: SignedIn, query: string) =>
      done<Named>(await who.call('GET', `/api/v1/items?${query}`)).items.map(({ name }) => name);
    /** What administrators are told once it is as wanted. */
    const surveyed = async (isWanted: (survey: Survey) => boolean): Promise<Survey> => {
      for (;;) {
        const { passwords } = done<{ passwords: Survey | null }>(await people()[0].call('GET', '/api/v1/statistics'));
        if (passwords !== null && isWanted(passwords)) return passwords;
        await wait(100);
      }
    };

    it('of who owns no password is all zero, and needs a session', async () => {
      mustRefuse(await safe.call('GET', path), 401, 'token_missing');
      const script = await safe.person('ana');
      mustRefuse(await script.call('GET', path), 403, 'access_denied');
      mustRefuse(await script.call('GET', '/api/v1/items?health=weak'), 403, 'access_denied');
      assert.deepEqual(await judged(people()[1]), { passwords: 0, weak: 0, reused: 0, old: 0, pending: 0 });
    });

    it('counts and lists what is weak or used twice, of the owner alone', async () => {
      const [, one, other] = people();
      await save(one, 'Mail', strong('same'), 'https://mail.example.org/inbox');
      await save(one, 'Shop', strong('same'), 'https://shop.example.org');
      await save(one, 'Router', 'password', 'http://router');
      await save(one, 'Bank', strong('bank'));
      // Equal to one of ana's: that is between nobody.
      const shared = await save(other, 'Wiki', strong('same'));
      done(await other.call('PUT', `/api/v1/items/password/${shared}/shares/users/ana`, { role: 'editor' }));
      await save(other, 'Door', 'password');
      assert.deepEqual(await judged(one), { passwords: 4, weak: 1, reused: 2, old: 0, pending: 0 });
      assert.deepEqual(await judged(other), { passwords: 2, weak: 1, reused: 0, old: 0, pending: 0 });
      assert.deepEqual(await names(one, 'health=weak'), ['Router']);
      assert.deepEqual(await names(one, 'health=reused'), ['Mail', 'Shop']);
      assert.deepEqual(await names(one, 'health=reused&q=mail'), ['Mail']);
      assert.deepEqual(await names(one, 'health=old'), []);
      assert.deepEqual(await names(one, 'health=weak&kind=note'), []);
      assert.deepEqual(await names(one, 'health=weak&owner=others&state=all'), []);
      mustRefuse(await one.call('GET', '/api/v1/items?health=ill'), 400, 'request_invalid');
    });

    it('goes on page by page', async () => {
      const [, one] = people();
      const first = done<Named>(await one.call('GET', '/api/v1/items?health=reused&limit=1'));
      assert.deepEqual([first.total, first.items[0]?.name], [2, 'Mail']);
      assert.deepEqual(await names(one, `health=reused&limit=1&cursor=${first.next}`), ['Shop']);
      mustRefuse(await one.call('GET', `/api/v1/items?health=weak&cursor=${first.next}`), 400, 'cursor_invalid');
    });

    it('follows a change, a disabled item and a new owner', async () => {
      const [, one, other] = people();
      const number = await save(one, 'Copy', strong('bank'));
      assert.deepEqual(await names(one, 'health=reused'), ['Bank', 'Copy', 'Mail', 'Shop']);
      done(await one.call('PATCH', `/api/v1/items/password/${number}`, { password: strong('copy') }));
      assert.deepEqual(await names(one, 'health=reused'), ['Mail', 'Shop']);
      done(await one.call('PATCH', `/api/v1/items/password/${number}`, { password: strong('same') }));
      assert.deepEqual(await names(one, 'health=reused'), ['Copy', 'Mail', 'Shop']);
      done(await one.call('POST', `/api/v1/items/password/${number}/disable`));
      assert.deepEqual(await names(one, 'health=reused&state=all'), ['Mail', 'Shop']);
      done(await one.call('POST', `/api/v1/items/password/${number}/enable`));
      done(await one.call('POST', `/api/v1/items/password/${number}/transfer`, { to: 'bea' }));
      assert.deepEqual(await names(one, 'health=reused'), ['Mail', 'Shop']);
      assert.deepEqual(await names(other, 'health=reused'), ['Copy', 'Wiki']);
    });

    it('tells administrators numbers: no item, and no site of fewer than three people', async () => {
      const [, one, other, third] = people();
      await save(one, 'GitHub', strong('g1'), 'https://www.github.com/login');
      await save(other, 'GitHub', strong('g2'), 'github.com');
      const lone = await save(other, 'GitHub too', strong('g3'), 'https://github.com');
      await judged(one);
      await judged(other);
      const all = (survey: Survey) => Object.values(survey.strengths).reduce((sum, count) => sum + count, 0);
      const before = await surveyed((survey) => survey.strengths.pending === 0 && all(survey) === 10);
      assert.deepEqual(before.sites, []);
      await save(third, 'GitHub', strong('g4'), 'HTTPS://GITHUB.COM');
      await judged(third);
      const { sites, people: worst, strengths } = await surveyed((survey) => survey.sites.length > 0);
      assert.deepEqual(sites, [{ site: 'github.com', passwords: 4, people: 3 }]);
      assert.deepEqual(worst, [
        { username: 'ana', weak: 1, reused: 2 },
        { username: 'bea', weak: 1, reused: 2 },
      ]);
      assert.equal((strengths.poor ?? 0) + (strengths.bad ?? 0), 2);
      done(await other.call('POST', `/api/v1/items/password/${lone}/disable`));
      assert.equal((await surveyed((survey) => survey.sites[0]?.passwords === 3)).sites[0]?.people, 3);
      mustRefuse(await people()[1].call('GET', '/api/v1/statistics'), 403, 'access_denied');
    });

    it('calls a password old that was not changed for a year', async () => {
      safe.setClock(new Date(made + 366 * day));
      const again = await safe.signIn('ana');
      assert.equal((await judged(again)).old, 5);
      await save(again, 'New', strong('new'));
      assert.deepEqual(await names(again, 'health=old'), ['Bank', 'GitHub', 'Mail', 'Router', 'Shop']);
    });
  });
}
