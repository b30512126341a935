import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { engineOf, type Person, type TestSafe } from '../start-safe.ts';
import { startWire } from '../start-wire.ts';
import { businessError, invalid, mustBe } from '../wire-envelopes.ts';
import { textFields } from './field-tables.ts';
import { entityOf, passwordKind } from './wire-kinds.ts';

const tooLongNote = businessError(1001, 'Parameter note limited to 900 characters');

/** Limits count code points: one byte, two bytes, two units of UTF-16, and a letter with a mark that counts by itself. */
const characters = ['x', 'é', '😀', 'e\u0301'];

const filled = (character: string, length: number) => [...character.repeat(length)].slice(0, length).join('');

for (const engine of engineOf(import.meta.filename)) {
  describe(`the longest values on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    before(async () => {
      safe = await startWire(engine);
      ana = await safe.person('ana');
    });
    after(() => safe.close());

    for (const [wire, fields] of textFields) {
      for (const { field, most } of fields) {
        it(`${field} of a ${wire.kind}: ${most} characters, and no more`, async () => {
          const tooLong = field === 'note' ? tooLongNote : invalid(field);
          for (const character of characters) {
            const longest = filled(character, most);
            const made = await ana.call('POST', wire.path, { ...wire.least, [field]: longest });
            assert.equal(made.status, 201, made.text);
            const { identifier } = entityOf(made);
            const read = await ana.call('GET', `${wire.path}/${identifier}`);
            assert.equal(entityOf(read)[field], longest);
            const longer = `${longest}x`;
            mustBe(await ana.call('POST', wire.path, { ...wire.least, [field]: longer }), tooLong);
            mustBe(await ana.call('PUT', `${wire.path}/update/${identifier}`, { [field]: longer }), tooLong);
          }
        });
      }

      it(`tags of a ${wire.kind}: 50 of 255 characters, and no more`, async () => {
        const fifty = Array.from({ length: 50 }, (_, at) => `${String(at).padEnd(2, '.')}${'😀'.repeat(253)}`);
        const made = await ana.call('POST', wire.path, { ...wire.least, tags: fifty.join(',') });
        assert.equal(made.status, 201, made.text);
        const path = `${wire.path}/${entityOf(made).identifier}`;
        assert.equal(entityOf(await ana.call('GET', path)).tags, fifty.join(', '));
        // Repeats and empty ones do not count.
        const same = { ...wire.least, tags: [...fifty, '', ' ', ...fifty].join(' , ') };
        assert.equal((await ana.call('POST', wire.path, same)).status, 201);
        const tooMany = { ...wire.least, tags: [...fifty, 'x'].join(',') };
        mustBe(await ana.call('POST', wire.path, tooMany), invalid('tags'));
        mustBe(await ana.call('POST', wire.path, { ...wire.least, tags: `a,${'😀'.repeat(256)}` }), invalid('tags'));
      });
    }

    it('sharing with 1,000 users and 1,000 groups, and no more', async () => {
      const users = Array.from({ length: 1000 }, (_, at) => ({ username: `user${at}` }));
      const groups = Array.from({ length: 1000 }, (_, at) => ({ name: `group${at}` }));
      const { path, least } = passwordKind;
      const made = await ana.call('POST', path, { ...least, users_allowed: users, groups_allowed: groups });
      assert.equal(made.status, 201, made.text.slice(0, 500));
      assert.deepEqual(entityOf(made).shared_error, [
        ...users.map(({ username }) => ({ username, message: 'User not found' })),
        ...groups.map(({ name }) => ({ name, message: 'Group not found' })),
      ]);
      const tooMany = [...users, { username: 'ana' }];
      mustBe(await ana.call('POST', path, { ...least, users_allowed: tooMany }), invalid('users_allowed'));
      const tooManyGroups = [...groups, { name: 'x' }];
      mustBe(await ana.call('POST', path, { ...least, groups_allowed: tooManyGroups }), invalid('groups_allowed'));
      const update = `${path}/update/${entityOf(made).identifier}`;
      mustBe(await ana.call('PUT', update, { users_allowed: tooMany }), invalid('users_allowed'));
    });
  });
}
