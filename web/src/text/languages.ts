import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { en } from './en.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

/** The languages by their own names. */
export const languages = { en: 'English', 'pt-BR': 'Português (Brasil)' } as const;
export type Language = keyof typeof languages;

const key = 'arca.language';
const load: Record<Language, () => Promise<object>> = {
  en: async () => (await import('./en.ts')).en,
  'pt-BR': async () => (await import('./pt-BR.ts')).ptBR,
};

/** Loads the words of the language chosen in this browser, or else of the first that the browser asks for and we have. */
export async function speak(): Promise<void> {
  const language = chosenLanguage() ?? firstKnown(navigator.languages) ?? 'en';
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false, // each language has every word: text/words.ts
    resources: { [language]: { translation: await load[language]() } },
    interpolation: { escapeValue: false }, // React escapes
    react: { useSuspense: false },
  });
  showLanguage(language);
}

export async function chooseLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', await load[language]());
  }
  await i18next.changeLanguage(language);
  showLanguage(language);
  try {
    localStorage.setItem(key, language);
  } catch {
    // Storage may be closed to us; the choice then lasts until the page is left.
  }
}

/** The one of ours that fits best what a browser asks for, in its order: `pt-PT` and `pt` get Brazilian Portuguese. */
export function firstKnown(wanted: readonly string[]): Language | undefined {
  for (const tag of wanted) {
    const [primary] = tag.toLowerCase().split('-');
    for (const language of Object.keys(languages) as Language[]) {
      if (language.toLowerCase().split('-')[0] === primary) return language;
    }
  }
  return undefined;
}

function chosenLanguage(): Language | undefined {
  try {
    const stored = localStorage.getItem(key);
    return stored !== null && stored in languages ? (stored as Language) : undefined;
  } catch {
    return undefined;
  }
}

function showLanguage(language: Language): void {
  document.documentElement.lang = language;
}
