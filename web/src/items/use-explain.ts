import { useCallback } from 'react';
import { useProblemWords } from '../api/problem-words.ts';
import { useWords } from '../text/use-words.ts';
import { ReasonDeclined } from './reasons.ts';
import { NoCode } from './reveal.ts';

/** What to say when a secret could not be read; null when the person himself declined. */
export function useExplain(): (error: unknown) => string | null {
  const words = useWords();
  const explain = useProblemWords();
  return useCallback(
    (error) => {
      if (error instanceof ReasonDeclined) return null;
      if (error instanceof NoCode) return words('items.code.none');
      return explain(error).whole;
    },
    [words, explain],
  );
}
