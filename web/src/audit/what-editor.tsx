import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { Combobox } from '../ui/combobox.tsx';
import type { EditorProps } from './editor-props.ts';
import { type EventGroup, eventGroupNames } from './event-groups.ts';

export function WhatEditor({ onChoose }: EditorProps) {
  const words = useWords();
  const { locale } = useFormats();
  // Written for the middle of a sentence; here each begins one.
  const begin = (text: string) => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
  return (
    <Combobox<EventGroup>
      label={words('audit.filters.what')}
      options={eventGroupNames.map((id) => ({ id, label: begin(words(`audit.groups.${id}`)) }))}
      value={null}
      onChange={(what) => what !== null && onChoose({ what })}
    />
  );
}
