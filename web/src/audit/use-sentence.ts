import type { AuditEntry } from '@arca/sdk';
import { useMemo } from 'react';
import { readItem } from '../api/item-name.ts';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { toldOf } from './told.ts';
import type { Names } from './use-names.ts';

/** A part of a sentence; names stand out. */
export type Part = { text: string; isName: boolean };

// Names are put between these, which also keep a name of another direction of writing in its place.
const open = '\u2068';
const close = '\u2069';

/** Tells entries in sentences: "ana viewed password GitHub (12)". */
export function useSentence(names: Names): {
  partsOf: (entry: AuditEntry) => Part[];
  nameOf: (target: string) => string;
} {
  const words = useWords();
  const { dateTime } = useFormats();
  return useMemo(() => {
    // The safe may be newer than these words: what has none is called by its own name.
    const say = (name: string, values: Record<string, string>, otherwise: string) =>
      words(`audit.${name}` as 'audit.title', { ...values, defaultValue: otherwise }) as string;
    const nameOf = (target: string | null): string => {
      const item = readItem(target ?? '');
      if (item !== null) {
        const { kind, number } = item;
        const name = names.item(item);
        return name === undefined
          ? words(`audit.targets.${kind}`, { number })
          : words(`audit.named.${kind}`, { name, number });
      }
      const [sort = '', id = ''] = (target ?? 'none').split(':');
      return say(`targets.${sort}`, { name: names.other(sort, id) ?? id }, target ?? '');
    };
    const partsOf = (entry: AuditEntry): Part[] => {
      const { event, target, details } = entry;
      const { name, values } = toldOf(entry);
      const mark = (text: string) => `${open}${text}${close}`;
      const what = mark(nameOf(target));
      const pointed = Object.fromEntries(
        Object.entries(details).flatMap(([key, value]) =>
          typeof value === 'string' && /^(user|group):\d+$/.test(value) ? [[key, mark(nameOf(value))]] : [],
        ),
      );
      const filled = Object.entries(values).map(([key, value]) => {
        if ('text' in value) return [key, mark(value.text)];
        if ('target' in value) return [key, mark(nameOf(value.target))];
        if ('time' in value) return [key, dateTime(new Date(value.time))];
        return [key, say(value.words, { what, ...pointed }, value.words.replace(/^\w+\./, ''))];
      });
      const whole = { who: mark(whoOf(entry, words)), what, ...Object.fromEntries(filled) };
      return split(say(name, whole, say('variants.unknown', { ...whole, event }, event)));
    };
    return { partsOf, nameOf };
  }, [words, dateTime, names]);
}

function whoOf({ user, event, details }: AuditEntry, words: ReturnType<typeof useWords>): string {
  if (user !== null) return user;
  if (typeof details.operator === 'string') return words('audit.operator', { name: details.operator });
  return words(event.endsWith('.refused') && event !== 'safe.tend.refused' ? 'audit.somebody' : 'audit.theSafe');
}

function split(sentence: string): Part[] {
  return sentence
    .split(/(\u2068[^\u2068\u2069]*\u2069)/)
    .filter((text) => text !== '')
    .map((text) => (text.startsWith(open) ? { text: text.slice(1, -1), isName: true } : { text, isName: false }));
}

/** The sentence as one text. */
export function textOf(parts: readonly Part[]): string {
  return parts.map(({ text }) => text).join('');
}
