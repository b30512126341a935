import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import * as english from '@zxcvbn-ts/language-en';
import * as portuguese from '@zxcvbn-ts/language-pt-br';
import { packWords } from './word-table.ts';

/** What people choose in both languages of the screens, by lists whose commonest words come first. */
export const wordLists: Readonly<Record<string, readonly string[]>> = {
  ...common.dictionary,
  ...english.dictionary,
  ...portuguese.dictionary,
};

/** What lies beside what on keyboards. */
export const { adjacencyGraphs } = common;

export type PackedLists = { words: Uint8Array; sequences: Uint8Array };

/**
 * The lists as two tables: one of words, one of those that come in sequences. Only the best rank of a word counts. What
 * is built finds them as files (`scripts/bundle-command.ts`), for a thread that makes them keeps some 60 MB of it.
 */
export function packedLists(): PackedLists {
  const options = new ZxcvbnFactory()['options'];
  const names = Object.keys(wordLists);
  const isSequence = (name: string) => options.isWordSequence(name);
  return {
    words: packWords(ranked(names.filter((name) => !isSequence(name)))),
    sequences: packWords(ranked(names.filter(isSequence))),
  };
}

function ranked(lists: readonly string[]): Map<string, number> {
  const ranks = new Map<string, number>();
  for (const name of lists) {
    for (const [at, word] of (wordLists[name] ?? []).entries()) {
      ranks.set(word, Math.min(ranks.get(word) ?? Number.POSITIVE_INFINITY, at + 1));
    }
  }
  return ranks;
}
