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
/** The words of a language: those before the app is open, and all. */
const load: Record<Language, { first: () => Promise<object>; all: () => Promise<object> }> = {
  en: {
    first: async () => (await import('./en/first.ts')).first,
    all: async () => (await import('./en.ts')).en,
  },
  'pt-BR': {
    first: async () => (await import('./pt-BR/first.ts')).first,
    all: async () => (await import('./pt-BR.ts')).ptBR,
  },
};
const loaded = new Set<string>();
let extent: 'first' | 'all' = 'first';

/** Loads the first words of the language chosen in this browser, or else of the first that the browser asks for and we have. */
export async function speak(): Promise<void> {
  const language = chosenLanguage() ?? firstKnown(navigator.languages) ?? 'en';
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false, // each language has every word: text/words.ts
    resources: {},
    interpolation: { escapeValue: false }, // React escapes
    react: { useSuspense: false },
  });
  await learn(language);
  showLanguage(language);
}

/** Loads the words of all rooms too, before the app opens. */
export async function speakAll(): Promise<void> {
  extent = 'all';
  await learn(i18next.language as Language);
}

export async function chooseLanguage(language: Language): Promise<void> {
  await learn(language);
  await i18next.changeLanguage(language);
  showLanguage(language);
  try {
    localStorage.setItem(key, language);
  } catch {
    // Storage may be closed to us; the choice then lasts until the page is left.
  }
}

async function learn(language: Language): Promise<void> {
  const words = `${language} ${extent}`;
  if (loaded.has(words)) return;
  i18next.addResourceBundle(language, 'translation', await load[language][extent](), false, true);
  loaded.add(words);
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
