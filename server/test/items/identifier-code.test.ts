import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { auditLines } from '../audit-left.ts';
import { removeItems } from '../set-up-store.ts';
import { engines, type Person, type TestSafe } from '../start-safe.ts';
import { startWire } from '../start-wire.ts';
import { businessError, mustBe } from '../wire-envelopes.ts';
import { apiSecretKind, entityOf } from './wire-kinds.ts';

const { path, least } = apiSecretKind;
const taken = businessError(1001, "'Identifier' already found in another API key of this user");

for (const engine of engines) {
  describe(`identifier codes on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    let bia: Person;
    before(async () => {
      safe = await startWire(engine, { ARCA_LANES: '4' });
      ana = await safe.person('ana');
      bia = await safe.person('bia');
    });
    beforeEach(() => removeItems(safe));
    after(() => safe.close());

    const post = (who: Person, identifier_code: string, more: object = {}) =>
      who.call('POST', path, { ...least, identifier_code, ...more });
    const create = async (who: Person, code: string, more: object = {}) => {
      const made = await post(who, code, more);
      assert.equal(made.status, 201, made.text);
      assert.equal(entityOf(made).identifier_code, code);
      return entityOf(made).identifier;
    };
    const update = (who: Person, identifier: string, body: object) =>
      who.call('PUT', `${path}/update/${identifier}`, body);
    const codeOf = async (who: Person, identifier: string) =>
      entityOf(await who.call('GET', `${path}/${identifier}`)).identifier_code;

    it('are unique among the secrets of their owner, whatever their case', async () => {
      await create(ana, 'Abc1');
      for (const code of ['Abc1', 'abc1', 'ABC1', ' abc1 ', 'Ａbc1']) {
        const refused = await post(ana, code);
        mustBe(refused, taken, code);
        assert.deepEqual(await auditLines(safe, refused), ['item.create.refused ana - identifier_code_taken']);
      }
      await create(ana, 'abc2');
    });

    it('are each owner\u2019s own', async () => {
      await create(ana, 'code');
      await create(bia, 'CODE');
    });

    it('may be missing on any number of secrets', async () => {
      for (const code of ['', '', '']) await create(ana, code);
      for (const more of [{ identifier_code: null }, {}]) {
        const made = await ana.call('POST', path, { ...least, ...more });
        assert.equal(entityOf(made).identifier_code, '');
      }
    });

    it('stay taken by a disabled secret', async () => {
      const identifier = await create(ana, 'code');
      await ana.call('POST', `${path}/inactive/${identifier}`);
      mustBe(await post(ana, 'code'), taken);
      const other = await create(ana, 'other');
      mustBe(await update(ana, other, { identifier_code: 'CODE' }), taken);
    });

    it('are checked on an update, and nothing of a refused one is done', async () => {
      await create(ana, 'first');
      const second = await create(ana, 'second');
      const refused = await update(ana, second, { identifier_code: 'FIRST', name: 'renamed' });
      mustBe(refused, taken);
      assert.deepEqual(await auditLines(safe, refused), [
        `item.update.refused ana api-secret:${second} identifier_code_taken`,
      ]);
      const { name, identifier_code } = entityOf(await ana.call('GET', `${path}/${second}`));
      assert.deepEqual([name, identifier_code], ['cloud', 'second']);
    });

    it('may be sent again, change their case, be given up and be taken by another', async () => {
      const first = await create(ana, 'code');
      for (const code of ['code', 'CODE', 'Code']) {
        assert.equal((await update(ana, first, { identifier_code: code })).status, 200);
        assert.equal(await codeOf(ana, first), code);
      }
      assert.equal((await update(ana, first, { identifier_code: '' })).status, 200);
      const second = await create(ana, 'code');
      mustBe(await update(ana, first, { identifier_code: 'code' }), taken);
      assert.equal((await update(ana, second, { identifier_code: 'moved' })).status, 200);
      assert.equal((await update(ana, first, { identifier_code: 'code' })).status, 200);
    });

    it('of a shared secret count for its owner, not for the editor', async () => {
      const shared = { users_allowed: [{ username: 'bia', can_edit: true }] };
      const identifier = await create(ana, 'ours', shared);
      await create(ana, 'anas');
      await create(bia, 'bias');
      mustBe(await update(bia, identifier, { identifier_code: 'anas' }), taken);
      assert.equal((await update(bia, identifier, { identifier_code: 'bias' })).status, 200);
      // The editor keeps his own word, and may use what the owner has on a secret of his own.
      await create(bia, 'ours');
      mustBe(await post(ana, 'BIAS'), taken);
    });

    it('of two new secrets at once exactly one gets a code', async () => {
      for (let round = 0; round < 10; round += 1) {
        const answers = await Promise.all([1, 2, 3, 4].map((at) => post(ana, `race ${round}`, { name: `${at}` })));
        const [won, ...lost] = answers.toSorted((a, b) => a.status - b.status);
        assert.equal(won?.status, 201);
        for (const answer of lost) {
          mustBe(answer, taken);
          assert.deepEqual(await auditLines(safe, answer), ['item.create.refused ana - identifier_code_taken']);
        }
      }
      const { json } = await ana.call('GET', path);
      assert.equal((json as { api_secret_on_list: unknown[] }).api_secret_on_list.length, 10);
    });

    it('of two updates at once exactly one gets a code', async () => {
      const items = [await create(ana, 'a'), await create(ana, 'b'), await create(ana, 'c')];
      for (let round = 0; round < 10; round += 1) {
        const code = `race ${round}`;
        const answers = await Promise.all(items.map((item) => update(ana, item, { identifier_code: code })));
        const [won, ...lost] = answers.toSorted((a, b) => a.status - b.status);
        assert.equal(won?.status, 200);
        for (const answer of lost) mustBe(answer, taken);
        const codes = await Promise.all(items.map((item) => codeOf(ana, item)));
        assert.equal(codes.filter((one) => one === code).length, 1);
      }
    });
  });
}
