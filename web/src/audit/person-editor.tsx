import { findPeople } from '../api/find-people.ts';
import { useWords } from '../text/use-words.ts';
import { Combobox } from '../ui/combobox.tsx';
import type { EditorProps } from './editor-props.ts';

export function PersonEditor({ onChoose }: EditorProps) {
  const words = useWords();
  return (
    <Combobox
      label={words('audit.filters.person')}
      options={findPeople}
      value={null}
      onChange={(user) => user !== null && onChoose({ user })}
    />
  );
}
