import { useWords } from '../../text/use-words.ts';
import { useListedShortcuts } from '../../ui/shortcuts.ts';

/** The keys of a list and of an item, for the sheet of all shortcuts. */
export function useItemShortcuts(): void {
  const words = useWords();
  const key = (name: string | string[], label: string) => ({ keys: [name].flat(), label });
  useListedShortcuts(words('items.shortcuts.list'), [
    key(['j', '↓'], words('items.shortcuts.next')),
    key(['k', '↑'], words('items.shortcuts.previous')),
    key('Enter', words('items.shortcuts.view')),
    key('x', words('items.shortcuts.select')),
    key('Escape', words('items.shortcuts.unselect')),
  ]);
  useListedShortcuts(words('items.shortcuts.item'), [
    key('c', words('items.shortcuts.copySecret')),
    key('u', words('items.shortcuts.copyUser')),
    key('o', words('items.shortcuts.openUrl')),
    key('e', words('items.shortcuts.edit')),
    key(['Mod', 'S'], words('items.shortcuts.save')),
  ]);
}
