import { useTranslation } from 'react-i18next';
import type { Language } from './languages.ts';

/** The language that is shown. */
export function useLanguage(): Language {
  return useTranslation().i18n.language as Language;
}
