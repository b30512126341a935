import assert from 'node:assert/strict';
import { test } from 'node:test';
import { giveWay } from './give-way.ts';

/** A store of which something is asked in so many turns of the event loop. */
function askedInTurns(turns: number) {
  let asked = 0;
  const ask = () => {
    if (asked === turns) return;
    asked += 1;
    setImmediate(ask);
  };
  ask();
  return {
    get asked() {
      return asked;
    },
  };
}

const long = () => performance.now() - 60_000;

test('others go first while more of them come with each turn', async () => {
  const store = askedInTurns(50);
  await giveWay(store, long());
  assert.equal(store.asked, 50);
});

test('it waits no longer than its slice took', async () => {
  const store = askedInTurns(100_000);
  await giveWay(store, performance.now());
  assert.ok(store.asked < 100_000, 'it waited for all of them');
});

test('with nobody else there it goes on after one turn', async () => {
  let turns = 0;
  const count = () => {
    turns += 1;
    if (turns < 10) setImmediate(count);
  };
  setImmediate(count);
  await giveWay({ asked: 3 }, long());
  assert.equal(turns, 1);
});
