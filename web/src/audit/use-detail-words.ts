import type { AuditEntry } from '@arca/sdk';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';

type Value = AuditEntry['details'][string];

/** What an entry's details are called and how their values read; what is not known is shown as it is recorded. */
export function useDetailWords(nameOf: (target: string) => string) {
  const words = useWords();
  const { list, number } = useFormats();
  const say = (name: string, otherwise: string) => words(`audit.${name}` as 'audit.title', { defaultValue: otherwise });
  const textOf = (name: string, value: string): string => {
    if (/^[a-z-]+:\d+$/.test(value)) return nameOf(value);
    if (name === 'reason') return say(`reasons.${value}`, value);
    if (name === 'role' || name === 'to' || name === 'from') return say(`roles.${value}`, value);
    if (name === 'fields')
      return say(`revealed.${value}`, words(`items.fields.${value}` as 'items.fields.name', { defaultValue: value }));
    return value;
  };
  return {
    labelOf: (name: string): string => say(`details.${name}`, name),
    detailOf(name: string, value: Value): string {
      if (value === null) return '–';
      if (typeof value === 'boolean') return words(value ? 'audit.detail.yes' : 'audit.detail.no');
      if (typeof value === 'number') return number(value);
      return typeof value === 'string' ? textOf(name, value) : list(value.map((one) => textOf(name, one)));
    },
  };
}
