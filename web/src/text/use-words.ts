import { useTranslation } from 'react-i18next';

/** `words('ui.copy')`, `words('ui.table.rows', { count: 3 })`: names and what is filled in are checked by the compiler. */
export function useWords() {
  return useTranslation().t;
}
