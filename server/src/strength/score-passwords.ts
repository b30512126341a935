import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, packedLists } from './word-lists.ts';
import { openWords, type WordTable } from './word-table.ts';

/**
 * Gives zxcvbn's score of a password, 0 to 4. It looks for every piece of a password, and of up to a hundred readings of
 * it (`3` for `e`), in each of its 38 lists. Two tables that have the best rank of each word give the same scores in a
 * tenth of the time: one of words, one of those that come in sequences.
 */
export function startScoring(): (password: string) => number {
  const zxcvbn = new ZxcvbnFactory({ graphs: adjacencyGraphs });
  // Its own settings take ordered lists alone, which cannot say that two words have one rank.
  const options = zxcvbn['options'];
  const { words, sequences } = packedLists();
  // By their names it knows which of them are sequences.
  const tables = { words: openWords(words), [options.wordSequenceNames[0] ?? '']: openWords(sequences) };
  for (const [name, table] of Object.entries(tables)) {
    options.rankedDictionaries[name] = asProperties(table);
    options.rankedDictionariesMaxWordSize[name] = table.longest;
  }
  return (password) => zxcvbn.check(password).score;
}

/** zxcvbn asks for the rank of a word as for an object's property of that name. */
function asProperties(table: WordTable): Record<string, number> {
  return new Proxy<Record<string, number>>(Object.create(null), {
    get: (_, word) => (typeof word === 'string' ? table.rankOf(word) : undefined),
  });
}
