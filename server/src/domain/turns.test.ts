import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTurns, type Waiter } from './turns.ts';

const key = (party: string): Waiter => ({ party, isKnown: true });
const address = (party: string): Waiter => ({ party, isKnown: false });

/** A line that all of these stand in, in this order, each as `party number`. */
function lineOf(most: number, by: readonly Waiter[]) {
  const turns = startTurns<string>(most);
  const counts = new Map<string, number>();
  const gone: string[] = [];
  const add = (waiter: Waiter) => {
    const count = (counts.get(waiter.party) ?? 0) + 1;
    counts.set(waiter.party, count);
    const one = turns.add(`${waiter.party}${count}`, waiter);
    if (one !== null) gone.push(one);
  };
  for (const waiter of by) add(waiter);
  return { turns, add, gone };
}

const many = (count: number, waiter: Waiter) => Array.from({ length: count }, () => waiter);

test('one party waits in the order in which it came', () => {
  const { turns } = lineOf(10, many(5, key('a')));
  assert.deepEqual(
    [turns.size, turns.take(2), turns.take(9), turns.take(9), turns.size],
    [5, ['a1', 'a2'], ['a3', 'a4', 'a5'], [], 0],
  );
});

test('whoever comes behind a flood of another waits for one of it', () => {
  const { turns, add } = lineOf(1000, [...many(500, key('a')), key('b'), key('b')]);
  assert.deepEqual(turns.take(3), ['a1', 'b1', 'a2']);
  add(key('c'));
  assert.deepEqual(turns.take(4), ['b2', 'a3', 'c1', 'a4']);
});

test('who comes back after each answer does not keep the second of others waiting', () => {
  const { turns, add } = lineOf(100, [...many(3, key('a')), key('b'), key('c')]);
  const order: string[] = [];
  for (let round = 0; round < 8; round += 1) {
    const [one = ''] = turns.take(1);
    order.push(one);
    if (one.startsWith('b') || one.startsWith('c')) add(key(one.slice(0, 1)));
  }
  assert.deepEqual(order, ['a1', 'b1', 'c1', 'a2', 'b2', 'c2', 'a3', 'b3']);
});

test('any number of strangers has half of each batch at the most while others wait', () => {
  const strangers = Array.from({ length: 50 }, (_, at) => address(`s${at}-`));
  const { turns, add } = lineOf(1000, [...strangers, ...many(5, key('a'))]);
  assert.deepEqual(turns.take(4), ['a1', 'a2', 's0-1', 's1-1']);
  const one = [turns.take(1), turns.take(1)].flat();
  assert.deepEqual(one.sort(), ['a3', 's2-1']);
  assert.deepEqual(turns.take(6).sort(), ['a4', 'a5', 's3-1', 's4-1', 's5-1', 's6-1']);
  add(key('b'));
  assert.equal(turns.take(100).length, 44);
  assert.equal(turns.size, 0);
});

test('who has most waiting gives way when the line is full', () => {
  const { gone, turns, add } = lineOf(6, [...many(4, key('a')), key('b'), key('c')]);
  add(key('d'));
  add(key('d'));
  add(key('a'));
  assert.deepEqual(gone, ['a4', 'a3', 'a5']);
  // All have the same: the newcomer goes.
  const even = lineOf(2, [key('a'), key('b'), key('a'), key('c')]);
  assert.deepEqual(even.gone, ['a2', 'c1']);
  assert.deepEqual([turns.size, turns.take(6)], [6, ['a1', 'b1', 'c1', 'd1', 'a2', 'd2']]);
});

test('strangers give way to those who are known, down to half of the line, and the other way round', () => {
  const strangers = Array.from({ length: 8 }, (_, at) => address(`s${at}-`));
  const { gone, add } = lineOf(8, strangers);
  for (const _ of [1, 2, 3, 4]) add(key('a'));
  assert.deepEqual(gone, ['s7-1', 's6-1', 's5-1', 's4-1']);
  add(key('a'));
  assert.deepEqual(gone.slice(4), ['a5']);
  const other = lineOf(4, [...many(4, key('a')), address('s'), address('t'), address('u')]);
  assert.deepEqual(other.gone, ['a4', 'a3', 'u1']);
});

test('who waited too long leaves, and the turns of the others stay', () => {
  const { turns, add } = lineOf(20, [...many(4, key('a')), ...many(2, key('b')), address('s')]);
  assert.deepEqual(turns.take(1), ['a1']);
  assert.deepEqual(turns.remove((one) => one === 'a2' || one === 'b1' || one === 'a4').sort(), ['a2', 'a4', 'b1']);
  add(key('b'));
  add(key('c'));
  assert.equal(turns.size, 5);
  assert.deepEqual(turns.take(20).sort(), ['a3', 'b2', 'b3', 'c1', 's1']);
});

test('no order of coming and going loses anybody or gives one twice', () => {
  let seed = 7;
  const chance = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  const turns = startTurns<number>(30);
  const out = new Set<number>();
  const leave = (one: number) => {
    assert.ok(!out.has(one), `${one} twice`);
    out.add(one);
  };
  let came = 0;
  for (let step = 0; step < 20_000; step += 1) {
    const what = chance(10);
    if (what < 7) {
      const gone = turns.add(came, { party: String(chance(chance(40) + 1)), isKnown: chance(3) > 0 });
      came += 1;
      if (gone !== null) leave(gone);
    } else if (what < 9) turns.take(chance(6)).forEach(leave);
    else turns.remove((one) => one % 17 === chance(17)).forEach(leave);
    assert.ok(turns.size <= 30);
    assert.equal(turns.size, came - out.size);
  }
  turns.take(30).forEach(leave);
  assert.deepEqual([turns.size, out.size], [0, came]);
});
