import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditEntries, auditLines } from '../../audit-left.ts';
import { type Answer, engineOf, type Person, type SignedIn, startSafe, type TestSafe } from '../../start-safe.ts';
import { done, mustRefuse } from '../problem.ts';
import { v1Kinds } from './v1-kinds.ts';

type Item = { number: number; revision: number; version: number; name: string; enabled: boolean; owner: string };

for (const engine of engineOf(import.meta.filename)) {
  describe(`changes over our own API on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    let ben: SignedIn;
    before(async () => {
      safe = await startSafe(engine, { ARCA_LANES: '4' });
      ana = await safe.person('ana');
      ben = await safe.signIn('ben');
    });
    after(() => safe.close());

    for (const { kind, path, least } of v1Kinds) {
      const create = async (more: object = {}) => done<Item>(await ana.call('POST', path, { ...least, ...more }), 201);

      it(`creating a ${kind} answers with where it is, and records it`, async () => {
        const answer = await ana.call('POST', path, least);
        const { number, revision, version } = done<Item>(answer, 201);
        assert.equal(answer.headers.get('location'), `${path}/${number}`);
        assert.equal(answer.headers.get('etag'), `"${revision}"`);
        assert.deepEqual([revision, version], [1, 1]);
        assert.deepEqual(await auditLines(safe, answer), [`item.created ana ${kind}:${number}`]);
      });

      it(`of two who change a ${kind} at once, the second is told what stands and loses nothing`, async () => {
        const { number } = await create();
        const seen = await ana.call('GET', `${path}/${number}`);
        const etag = seen.headers.get('etag') ?? '';
        assert.match(etag, /^"1\.[\w-]{16}"$/);
        const mine = { 'if-match': etag };
        const [one, two] = await Promise.all([
          ana.call('PATCH', `${path}/${number}`, { name: 'one' }, mine),
          ana.call('PATCH', `${path}/${number}`, { name: 'two' }, mine),
        ]);
        const [won, lost] = one.status === 200 ? [one, two] : [two, one];
        const { name, revision } = done<Item>(won);
        const { current } = mustRefuse(lost, 412, 'revision_stale');
        assert.equal(current?.revision, 2);
        assert.equal(current?.open?.name, name);
        assert.equal(revision, 2);
        assert.deepEqual(await auditLines(safe, lost), [`item.update.refused ana ${kind}:${number} revision_stale`]);
        // What lost is saved over what won once its author has seen that.
        done(
          await ana.call('PATCH', `${path}/${number}`, { name: 'both' }, { 'if-match': won.headers.get('etag') ?? '' }),
        );
      });

      it(`every change of a ${kind} takes If-Match, in each of its forms`, async () => {
        const { number } = await create();
        const at = `${path}/${number}`;
        const changes: [string, string, object | undefined][] = [
          ['PATCH', at, { name: 'changed' }],
          ['POST', `${at}/disable`, undefined],
          ['POST', `${at}/enable`, undefined],
          ['PUT', `${at}/shares/users/ben`, { role: 'viewer' }],
          ['DELETE', `${at}/shares/users/ben`, undefined],
          ['POST', `${at}/versions/1/restore`, undefined],
        ];
        let revision = 1;
        for (const [method, target, body] of changes) {
          for (const header of [`"${revision + 7}"`, `"${revision + 7}.abc"`]) {
            mustRefuse(await ana.call(method, target, body, { 'if-match': header }), 412, 'revision_stale', target);
          }
          for (const header of ['7', 'nonsense', `"1", "2"`, '""']) {
            mustRefuse(
              await ana.call(method, target, body, { 'if-match': header }),
              400,
              'revision_unreadable',
              header,
            );
          }
          const answer = await ana.call(method, target, body, { 'if-match': `W/"${revision}.x"` });
          revision += 1;
          assert.equal(done<{ revision: number }>(answer).revision, revision, `${method} ${target}`);
          assert.equal(answer.headers.get('etag'), `"${revision}"`);
        }
        done(await ana.call('PATCH', at, { name: 'any' }, { 'if-match': '*' }));
      });

      it(`a ${kind} that did not change is not sent again`, async () => {
        const { number } = await create();
        // A password's strength comes a moment later, and is a change of its own.
        const read = () => ana.call('GET', `${path}/${number}`);
        let first = await read();
        while (first.text.includes('"strength":"pending"')) first = await read();
        const etag = first.headers.get('etag') ?? '';
        for (const header of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
          const again = await ana.call('GET', `${path}/${number}`, undefined, { 'if-none-match': header });
          assert.deepEqual([again.status, again.text, again.headers.get('etag')], [304, '', etag], header);
        }
        done(await ana.call('PATCH', `${path}/${number}`, { name: 'other' }));
        const changed = await ana.call('GET', `${path}/${number}`, undefined, { 'if-none-match': etag });
        assert.equal(done<Item>(changed).name, 'other');
      });

      it(`a ${kind} that was disabled is read, but not revealed nor changed`, async () => {
        const { number } = await create();
        const at = `${path}/${number}`;
        assert.deepEqual(done(await ana.call('POST', `${at}/disable`)), { changed: true, revision: 2 });
        assert.deepEqual(done(await ana.call('POST', `${at}/disable`)), { changed: false, revision: 2 });
        assert.equal(done<Item>(await ana.call('GET', at)).enabled, false);
        const refused: [string, string, object | undefined][] = [
          ['POST', `${at}/reveal`, undefined],
          ['PATCH', at, { name: 'x' }],
          ['PUT', `${at}/shares/users/ben`, { role: 'viewer' }],
          ['POST', `${at}/versions/1/reveal`, undefined],
          ['POST', `${at}/versions/1/restore`, undefined],
        ];
        for (const [method, target, body] of refused) {
          mustRefuse(await ana.call(method, target, body), 409, 'item_disabled', target);
        }
        assert.deepEqual(done(await ana.call('POST', `${at}/enable`)), { changed: true, revision: 3 });
        done(await ana.call('POST', `${at}/reveal`));
      });

      it(`a ${kind} that was transferred is found by its new owner, and kept by the one before as told`, async () => {
        const owner = await safe.signIn('ana');
        for (const keepAccess of [true, false]) {
          const name = `${kind} heirloom ${keepAccess}`;
          const { number } = await create({ name });
          const at = `${path}/${number}`;
          const transferred = await owner.call('POST', `${at}/transfer`, { to: 'BEN ', keepAccess });
          assert.deepEqual(done(transferred), { changed: true, revision: 2 });
          const [entry] = await auditEntries(safe, transferred);
          const { from, to, kept } = entry?.details ?? {};
          assert.deepEqual([entry?.event, from, to, kept], ['item.transferred', 'ana', 'ben', keepAccess]);
          assert.equal(done<Item>(await ben.call('GET', at)).owner, 'ben');
          const found = done<{ items: Item[] }>(
            await ben.call('GET', `/api/v1/items?name=${encodeURIComponent(name)}`),
          );
          assert.deepEqual(
            found.items.map((item) => item.number),
            [number],
          );
          const wire = kind === 'api-secret' ? 'secretapi' : kind;
          const ofBen = await safe.person('ben');
          if (kind !== 'api-secret') {
            const listed = await ofBen.call('GET', `/api/mysafe/${wire}?name=${encodeURIComponent(name)}`);
            assert.ok(listed.text.includes(`"identifier":"${number}"`), listed.text);
          }
          const mine = await ana.call('POST', `${at}/reveal`);
          if (keepAccess) done(mine);
          else mustRefuse(mine, 403, 'access_denied');
          mustRefuse(await owner.call('POST', `${at}/transfer`, { to: 'ana' }), 403, 'access_denied');
        }
      });
    }

    it('an item is transferred to an enabled user who is not its owner, by a person and not by a key', async () => {
      const path = '/api/v1/items/note';
      const owner = await safe.signIn('ana');
      const { number } = done<Item>(await ana.call('POST', path, { name: 'n', note: 'x' }), 201);
      const to = (who: SignedIn | Person, username: string): Promise<Answer> =>
        who.call('POST', `${path}/${number}/transfer`, { to: username });
      assert.equal(mustRefuse(await to(owner, 'nobody'), 422, 'transfer_impossible').why, 'user_not_found');
      assert.equal(mustRefuse(await to(owner, 'ana'), 422, 'transfer_impossible').why, 'user_is_owner');
      await safe.signIn('gone');
      await safe.operator.run('user.disable', { username: 'gone' });
      assert.equal(mustRefuse(await to(owner, 'gone'), 422, 'transfer_impossible').why, 'user_disabled');
      mustRefuse(await to(ana, 'ben'), 403, 'access_denied');
    });

    it('paths lead to items of that kind and number alone', async () => {
      mustRefuse(await ana.call('GET', '/api/v1/items/note/999999'), 404, 'item_not_found');
      for (const path of ['/api/v1/items/note/0', '/api/v1/items/note/x', '/api/v1/items/secretapi/1']) {
        mustRefuse(await ana.call('GET', path), 400, 'request_invalid', path);
      }
      mustRefuse(await ana.call('GET', '/api/v1/items/note/1/nothing'), 404, 'route_unknown');
      const wrong = await ana.call('PUT', '/api/v1/items/note/1');
      mustRefuse(wrong, 405, 'method_unknown');
      assert.equal(wrong.headers.get('allow'), 'GET, PATCH');
    });

    it('a reason is asked for as the owner wishes, and only he may wish it', async () => {
      const path = '/api/v1/items/note';
      const { number } = done<Item>(await ana.call('POST', path, { name: 'n', note: 'x' }), 201);
      done(await ana.call('PUT', `${path}/${number}/shares/users/ben`, { role: 'editor' }));
      mustRefuse(await ben.call('PATCH', `${path}/${number}`, { justificationRequired: true }), 403, 'access_denied');
      done(await ana.call('PATCH', `${path}/${number}`, { justificationRequired: true }));
      mustRefuse(await ben.call('POST', `${path}/${number}/reveal`), 403, 'justification_required');
      mustRefuse(
        await ben.call('POST', `${path}/${number}/reveal`, { justification: '  ' }),
        403,
        'justification_required',
      );
      const given = await ben.call('POST', `${path}/${number}/reveal`, { justification: ' the door is shut ' });
      done(given);
      const [entry] = await auditEntries(safe, given);
      assert.equal(entry?.details.justification, 'the door is shut');
      done(await ben.call('POST', `${path}/${number}/reveal`, undefined, { 'x-justification': 'by header' }));
      done(await ana.call('POST', `${path}/${number}/reveal`));
    });
  });
}
