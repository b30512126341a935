import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { listJson } from './list-json.ts';

test('a list written in slices is the JSON of the whole, whatever its length', async () => {
  const shaped = (at: number) => ({ identifier: String(at), name: `"[${at}],` });
  for (const length of [0, 1, 249, 250, 251, 500, 601]) {
    const items = Array.from({ length }, (_, at) => at);
    const json = await listJson(items, shaped, () => turn());
    assert.equal(json.toString(), JSON.stringify(items.map(shaped)), `${length} items`);
  }
});

test('others are served between two slices', async () => {
  let served = false;
  setImmediate(() => {
    served = true;
  });
  const seen: boolean[] = [];
  await listJson(
    Array.from({ length: 600 }),
    () => {
      seen.push(served);
      return {};
    },
    () => turn(),
  );
  assert.deepEqual([seen[0], seen.at(-1)], [false, true]);
});
