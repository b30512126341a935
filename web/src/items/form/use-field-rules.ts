import { useMemo } from 'react';
import { useWords } from '../../text/use-words.ts';
import type { ItemField } from '../fields.ts';
import { readSeed } from './totp-text.ts';

/** What is wrong with the value of a field, in words that say what to do; checked before the safe is asked. */
export function useFieldRules(field: ItemField, isRequired: boolean) {
  const words = useWords();
  return useMemo(() => {
    const validate = (value: string | string[] | boolean): string | true => {
      if (typeof value === 'boolean') return true;
      if (typeof value !== 'string') {
        return (
          value.every((tag) => lengthOf(tag) <= field.most) || words('items.form.tagTooLong', { count: field.most })
        );
      }
      if (isRequired && value.trim() === '') return words(`items.missing.${field.name as 'name'}`);
      if (lengthOf(value) > field.most) return words('items.form.tooLong', { count: field.most });
      if (field.type === 'totp' && value.trim() !== '' && readSeed(value) === null) return words('items.form.noSeed');
      return true;
    };
    return { validate };
  }, [words, field, isRequired]);
}

/** In code points, as the safe counts. */
function lengthOf(text: string): number {
  return [...text].length;
}
