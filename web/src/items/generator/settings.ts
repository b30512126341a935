import type { PhraseRecipe } from './passphrase.ts';
import { fewestWords, mostWords, separators } from './passphrase.ts';
import { longest, type PasswordRecipe, shortest } from './random-password.ts';

/** How passwords are made here: remembered in this browser. What was made never is. */
export type GeneratorSettings = { makes: 'password' | 'phrase'; password: PasswordRecipe; phrase: PhraseRecipe };

const key = 'arca.generator';

export function firstSettings(language: string): GeneratorSettings {
  return {
    makes: 'password',
    password: { length: 20, upper: true, lower: true, digits: true, symbols: true, noLookAlikes: false },
    phrase: {
      words: 6,
      list: language === 'pt-BR' ? 'pt-BR' : 'en',
      separator: '-',
      isCapitalized: false,
      hasDigit: false,
    },
  };
}

export function readSettings(language: string): GeneratorSettings {
  const first = firstSettings(language);
  try {
    return settingsFrom(JSON.parse(localStorage.getItem(key) ?? 'null'), first);
  } catch {
    return first;
  }
}

export function keepSettings(settings: GeneratorSettings): void {
  try {
    localStorage.setItem(key, JSON.stringify(settings));
  } catch {
    // Storage may be closed to us; the settings then last until the page is left.
  }
}

/** What was stored, as far as it makes sense. */
export function settingsFrom(stored: unknown, first: GeneratorSettings): GeneratorSettings {
  const given = objectOf(stored);
  const password = { ...first.password, ...likeThose(objectOf(given.password), first.password) };
  const phrase = { ...first.phrase, ...likeThose(objectOf(given.phrase), first.phrase) };
  password.length = within(password.length, shortest, longest, first.password.length);
  phrase.words = within(phrase.words, fewestWords, mostWords, first.phrase.words);
  if (!(password.upper || password.lower || password.digits || password.symbols)) password.lower = true;
  if (!separators.some((separator) => separator === phrase.separator)) phrase.separator = first.phrase.separator;
  if (phrase.list !== 'en' && phrase.list !== 'pt-BR') phrase.list = first.phrase.list;
  return { makes: given.makes === 'phrase' ? 'phrase' : 'password', password, phrase };
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function likeThose<Shape extends object>(given: Record<string, unknown>, shape: Shape): Partial<Shape> {
  const known = Object.entries(shape).filter(([name, value]) => typeof given[name] === typeof value);
  return Object.fromEntries(known.map(([name]) => [name, given[name]])) as Partial<Shape>;
}

function within(value: number, least: number, most: number, otherwise: number): number {
  return Number.isInteger(value) && value >= least && value <= most ? value : otherwise;
}
