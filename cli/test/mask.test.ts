import assert from 'node:assert/strict';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { maskOf } from '../src/client/mask.ts';

const rows: { secrets: string[]; told: string; shown: string }[] = [
  { secrets: ['not-a-real-one'], told: 'a not-a-real-one b', shown: 'a ******** b' },
  { secrets: ['not-a-real-one'], told: 'not-a-real-on', shown: 'not-a-real-on' },
  { secrets: ['abab', 'ababc'], told: 'ababc abab aabab', shown: '******** ******** a********' },
  // One that begins in the middle of what another left open.
  { secrets: ['xabcd', 'bcdefgh'], told: 'xabcdefgh abcdefgh', shown: '********efgh a********' },
  { secrets: ['não é ✓ real'], told: 'é não é ✓ real ✓', shown: 'é ******** ✓' },
  { secrets: ['first line\nsecond line'], told: '> first line\n> second line', shown: '> ********\n> ********' },
  // What is too short to be one is left alone: it would hide the alphabet.
  { secrets: ['a', 'abc'], told: 'abc', shown: 'abc' },
];

for (const { secrets, told, shown } of rows) {
  test(`${JSON.stringify(told)} is shown without ${secrets.length} secrets, however it is cut`, async () => {
    const bytes = Buffer.from(told);
    for (let first = 0; first <= bytes.length; first += 1) {
      for (let second = first; second <= bytes.length; second += 1) {
        const mask = maskOf(secrets);
        for (const piece of [bytes.subarray(0, first), bytes.subarray(first, second), bytes.subarray(second)]) {
          mask.write(piece);
        }
        mask.end();
        assert.equal(await text(mask), shown, `${first}, ${second}`);
      }
    }
  });
}
