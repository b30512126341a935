import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { engines, type Person, type TestSafe } from '../start-safe.ts';
import { startWire } from '../start-wire.ts';
import { textFields } from './field-tables.ts';
import { entityOf, passwordKind } from './wire-kinds.ts';

/** What must come back as it was sent, on an engine that stores no NUL in a text too. */
const texts = [
  'a\0b',
  '\0',
  '\u0001\u001f\u007f\u0085',
  ' space around ',
  'line\r\nend\u2028\u2029',
  '\u202eright to left',
  'e\u0301 and é',
  '\u{10ffff}\ufffe\uffff',
  '👩‍👩‍👧‍👦',
  '\ufeffmark',
  "'; drop table items; --",
  '"\\/\b\f',
  '<script>&amp;%00$&',
  '__proto__',
  'null',
  '[object Object]',
];

for (const engine of engines) {
  describe(`texts that something might stumble over, on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    before(async () => {
      safe = await startWire(engine);
      ana = await safe.person('ana');
    });
    after(() => safe.close());

    for (const [wire, fields] of textFields) {
      it(`every field of a ${wire.kind} comes back as it was sent`, async () => {
        for (const text of texts) {
          const body = Object.fromEntries(fields.map(({ field }) => [field, `${field}${text}`]));
          const made = await ana.call('POST', wire.path, body);
          assert.equal(made.status, 201, made.text);
          const { identifier } = entityOf(made);
          const updated = await ana.call('PUT', `${wire.path}/update/${identifier}`, { tags: `a${text}z` });
          assert.equal(updated.status, 200, updated.text);
          const read = await ana.call('GET', `${wire.path}/${identifier}`);
          const entity = entityOf(read);
          for (const { field } of fields) assert.equal(entity[field], `${field}${text}`);
          assert.equal(entity.tags, `a${text}z`);
        }
      });

      it(`a ${wire.kind} is found by such a tag`, async () => {
        for (const text of texts) {
          const query = new URLSearchParams({ tag: `a${text}z` });
          const { status, json } = await ana.call('GET', `${wire.path}?${query}`);
          assert.equal(status, 200);
          const lines = (json as Record<string, { identifier: string }[]>)[wire.listKey] ?? [];
          assert.equal(lines.length, 1, JSON.stringify(text));
        }
      });
    }

    it('a name in a sharing array that nobody can have is told as it was sent', async () => {
      for (const text of [...texts.filter((one) => one !== ' space around '), '\ud800', '😀'.repeat(5000)]) {
        const body = {
          ...passwordKind.least,
          users_allowed: [{ username: text, can_edit: true }],
          groups_allowed: [{ name: text }],
        };
        const made = await ana.call('POST', passwordKind.path, body);
        assert.equal(made.status, 201, made.text.slice(0, 500));
        assert.deepEqual(entityOf(made).shared_error, [
          { username: text, message: 'User not found' },
          { name: text, message: 'Group not found' },
        ]);
        const path = `${passwordKind.path}/update/${entityOf(made).identifier}`;
        const updated = await ana.call('PUT', path, { users_allowed: body.users_allowed });
        assert.equal(updated.status, 200, updated.text.slice(0, 500));
        assert.deepEqual(entityOf(updated).shared_error, [{ username: text, message: 'User not found' }]);
      }
    });

    it('filters, numbers and reasons take such texts', async () => {
      for (const text of texts) {
        const filters = new URLSearchParams({ name: text, username: text, url: text, tag: text, justification: text });
        const listed = await ana.call('GET', `${passwordKind.path}?${filters}`);
        assert.equal(listed.status, 200, listed.text);
        const found = await ana.call('GET', `/api/mysafe/secretapi?${new URLSearchParams({ identifier_code: text })}`);
        assert.equal(found.status, 200, found.text);
        const odd = new URLSearchParams({ limit: text, after: text, enabled: text });
        assert.equal((await ana.call('GET', `${passwordKind.path}?${odd}`)).status, 400);
        const reason = new URLSearchParams({ justification: text });
        assert.equal((await ana.call('GET', `${passwordKind.path}/1?${reason}`)).status, 200);
      }
    });
  });
}
