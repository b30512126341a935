import { useCallback } from 'react';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { sayingOf } from './sayings.ts';

const fields = [
  ...(['name', 'username', 'password', 'url', 'totp', 'notes', 'note', 'tags'] as const),
  ...(['clientId', 'clientSecret', 'identifierCode', 'method', 'content', 'fileName'] as const),
];

/** Says what the safe says of files and rows, in our words. */
export function useSayings(): (text: string) => string {
  const words = useWords();
  const formats = useFormats();
  return useCallback(
    (text) => {
      const known = sayingOf(text);
      if (known === null) return text;
      const { field, limit, ...filled } = known.filled;
      const named = fields.find((one) => one === field);
      // What each saying fills in is what its pattern found.
      const say = words as (name: string, filled: object) => string;
      return say(`imports.sayings.${known.name}`, {
        ...filled,
        ...(field === undefined ? {} : { field: named ? words(`items.fields.${named}`) : field }),
        ...(limit === undefined ? {} : { limit: formats.number(Number(limit)) }),
      });
    },
    [words, formats],
  );
}
