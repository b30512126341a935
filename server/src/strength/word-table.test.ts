import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { wordLists } from './word-lists.ts';
import { openWords, packWords } from './word-table.ts';

describe('a table of words', () => {
  const words = [...new Set(Object.values(wordLists).flat())];
  const half = new Map(words.filter((_, at) => at % 2 === 0).map((word, at) => [word, at + 1]));

  it('knows the rank of each of its words, and no other word', () => {
    const table = openWords(packWords(half));
    for (const word of words) assert.equal(table.rankOf(word), half.get(word), word);
    assert.equal(table.longest, Math.max(...[...half.keys()].map((word) => word.length)));
  });

  it('tells words apart that begin alike, and takes any letter and rank', () => {
    const ranks = new Map([
      ['a', 1],
      ['aa', 65_535],
      ['aaa', 65_536],
      ['é', 2],
      ['e\u0301', 3],
      ['😀', 4],
      ['\0', 5],
      ['', 6],
      ['constructor', 4_000_000],
    ]);
    const table = openWords(packWords(ranks));
    for (const [word, rank] of ranks) assert.equal(table.rankOf(word), rank, word);
    for (const word of ['aaaa', 'e', '\u0301', '\ud83d', '\0\0', 'toString']) {
      assert.equal(table.rankOf(word), undefined, word);
    }
  });

  it('opens from any place in memory', () => {
    const packed = packWords(new Map([['word', 7]]));
    const shifted = Buffer.concat([Buffer.alloc(1), packed]).subarray(1);
    assert.equal(openWords(shifted).rankOf('word'), 7);
  });

  it('may be empty', () => {
    const table = openWords(packWords(new Map()));
    assert.equal(table.rankOf('word'), undefined);
    assert.equal(table.longest, 0);
  });
});
