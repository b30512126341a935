import { useCallback } from 'react';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';

const day = 86_400_000;

/** "It works until 20 Feb 2027, 10:00 (in 90 days)": in days, as periods are thought of. */
export function useEndWords(): (end: Date) => string {
  const words = useWords();
  const { dateTime, relative, locale } = useFormats();
  return useCallback(
    (end) => {
      const days = Math.round((+end - Date.now()) / day);
      const inDays = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
      const span = Math.abs(days) < 2 ? relative(end) : inDays.format(days, 'day');
      return words('accessKeys.review.until', { time: dateTime(end), span });
    },
    [words, dateTime, relative, locale],
  );
}
