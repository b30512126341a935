import { useCallback } from 'react';
import { useWords } from '../text/use-words.ts';
import type { Option } from '../ui/option.tsx';
import { arca } from './arca.ts';
import { readItem, spellItem } from './item-name.ts';

/** For a combobox: the items that this person may see and that fit what was typed; their ids are `password:12`. */
export function useFindItems(): (typed: string, signal: AbortSignal) => Promise<Option[]> {
  const words = useWords();
  return useCallback(
    async (typed, signal) => {
      const q = typed.trim();
      const { items } = await arca.items.list(
        { limit: 20, ...(q === '' ? { sort: '-lastUsedAt' } : { q }) },
        { signal },
      );
      return items.map((item) => ({
        id: spellItem(item),
        label: item.name,
        note: [words(`itemNames.${item.kind}`, { number: item.number }), noteOf(item)].filter(Boolean).join(' · '),
      }));
    },
    [words],
  );
}

/** "Password 12": how an item is called whose name is not known. */
export function useItemCall(): (spelled: string) => string {
  const words = useWords();
  return useCallback(
    (spelled) => {
      const item = readItem(spelled);
      return item === null ? spelled : words(`itemNames.${item.kind}`, { number: item.number });
    },
    [words],
  );
}

function noteOf(item: Awaited<ReturnType<typeof arca.items.list>>['items'][number]): string {
  return item.kind === 'password' ? item.username : item.kind === 'api-secret' ? item.clientId : '';
}
