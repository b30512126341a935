import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { Combobox } from '../ui/combobox.tsx';
import type { EditorProps } from './editor-props.ts';
import { type EventGroup, eventGroupNames } from './event-groups.ts';
import { beginning } from './sentence-case.ts';

export function WhatEditor({ onChoose }: EditorProps) {
  const words = useWords();
  const { locale } = useFormats();
  return (
    <Combobox<EventGroup>
      label={words('audit.filters.what')}
      options={eventGroupNames.map((id) => ({ id, label: beginning(words(`audit.groups.${id}`), locale) }))}
      value={null}
      onChange={(what) => what !== null && onChoose({ what })}
    />
  );
}
