import { useWords } from '../../text/use-words.ts';
import type { Kind } from '../kinds.ts';
import type { ListAddress } from './address.ts';
import styles from './list-bar.module.css';
import { ListFilters } from './list-filters.tsx';
import { SearchTyped } from './search-typed.tsx';

type ListBarProps = { kind?: Kind; address: ListAddress; onChange: (address: ListAddress) => void };

/** Search and filters above a list. */
export function ListBar({ kind, address, onChange }: ListBarProps) {
  const words = useWords();
  return (
    <div className={styles.bar}>
      <div className={styles.search}>
        <SearchTyped
          label={words(kind === undefined ? 'items.searchAll' : `items.kinds.${kind}.search`)}
          q={address.q}
          onChange={(q) => onChange({ ...address, q })}
        />
      </div>
      <ListFilters kind={kind} address={address} onChange={onChange} />
    </div>
  );
}
