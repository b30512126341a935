import { type Chance, drawBelow, drawFrom } from './chance.ts';

export type WordList = 'en' | 'pt-BR';

export type PhraseRecipe = {
  words: number;
  list: WordList;
  separator: string;
  isCapitalized: boolean;
  /** A digit after one of the words, for forms that ask for one. */
  hasDigit: boolean;
};

export const fewestWords = 3;
export const mostWords = 12;
export const separators = ['-', ' ', '.', '_', ''] as const;

const load: Readonly<Record<WordList, () => Promise<{ wordlist: readonly string[] }>>> = {
  en: () => import('@scure/bip39/wordlists/english.js'),
  'pt-BR': () => import('@scure/bip39/wordlists/portuguese.js'),
};

/** 2,048 words each, of 3 to 8 letters without accents: 11 bits a word. Loaded when they are first wanted. */
export async function wordsOf(list: WordList): Promise<readonly string[]> {
  return (await load[list]()).wordlist;
}

export function makePhrase(recipe: PhraseRecipe, words: readonly string[], chance?: Chance): string {
  const count = Math.min(mostWords, Math.max(fewestWords, Math.round(recipe.words)));
  const drawn = Array.from({ length: count }, () => drawFrom(words, chance)).map((word) =>
    recipe.isCapitalized ? word.charAt(0).toUpperCase() + word.slice(1) : word,
  );
  if (recipe.hasDigit) {
    const at = drawBelow(count, chance);
    drawn[at] = `${drawn[at]}${drawBelow(10, chance)}`;
  }
  return drawn.join(recipe.separator);
}

/** How many bits of chance such a phrase holds; the digit and its place are left out. */
export function bitsOfPhrase(recipe: PhraseRecipe): number {
  return recipe.words * 11;
}
