import i18next from 'i18next';
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
/** How much of a language's words is there: what is said before the app is open, on its first page, and anywhere. */
const extents = ['first', 'home', 'all'] as const;
type Extent = (typeof extents)[number];

const load: Record<Language, Record<Extent, () => Promise<object>>> = {
  en: {
    first: async () => (await import('./en/first.ts')).first,
    home: async () => (await import('./en/home.ts')).home,
    all: async () => (await import('./en.ts')).en,
  },
  'pt-BR': {
    first: async () => (await import('./pt-BR/first.ts')).first,
    home: async () => (await import('./pt-BR/home.ts')).home,
    all: async () => (await import('./pt-BR.ts')).ptBR,
  },
};
const loaded: Record<Language, number> = { en: -1, 'pt-BR': -1 }; // places in `extents`
let wanted = 0;
let spoken: Language = 'en';

/** Loads the first words of the language chosen in this browser, or else of the first that the browser asks for and we have. */
export async function speak(): Promise<void> {
  const language = chosenLanguage() ?? firstKnown(navigator.languages) ?? 'en';
  spoken = language;
  await i18next.init({
    lng: language,
    fallbackLng: false, // each language has every word: text/words.ts
    resources: {},
    interpolation: { escapeValue: false }, // React escapes
  });
  await learn(language);
  showLanguage(language);
}

/** Loads more words, of this language and of each that is chosen from now on. */
export async function speakMore(extent: Extent): Promise<void> {
  wanted = Math.max(wanted, extents.indexOf(extent));
  for (let learnt: Language | undefined; learnt !== spoken; ) {
    learnt = spoken;
    await learn(learnt);
  }
}

export async function chooseLanguage(language: Language): Promise<void> {
  spoken = language;
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
  const size = wanted;
  const extent = extents[size] ?? 'all';
  if (loaded[language] >= size) return;
  const words = await load[language][extent]();
  if (loaded[language] >= size) return; // all of them came meanwhile
  i18next.addResourceBundle(language, 'translation', words, false, true);
  loaded[language] = size;
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
