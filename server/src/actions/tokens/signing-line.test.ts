import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startSigningLine } from './signing-line.ts';

const settled = () => new Promise<void>((resume) => setImmediate(resume));

test('who comes while enough signatures are wanted is let in once they are few again, all at once', async () => {
  const line = startSigningLine();
  const ends: (() => void)[] = [];
  const one = () => line.sign(() => new Promise<void>((end) => ends.push(end)));
  const signing = Array.from({ length: 20 }, one);
  let entered = 0;
  for (let at = 0; at < 30; at += 1) void line.enter().then(() => (entered += 1));
  for (const end of ends.splice(0, 3)) end();
  await settled();
  assert.equal(entered, 0);
  ends.shift()?.();
  await settled();
  assert.equal(entered, 30);
  await line.enter();
  for (const end of ends) end();
  await Promise.all(signing);
});

test('a signature that fails holds nobody back for good', async () => {
  const line = startSigningLine();
  const fails: ((why: Error) => void)[] = [];
  const failing = Array.from({ length: 17 }, () =>
    assert.rejects(
      line.sign(() => new Promise<void>((_, fail) => fails.push(fail))),
      /no key/,
    ),
  );
  const entered = line.enter();
  for (const fail of fails) fail(new Error('no key'));
  await Promise.all([entered, ...failing]);
});
