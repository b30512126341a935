import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { engineOf, type Person, type TestSafe } from '../start-safe.ts';
import { startWire } from '../start-wire.ts';
import { entityOf, wireKinds } from './wire-kinds.ts';

/** Tags as sent, and as every answer shows them. */
const rows: [string, string][] = [
  ['a', 'a'],
  ['tag1, tag2', 'tag1, tag2'],
  ['tag1,tag2', 'tag1, tag2'],
  ['  b ,\ta  ,c\n', 'b, a, c'],
  [',,a,, ,b,', 'a, b'],
  [',', ''],
  ['a, b, a,b ,  a', 'a, b'],
  ['a,A', 'a, A'],
  ['two words; one/tag', 'two words; one/tag'],
  ['ação,😀', 'ação, 😀'],
  ['"a","b"', '"a", "b"'],
];

for (const engine of engineOf(import.meta.filename)) {
  describe(`tags on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    before(async () => {
      safe = await startWire(engine);
      ana = await safe.person('ana');
    });
    after(() => safe.close());

    for (const wire of wireKinds) {
      for (const [sent, shown] of rows) {
        it(`${JSON.stringify(sent)} of a ${wire.kind} are ${JSON.stringify(shown)}`, async () => {
          const made = await ana.call('POST', wire.path, { ...wire.least, tags: sent });
          const { identifier, tags } = entityOf(made);
          assert.equal(tags, shown);
          const updated = await ana.call('PUT', `${wire.path}/update/${identifier}`, { tags: `${sent},${sent}` });
          assert.equal(entityOf(updated).tags, shown);
          assert.equal(entityOf(await ana.call('GET', `${wire.path}/${identifier}`)).tags, shown);
        });
      }
    }
  });
}
