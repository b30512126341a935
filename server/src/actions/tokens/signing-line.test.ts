import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startSigningLine } from './signing-line.ts';

const settled = () => new Promise<void>((resume) => setImmediate(resume));

/** A line, and the signatures that are being made in it: each ends when it is told to. */
function lineOf(wanted: number) {
  const line = startSigningLine();
  const making: { end(): void; fail(why: Error): void }[] = [];
  let left = 0;
  const signing = Array.from({ length: wanted }, () =>
    line
      .sign(() => new Promise<void>((end, fail) => making.push({ end, fail })))
      .finally(() => {
        left += 1;
      }),
  );
  return {
    line,
    making,
    signing,
    get left() {
      return left;
    },
    async end(count: number) {
      for (let at = 0; at < count; at += 1) {
        making.shift()?.end();
        await settled();
      }
    },
  };
}

test('who comes while enough signatures are wanted is let in once they are few again, all at once', async () => {
  const tokens = lineOf(20);
  let entered = 0;
  for (let at = 0; at < 30; at += 1) void tokens.line.enter().then(() => (entered += 1));
  await tokens.end(3);
  assert.equal(entered, 0);
  await tokens.end(1);
  assert.equal(entered, 30);
  await tokens.line.enter();
  await tokens.end(16);
  await Promise.all(tokens.signing);
});

test('eight signatures are made at once, the next one when one of them ends', async () => {
  const tokens = lineOf(10);
  assert.equal(tokens.making.length, 8);
  await tokens.end(1);
  assert.equal(tokens.making.length, 8);
  await tokens.end(9);
  assert.equal(tokens.making.length, 0);
  await Promise.all(tokens.signing);
});

test('while enough are wanted sixteen leave together; few leave one by one', async () => {
  const tokens = lineOf(40);
  await tokens.end(15);
  assert.equal(tokens.left, 0);
  await tokens.end(1);
  assert.equal(tokens.left, 16);
  await tokens.end(7);
  assert.equal(tokens.left, 16);
  // Now sixteen are wanted, and who was done waits no longer.
  await tokens.end(1);
  assert.equal(tokens.left, 24);
  await tokens.end(1);
  assert.equal(tokens.left, 25);
  await tokens.end(15);
  await Promise.all(tokens.signing);
});

test('a signature that fails holds nobody back for good', async () => {
  const tokens = lineOf(17);
  const failing = tokens.signing.map((one) => assert.rejects(one, /no key/));
  let entered = false;
  const entering = tokens.line.enter().then(() => {
    entered = true;
  });
  await settled();
  assert.equal(entered, false);
  while (tokens.making.length > 0) {
    tokens.making.shift()?.fail(new Error('no key'));
    await settled();
  }
  await Promise.all([entering, ...failing]);
});
