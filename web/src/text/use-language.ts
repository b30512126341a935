import i18next from 'i18next';
import { useSyncExternalStore } from 'react';
import type { Language } from './languages.ts';

/** The language that is shown. */
export function useLanguage(): Language {
  return useSyncExternalStore(listen, () => i18next.language as Language);
}

function listen(act: () => void): () => void {
  i18next.on('languageChanged', act);
  return () => i18next.off('languageChanged', act);
}
