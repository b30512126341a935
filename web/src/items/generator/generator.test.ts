import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Chance, drawBelow } from './chance.ts';
import { bitsOfPhrase, makePhrase, wordsOf } from './passphrase.ts';
import { bitsOf, classes, makePassword, type PasswordRecipe, signsOf } from './random-password.ts';

const everything: PasswordRecipe = {
  length: 20,
  upper: true,
  lower: true,
  digits: true,
  symbols: true,
  noLookAlikes: false,
};

/** Gives these numbers one after the other, then fails. */
function fixed(...values: number[]): Chance {
  return (into) => {
    const next = values.shift();
    if (next === undefined) throw new Error('no more chance');
    into[0] = next;
  };
}

test('a draw from the uneven end of the range is thrown away', () => {
  // 2^32 is 4 more than a multiple of 6: the last four numbers would make 0 to 3 likelier.
  assert.equal(drawBelow(6, fixed(2 ** 32 - 1, 2 ** 32 - 4, 2 ** 32 - 5)), 5);
  assert.equal(drawBelow(6, fixed(0)), 0);
  assert.equal(drawBelow(2 ** 32, fixed(2 ** 32 - 1)), 2 ** 32 - 1);
  assert.equal(drawBelow(1, fixed(7)), 0);
});

test('a draw from nothing, from a part or from too many is refused', () => {
  for (const count of [0, -1, 1.5, Number.NaN, 2 ** 32 + 1]) assert.throws(() => drawBelow(count), RangeError);
});

test('each of ten comes about equally often', () => {
  const counts = Array.from({ length: 10 }, () => 0);
  const draws = 100_000;
  for (let at = 0; at < draws; at += 1) {
    const drawn = drawBelow(10);
    counts[drawn] = (counts[drawn] ?? 0) + 1;
  }
  // Chi-square with 9 degrees of freedom: above 54 about once in fifty million fair runs.
  const expected = draws / 10;
  const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  assert.ok(chiSquare < 54, `${chiSquare}: ${counts}`);
});

test('a password has its length and a sign of each chosen class, and no other', () => {
  for (const length of [8, 9, 20, 128]) {
    for (let at = 0; at < 200; at += 1) {
      const made = makePassword({ ...everything, length });
      assert.equal(made.length, length);
      assert.match(made, /[A-Z]/);
      assert.match(made, /[a-z]/);
      assert.match(made, /[0-9]/);
      assert.match(made, /[^A-Za-z0-9]/);
    }
  }
  const digits = makePassword({ ...everything, upper: false, lower: false, symbols: false });
  assert.match(digits, /^[0-9]{20}$/);
});

test('a length out of bounds is brought to the nearest', () => {
  assert.equal(makePassword({ ...everything, length: 3 }).length, 8);
  assert.equal(makePassword({ ...everything, length: 1000 }).length, 128);
});

test('without look-alikes none of them is drawn, and each class keeps signs', () => {
  const all = classes.map((one) => signsOf(one, true)).join('');
  assert.doesNotMatch(all, /[0Oo1lI|5S2Z8B.,:;]/);
  for (const one of classes) assert.ok(signsOf(one, true).length >= 5);
  for (let at = 0; at < 200; at += 1) {
    assert.doesNotMatch(makePassword({ ...everything, noLookAlikes: true }), /[0Oo1lI|5S2Z8B.,:;]/);
  }
});

test('a password without a class is refused', () => {
  const nothing = { ...everything, upper: false, lower: false, digits: false, symbols: false };
  assert.throws(() => makePassword(nothing), RangeError);
  assert.equal(bitsOf(nothing), 0);
});

test('a password that lacks a class is drawn anew, whole', () => {
  const recipe = { ...everything, length: 8, upper: false, symbols: false };
  // 36 signs: 0 to 25 are letters, 26 to 35 digits. First letters alone, then a digit at the end.
  const made = makePassword(recipe, fixed(0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 26));
  assert.equal(made, 'abcdefg0');
});

test('the bits told are those of the draw', () => {
  assert.equal(bitsOf({ ...everything, upper: false, lower: false, symbols: false, length: 10 }), 33);
  assert.equal(bitsOf(everything), 129);
});

for (const list of ['en', 'pt-BR'] as const) {
  test(`the ${list} words are 2,048 different ones of plain letters`, async () => {
    const words = await wordsOf(list);
    assert.equal(words.length, 2048);
    assert.equal(new Set(words).size, 2048);
    for (const word of words) assert.match(word, /^[a-z]{3,9}$/);
  });
}

test('a phrase has its words, separator, capitals and digit', async () => {
  const words = await wordsOf('en');
  const recipe = { words: 6, list: 'en', separator: '-', isCapitalized: false, hasDigit: false } as const;
  const plain = makePhrase(recipe, words).split('-');
  assert.equal(plain.length, 6);
  for (const word of plain) assert.ok(words.includes(word), word);
  const dressed = makePhrase({ ...recipe, separator: ' ', isCapitalized: true, hasDigit: true }, words);
  assert.match(dressed, /^([A-Z][a-z]+\d? ){5}[A-Z][a-z]+\d?$/);
  assert.equal(dressed.replaceAll(/\D/g, '').length, 1);
  assert.equal(bitsOfPhrase(recipe), 66);
});

test('a phrase is drawn word by word, then the place of the digit, then the digit', () => {
  const recipe = { words: 3, list: 'en', separator: '.', isCapitalized: true, hasDigit: true } as const;
  assert.equal(makePhrase(recipe, ['ant', 'bee', 'cat'], fixed(2, 0, 1, 1, 7)), 'Cat.Ant7.Bee');
});
