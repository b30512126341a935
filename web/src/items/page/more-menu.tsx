import type { Item } from '@arca/sdk';
import { Ellipsis } from 'lucide-react';
import { useWords } from '../../text/use-words.ts';
import { IconButton } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { entriesFor } from '../list/row-entries.ts';
import { useItemActs } from '../use-item-acts.ts';

/** All that can be done with an item; `without` are buttons of their own where it stands. */
export function MoreMenu({ item, without = ['view', 'edit'] }: { item: Item; without?: string[] }) {
  const words = useWords();
  const acts = useItemActs();
  const label = `${words('ui.table.actions')}: ${item.name}`;
  const entries = entriesFor(item, acts, words).filter(({ id }) => !without.includes(id));
  return (
    <Menu
      label={label}
      trigger={<IconButton icon={Ellipsis} label={label} />}
      groups={[
        { entries: entries.filter(({ isDangerous }) => !isDangerous) },
        { entries: entries.filter(({ isDangerous }) => isDangerous) },
      ]}
    />
  );
}
