import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditEntries } from '../../audit-left.ts';
import { engineOf, type Person, startSafe, type TestSafe } from '../../start-safe.ts';
import { done, mustRefuse } from '../problem.ts';
import { v1Kinds } from './v1-kinds.ts';

type Version = { version: number; author: string; fields: string[] };
type Page = { versions: Version[]; next: number | null };
type Revealed = { version: number; open: Record<string, unknown>; secrets: Record<string, unknown> };

for (const engine of engineOf(import.meta.filename)) {
  describe(`versions over our own API on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    let ben: Person;
    before(async () => {
      safe = await startSafe(engine);
      [ana, ben] = await Promise.all([safe.person('ana'), safe.person('ben')]);
    });
    after(() => safe.close());

    for (const { kind, path, least, fields } of v1Kinds) {
      const secret = fields.find((one) => one.secret)?.field ?? '';

      it(`a ${kind} tells who changed which fields, and gives back what it held`, async () => {
        const { number } = done<{ number: number }>(await ana.call('POST', path, { ...least, [secret]: 'first' }), 201);
        const at = `${path}/${number}`;
        done(await ana.call('PUT', `${at}/shares/users/ben`, { role: 'editor' }));
        done(await ben.call('PATCH', at, { [secret]: 'second', tags: ['t'] }));
        done(await ana.call('PATCH', at, { name: 'third' }));
        done(await ana.call('PATCH', at, { name: 'third' }));
        const { versions, next } = done<Page>(await ana.call('GET', `${at}/versions`));
        assert.equal(next, null);
        assert.deepEqual(
          versions.map(({ version, author, fields: changed }) => [version, author, changed.sort()]).slice(0, 2),
          [
            [3, 'ana', ['name']],
            [2, 'ben', [secret, 'tags'].sort()],
          ],
        );
        assert.deepEqual([versions[2]?.version, versions[2]?.author], [1, 'ana']);

        const revealed = await ben.call('POST', `${at}/versions/1/reveal`);
        const first = done<Revealed>(revealed);
        assert.deepEqual([first.version, first.secrets[secret], first.open.name], [1, 'first', least.name]);
        const [entry] = await auditEntries(safe, revealed);
        assert.deepEqual([entry?.event, entry?.details.version], ['item.revealed', 1]);

        const restored = await ben.call('POST', `${at}/versions/1/restore`);
        assert.equal(done<{ changed: boolean }>(restored).changed, true);
        const [told] = await auditEntries(safe, restored);
        assert.deepEqual([told?.event, told?.details.from, told?.details.version], ['item.version-restored', 1, 4]);
        const current = done<Revealed>(await ana.call('POST', `${at}/reveal`));
        assert.deepEqual([current.version, current.secrets[secret], current.open.name], [4, 'first', least.name]);
        const again = done<{ changed: boolean }>(await ana.call('POST', `${at}/versions/1/restore`));
        assert.equal(again.changed, false);
        // What is restored is found again by what it holds.
        const found = await ana.call('GET', `/api/v1/items?kind=${kind}&name=third`);
        assert.equal(done<{ total: number }>(found).total, 0);
        mustRefuse(await ana.call('POST', `${at}/versions/9/reveal`), 404, 'version_not_found');
        mustRefuse(await ana.call('POST', `${at}/versions/9/restore`), 404, 'version_not_found');
      });
    }

    it('versions come in pages, newest first', async () => {
      const path = '/api/v1/items/note';
      const { number } = done<{ number: number }>(await ana.call('POST', path, { name: 'n', note: '0' }), 201);
      for (let at = 1; at < 12; at += 1) done(await ana.call('PATCH', `${path}/${number}`, { note: String(at) }));
      const seen: number[] = [];
      let next: number | null = null;
      do {
        const query: string = next === null ? '' : `&before=${next}`;
        const page: Page = done(await ana.call('GET', `${path}/${number}/versions?limit=5${query}`));
        seen.push(...page.versions.map(({ version }) => version));
        next = page.next;
      } while (next !== null);
      assert.deepEqual(seen, [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    });

    it('a version whose identifier code another secret has by now is not restored', async () => {
      const path = '/api/v1/items/api-secret';
      const least = { name: 'pay', url: 'https://pay.example.com', clientId: 'shop' };
      const create = async (identifierCode: string) =>
        done<{ number: number }>(await ana.call('POST', path, { ...least, identifierCode }), 201).number;
      const number = await create('code');
      done(await ana.call('PATCH', `${path}/${number}`, { identifierCode: 'other' }));
      await create('code');
      mustRefuse(await ana.call('POST', `${path}/${number}/versions/1/restore`), 409, 'identifier_code_taken');
    });
  });
}
