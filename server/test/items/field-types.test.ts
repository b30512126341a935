import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditLines } from '../audit-left.ts';
import { engineOf, type Person, type TestSafe } from '../start-safe.ts';
import { startWire } from '../start-wire.ts';
import { invalid, mustBe } from '../wire-envelopes.ts';
import { textFields } from './field-tables.ts';
import { passwordKind } from './wire-kinds.ts';

const noText = [0, 1, 1.5, true, false, {}, { x: 1 }, [], ['x']];
const half = ['\ud800', 'a\udc00b', '\udc00\ud800'];
const noSharing = [
  0,
  1,
  true,
  false,
  'bert',
  '[]',
  {},
  { username: 'bert', name: 'x' },
  [null],
  ['bert'],
  [1],
  [[]],
  [{}],
  [{ can_edit: true }],
];

for (const engine of engineOf(import.meta.filename)) {
  describe(`values of a wrong type on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    before(async () => {
      safe = await startWire(engine);
      ana = await safe.person('ana');
      for (const [wire] of textFields) assert.equal((await ana.call('POST', wire.path, wire.least)).status, 201);
    });
    after(() => safe.close());

    for (const [wire, fields] of textFields) {
      const refused = async (field: string, value: unknown) => {
        const about = `${field}: ${JSON.stringify(value)}`;
        mustBe(await ana.call('POST', wire.path, { ...wire.least, [field]: value }), invalid(field), about);
        mustBe(await ana.call('PUT', `${wire.path}/update/1`, { [field]: value }), invalid(field), about);
      };

      for (const { field } of fields) {
        it(`${field} of a ${wire.kind} is a text of whole characters`, async () => {
          await Promise.all([...noText, ...half].map((value) => refused(field, value)));
        });
      }

      it(`tags of a ${wire.kind} are one text`, async () => {
        await Promise.all([...noText, ...half, 'a,\ud800'].map((value) => refused('tags', value)));
      });

      it(`sharing of a ${wire.kind} is a list of objects with names and flags`, async () => {
        for (const [field, name, other] of [
          ['users_allowed', 'username', 'name'],
          ['groups_allowed', 'name', 'username'],
        ] as const) {
          const wrong: unknown[] = [
            ...noSharing,
            ...[null, '', '  ', 1, true, {}, ['bert']].map((blank) => [{ [name]: blank }]),
            ...[0, 1, 'true', '', [], {}].map((flag) => [{ [name]: 'bert', can_edit: flag }]),
            [{ [other]: 'bert' }],
            // One wrong entry among good ones refuses all.
            [{ [name]: 'bert' }, { [name]: ' ' }],
          ];
          await Promise.all(wrong.map((value) => refused(field, value)));
        }
      });

      it(`what is refused of a ${wire.kind} is recorded by its reason, without the value`, async () => {
        const created = await ana.call('POST', wire.path, { ...wire.least, tags: 1 });
        assert.deepEqual(await auditLines(safe, created), ['item.create.refused ana - field_invalid']);
        const updated = await ana.call('PUT', `${wire.path}/update/1`, { name: '' });
        assert.deepEqual(await auditLines(safe, updated), [`item.update.refused ana ${wire.kind}:1 field_missing`]);
      });
    }

    it('a seed is a text', async () => {
      for (const value of [...noText, ...half]) {
        const body = { ...passwordKind.least, secret_key: value };
        mustBe(await ana.call('POST', passwordKind.path, body), invalid('secret_key'), JSON.stringify(value));
        const updated = await ana.call('PUT', `${passwordKind.path}/update/1`, { secret_key: value });
        mustBe(updated, invalid('secret_key'), JSON.stringify(value));
      }
    });

    it('nothing of all that was created', async () => {
      for (const [wire] of textFields) {
        const { json } = await ana.call('GET', `${wire.path}?enabled=all`);
        assert.equal((json as Record<string, unknown[]>)[wire.listKey]?.length, 1);
      }
    });
  });
}
