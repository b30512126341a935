import { useCallback } from 'react';
import { readItem } from '../api/item-name.ts';
import { useFindItems, useItemCall } from '../api/use-find-items.ts';
import { useSession } from '../session/use-session.ts';
import { useWords } from '../text/use-words.ts';
import { Combobox } from '../ui/combobox.tsx';
import type { EditorProps } from './editor-props.ts';

/** Items by name; those that an administrator may not see, by kind and number. */
export function ItemEditor({ onChoose }: EditorProps) {
  const words = useWords();
  const { may } = useSession();
  const find = useFindItems();
  const call = useItemCall();
  const options = useCallback(
    async (typed: string, signal: AbortSignal) => {
      const named = readItem(typed.trim());
      if (may.administer && named !== null) return [{ id: typed.trim(), label: call(typed.trim()) }];
      return await find(typed, signal);
    },
    [find, call, may.administer],
  );
  return (
    <Combobox
      label={words('audit.filters.item')}
      help={may.administer ? words('audit.filters.itemByNumber') : undefined}
      options={options}
      value={null}
      onChange={(item) => item !== null && onChoose({ item })}
    />
  );
}
