import { ListFilter, X } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useWords } from '../text/use-words.ts';
import { Button, IconButton } from './button.tsx';
import styles from './filter-sentence.module.css';
import { Menu, type MenuEntry } from './menu.tsx';
import { Popover } from './popover.tsx';

type Filter = {
  id: string;
  /** As part of a sentence: "shared with Finance", "changed before 2025". */
  text: string;
  /** Where it is changed; without it, it can only be removed. */
  editor?: (close: () => void) => ReactNode;
};

type FilterSentenceProps = {
  /** How the sentence begins: "Passwords". */
  subject: string;
  filters: Filter[];
  onRemove: (id: string) => void;
  onClear: () => void;
  /** Filters to add. */
  entries: MenuEntry[];
};

/** "Passwords · owned by me · weaker than good": what a list shows, in words that can be changed one by one. */
export function FilterSentence({ subject, filters, onRemove, onClear, entries }: FilterSentenceProps) {
  const words = useWords();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a sentence, not fields
    <div role="group" aria-label={words('ui.filters.add')} className={styles.sentence}>
      <Menu
        label={words('ui.filters.add')}
        placement="bottom start"
        trigger={
          <Button isSmall icon={ListFilter}>
            {words('ui.filters.add')}
          </Button>
        }
        groups={[{ entries }]}
      />
      {filters.length > 0 && <span className={styles.subject}>{subject}</span>}
      {filters.map((filter) => (
        <span key={filter.id} className={styles.filter}>
          <FilterText filter={filter} label={words('ui.filters.change', { filter: filter.text })} />
          <IconButton
            isSmall
            icon={X}
            label={words('ui.filters.remove', { filter: filter.text })}
            onPress={() => onRemove(filter.id)}
          />
        </span>
      ))}
      {filters.length > 1 && (
        <Button isSmall variant="quiet" onPress={onClear}>
          {words('ui.filters.clear')}
        </Button>
      )}
    </div>
  );
}

function FilterText({ filter, label }: { filter: Filter; label: string }): ReactElement {
  if (filter.editor === undefined) return <span className={styles.text}>{filter.text}</span>;
  return (
    <Popover label={label} trigger={<AriaButton className={styles.text}>{filter.text}</AriaButton>}>
      {filter.editor}
    </Popover>
  );
}
