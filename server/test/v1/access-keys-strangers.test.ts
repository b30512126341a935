import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditLines } from '../audit-left.ts';
import { engineOf, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { addKey, type Key, path, settlePolicy } from './access-keys-cast.ts';
import { done, mustBeInvalid, mustRefuse } from './problem.ts';

for (const engine of engineOf(import.meta.filename)) {
  describe(`access keys before strangers on ${engine}`, () => {
    let safe: TestSafe;
    let ana: SignedIn;
    let ben: SignedIn;
    let adam: SignedIn;
    before(async () => {
      safe = await startSafe(engine);
      ana = await safe.signIn('ana');
      ben = await safe.signIn('ben');
      adam = await safe.signIn('adam', 'admin');
    });
    after(() => safe.close());

    it('tells a stranger of a key that is not his no more than of one that is not there', async () => {
      const { id } = await addKey(ana);
      for (const [method, verb, body] of [
        ['GET', '', undefined],
        ['PATCH', '', { name: 'x' }],
        ['POST', '/clone', undefined],
        ['POST', '/revoke', undefined],
        ['POST', '/secret', undefined],
        ['POST', '/private-key', undefined],
        ['POST', '/simulate', {}],
      ] as const) {
        const [theirs, none] = [
          await ben.call(method, `${path}/${id}${verb}`, body),
          await ben.call(method, `${path}/999999${verb}`, body),
        ];
        const plain = ({ text, headers }: typeof theirs) => text.replaceAll(headers.get('x-request-id') ?? '-', '');
        assert.equal(theirs.status, 404);
        assert.equal(plain(theirs), plain(none));
      }
      for (const id of ['0', '-1', 'x', '9'.repeat(16)]) {
        mustBeInvalid(await ben.call('GET', `${path}/${id}`), ['id'], id);
      }
    });

    it('lets nobody go on whom an administrator has disabled', async () => {
      const eve = await safe.signIn('eve');
      const { id } = await addKey(eve);
      await safe.operator.run('user.disable', { username: 'eve' });
      for (const at of ['', `/${id}`, '/report'])
        mustRefuse(await eve.call('GET', `${path}${at}`), 401, 'token_invalid');
      mustRefuse(await eve.call('POST', path, { name: 'x' }), 401, 'token_invalid');
      assert.equal(done<Key>(await adam.call('GET', `${path}/${id}`)).state, 'live');
    });

    it('takes no act of a session from another page', async () => {
      for (const headers of [
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' },
      ]) {
        const answer = await ana.call('POST', path, { name: 'x' }, headers);
        mustRefuse(answer, 403, 'origin_foreign');
      }
    });

    it('gives keys to those alone whom the policy lets make them', async () => {
      const may = async (who: SignedIn) => (await who.call('POST', path, { name: 'x' })).status === 201;
      const { id } = await addKey(ana);
      const makers = await safe.operator.run('group.add', { name: 'Makers', members: ['ben'] });
      const rows = [
        [{ everyone: true, users: [], groups: [] }, true, true],
        [{ everyone: false, users: [], groups: [] }, false, false],
        [{ everyone: false, users: ['ana'], groups: [] }, true, false],
        [{ everyone: false, users: [], groups: [makers.id] }, false, true],
      ] as const;
      for (const [keyMakers, anaMay, benMay] of rows) {
        await settlePolicy(safe, { keyMakers });
        assert.deepEqual([await may(ana), await may(ben)], [anaMay, benMay], JSON.stringify(keyMakers));
        const clone = await ana.call('POST', `${path}/${id}/clone`);
        assert.equal(clone.status, anaMay ? 201 : 403, clone.text);
      }
      const refused = await ana.call('POST', path, { name: 'x', encryption: 'jwe' });
      mustRefuse(refused, 403, 'keys_not_allowed');
      assert.deepEqual(await auditLines(safe, refused), ['access-key.add.refused ana - keys_not_allowed']);
      // What she has she keeps, and may still change and end; the operator of the host is not bound.
      done(await ana.call('PATCH', `${path}/${id}`, { name: 'kept' }));
      await safe.operator.run('access-key.add', { owner: 'ana', name: 'by the operator' });
      await settlePolicy(safe, { keyMakers: { everyone: true, users: [], groups: [] } });
    });
  });
}
