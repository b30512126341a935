import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeFields, type Field } from './length-prefixed.ts';

const encoded = (...fields: Field[]) => encodeFields(fields).toString('hex');

test('the bytes are a type, a 32-bit length and the content', () => {
  assert.equal(encoded('aé'), '010000000361c3a9');
  assert.equal(encoded(312, null), '02407380000000000000');
  assert.equal(encoded(Uint8Array.of(1, 255)), '030000000201ff');
});

test('different lists never give the same bytes', () => {
  const lists: Field[][] = [
    [],
    [''],
    [null],
    [0],
    [new Uint8Array()],
    ['ab', 'c'],
    ['a', 'bc'],
    ['abc'],
    ['1'],
    [1],
    [Uint8Array.of(49)],
    [null, null],
    ['', ''],
    [1, 2],
    [2, 1],
    [0.1],
    [Number.MAX_SAFE_INTEGER],
    [Number.MAX_SAFE_INTEGER - 1],
  ];
  assert.equal(new Set(lists.map((list) => encoded(...list))).size, lists.length);
});

test('minus zero is zero, as a database gives it back', () => assert.equal(encoded(-0), encoded(0)));

test('what is no finite number is refused', () => {
  for (const bad of [Number.NaN, Infinity, -Infinity]) assert.throws(() => encoded(bad), RangeError);
});

test('long fields make room without losing what stands before them', () => {
  const long = 'x'.repeat(100_000);
  assert.equal(encoded('before', long, 'after'), encoded('before') + encoded(long) + encoded('after'));
  assert.equal(encoded('é'.repeat(70_000)), `01000222e0${'c3a9'.repeat(70_000)}`);
});
