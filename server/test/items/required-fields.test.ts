import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { engineOf, type Person, type TestSafe } from '../start-safe.ts';
import { startWire } from '../start-wire.ts';
import { missing, mustBe } from '../wire-envelopes.ts';
import { textFields } from './field-tables.ts';
import { entityOf, passwordKind } from './wire-kinds.ts';

/** What counts as not informed. */
const blanks = [null, '', ' ', '\t\r\n', '\u00a0\u2003\ufeff'];

for (const engine of engineOf(import.meta.filename)) {
  describe(`fields that must be informed, and those that need not, on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    before(async () => {
      safe = await startWire(engine);
      ana = await safe.person('ana');
    });
    after(() => safe.close());

    for (const [wire, fields] of textFields) {
      const required = fields.filter((one) => one.required).map((one) => one.field);
      const optional = fields.filter((one) => !one.required).map((one) => one.field);
      const full = Object.fromEntries(fields.map(({ field }) => [field, `the ${field}`]));
      const seed = wire === passwordKind ? { secret_key: 'JBSWY3DPEHPK3PXP' } : {};
      const everything = { ...full, ...seed, tags: 'a, b' };
      const read = async (identifier: string) => entityOf(await ana.call('GET', `${wire.path}/${identifier}`));
      const create = async (body: object) => {
        const made = await ana.call('POST', wire.path, body);
        assert.equal(made.status, 201, made.text);
        return entityOf(made).identifier;
      };
      const update = (identifier: string, body: object) => ana.call('PUT', `${wire.path}/update/${identifier}`, body);

      it(`a new ${wire.kind} names the first of ${required.join(', ')} that it lacks`, async () => {
        for (const [at, field] of required.entries()) {
          // Everything before it is there, nothing after it.
          const body = Object.fromEntries(required.slice(0, at).map((one) => [one, 'x']));
          mustBe(await ana.call('POST', wire.path, body), missing(field), field);
          for (const blank of blanks) {
            mustBe(await ana.call('POST', wire.path, { ...everything, [field]: blank }), missing(field), field);
          }
        }
      });

      it(`a ${wire.kind} needs no more than these`, async () => {
        const least = Object.fromEntries(required.map((field) => [field, 'x']));
        const blank = Object.fromEntries([...optional, 'tags'].map((field) => [field, null]));
        for (const body of [least, { ...least, ...blank, secret_key: null, users_allowed: null, groups_allowed: '' }]) {
          const entity = await read(await create(body));
          for (const field of optional) assert.equal(entity[field], '', field);
          assert.equal(entity.tags, '');
          assert.deepEqual([entity.users_allowed, entity.groups_allowed], [[], []]);
          if (wire === passwordKind) assert.deepEqual([entity.secret_key, entity.token], [null, null]);
        }
      });

      it(`an update of a ${wire.kind} leaves what it does not name`, async () => {
        const identifier = await create(everything);
        for (const { field } of fields) {
          const updated = await update(identifier, { [field]: `new ${field}`, [`${field}s`]: 'unknown' });
          assert.equal(updated.status, 200, updated.text);
        }
        const entity = await read(identifier);
        for (const { field } of fields) assert.equal(entity[field], `new ${field}`);
        assert.equal(entity.tags, 'a, b');
        if (wire === passwordKind) assert.equal(entity.secret_key, seed.secret_key);
        assert.equal((await update(identifier, {})).status, 200);
        assert.deepEqual({ ...(await read(identifier)), token: '' }, { ...entity, token: '' });
      });

      it(`an update of a ${wire.kind} cannot empty a field that must be informed`, async () => {
        const identifier = await create(everything);
        const before = await read(identifier);
        for (const field of required) {
          for (const blank of blanks) {
            mustBe(await update(identifier, { [field]: blank, tags: 'other' }), missing(field), field);
          }
        }
        assert.deepEqual({ ...(await read(identifier)), token: '' }, { ...before, token: '' });
      });

      it(`a field of a ${wire.kind} that need not be informed may be space`, async () => {
        const identifier = await create({
          ...everything,
          ...Object.fromEntries(optional.map((field) => [field, ' '])),
        });
        const entity = await read(identifier);
        for (const field of optional) assert.equal(entity[field], ' ', field);
      });

      it(`an update of a ${wire.kind} clears any other field`, async () => {
        for (const blank of ['', null]) {
          const identifier = await create({ ...everything, identifier_code: `code ${blank}` });
          const seeds = wire === passwordKind ? ['secret_key'] : [];
          const cleared = Object.fromEntries([...optional, ...seeds, 'tags'].map((field) => [field, blank]));
          const updated = await update(identifier, cleared);
          assert.equal(updated.status, 200, updated.text);
          const entity = await read(identifier);
          for (const field of [...optional, 'tags']) assert.equal(entity[field], '', field);
          for (const field of required) assert.equal(entity[field], `the ${field}`);
          if (wire === passwordKind) assert.deepEqual([entity.secret_key, entity.token], [null, null]);
        }
      });
    }
  });
}
