import i18next, { type TFunction } from 'i18next';
import type { Language } from './languages.ts';
import { useLanguage } from './use-language.ts';

/**
 * `words('ui.copy')`, `words('ui.table.rows', { count: 3 })`: names and what is filled in are checked by the compiler. The
 * same function for as long as the language is the same.
 */
export function useWords(): TFunction {
  const language = useLanguage();
  let words = spoken.get(language);
  if (!words) {
    words = wordsIn(language);
    spoken.set(language, words);
  }
  return words;
}

const spoken = new Map<Language, TFunction>();

/** Words into which nothing is filled are looked up once: rows that scroll by ask for the same ones hundreds of times a second. */
function wordsIn(language: Language): TFunction {
  const look = i18next.getFixedT(language) as unknown as (name: string, filled?: object) => string;
  const known = new Map<string, string>();
  const words = (name: string, filled?: object): string => {
    if (filled !== undefined) return look(name, filled);
    let text = known.get(name);
    if (text === undefined) {
      text = look(name);
      // A page's words may come after the page that asks for them first.
      if (i18next.exists(name, { lng: language })) known.set(name, text);
    }
    return text;
  };
  return words as unknown as TFunction;
}
