import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whileMoreCome } from './while-more-come.ts';

/** Counts one more in each of so many turns of the event loop. */
function oneEachTurn(turns: number): () => number {
  let count = 0;
  const add = () => {
    if (count === turns) return;
    count += 1;
    setImmediate(add);
  };
  add();
  return () => count;
}

const never = Number.POSITIVE_INFINITY;

test('it waits while more come with each turn', async () => {
  const come = oneEachTurn(50);
  await whileMoreCome(come, never);
  assert.equal(come(), 50);
});

test('it waits for no more than are enough', async () => {
  const come = oneEachTurn(50);
  await whileMoreCome(come, never, () => come() >= 20);
  assert.ok(come() >= 20 && come() < 50, `${come()} came`);
});

test('it waits no longer than it may, but for one turn', async () => {
  const come = oneEachTurn(50);
  await whileMoreCome(come, performance.now());
  assert.ok(come() > 1 && come() < 50, `${come()} came`);
});

test('with nobody there it waits for one turn', async () => {
  let turns = 0;
  const count = () => {
    turns += 1;
    if (turns < 10) setImmediate(count);
  };
  setImmediate(count);
  await whileMoreCome(() => 3, never);
  assert.equal(turns, 1);
});
