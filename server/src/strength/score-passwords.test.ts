import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs } from '@zxcvbn-ts/language-common';
import { startScoring } from './score-passwords.ts';
import { wordLists } from './word-lists.ts';

describe('scores of passwords', () => {
  const score = startScoring();
  const dictionary = Object.fromEntries(Object.entries(wordLists).map(([name, words]) => [name, [...words]]));
  const unchanged = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });

  // Some of each list, whatever they are.
  const words = Object.values(wordLists).flatMap((list) =>
    list.filter((_, at) => at === 1 || (at > 0 && at % 7000 === 0)),
  );
  const wordAt = (at: number) => words[at % words.length] ?? '';
  const rows: [string, (at: number) => string][] = [
    ['a word', wordAt],
    ['a word and a year', (at) => `${wordAt(at)}${1950 + at}`],
    ['a word with digits for letters', (at) => wordAt(at).replaceAll('a', '4').replaceAll('e', '3').replace('s', '$')],
    ['a word from its end', (at) => [...wordAt(at)].reverse().join('')],
    ['two words', (at) => `${wordAt(at)}-${wordAt(at * 3 + 1).toUpperCase()}`],
    ['a phrase', (at) => [at, at + 5, at + 11].map(wordAt).join(' ')],
    ['words of a sequence', (at) => (wordLists['months-en'] ?? []).slice(at % 9, (at % 9) + 3).join('')],
  ];
  for (const [what, made] of rows) {
    it(`are for ${what} those of the library as it comes`, () => {
      for (let at = 0; at < words.length; at += 5) {
        const password = made(at);
        assert.equal(score(password), unchanged.check(password).score, password);
      }
    });
  }

  it('know a word that objects have as a name', () => {
    assert.ok(score('constructor') < 3);
  });

  it('come from the lists of both languages', () => {
    for (const name of ['passwords-common', 'commonWords-en', 'commonWords-pt-br', 'months-pt-br']) {
      assert.ok(wordLists[name], name);
    }
    assert.equal(score('verdade'), 0);
  });
});
