import { Search, X } from 'lucide-react';
import {
  SearchField as AriaSearchField,
  type SearchFieldProps as AriaSearchFieldProps,
  Button,
  Input,
} from 'react-aria-components';
import { useWords } from '../text/use-words.ts';
import { fieldStyles } from './field.tsx';
import { joinClasses } from './join-classes.ts';
import { Keys } from './keys.tsx';
import styles from './search-field.module.css';

type SearchFieldProps = {
  /** Its name, for screen readers; it stands in the field until something is typed. */
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** For the one thing that a page is for: `/` goes there. */
  isLarge?: boolean;
  onKeyDown?: AriaSearchFieldProps['onKeyDown'];
};

/** Above a list, which follows while one types. Escape empties it. */
export function SearchField({ label, isLarge, ...rest }: SearchFieldProps) {
  const words = useWords();
  return (
    <AriaSearchField {...rest} aria-label={label} className={joinClasses(styles.search, isLarge && styles.large)}>
      <div className={joinClasses(fieldStyles.box, styles.box)}>
        <Search size={16} />
        <Input placeholder={label} className={fieldStyles.input} />
        {isLarge && (
          <span aria-hidden="true" className={styles.key}>
            <Keys keys={['/']} />
          </span>
        )}
        <Button className={styles.clear} aria-label={words('ui.search.clear')}>
          <X size={16} />
        </Button>
      </div>
    </AriaSearchField>
  );
}
