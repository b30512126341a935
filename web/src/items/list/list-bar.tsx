import { useEffect, useRef, useState } from 'react';
import { useWords } from '../../text/use-words.ts';
import { SearchField } from '../../ui/search-field.tsx';
import type { Kind } from '../kinds.ts';
import type { ListAddress } from './address.ts';
import styles from './list-bar.module.css';
import { ListFilters } from './list-filters.tsx';

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

type SearchTypedProps = { label: string; q: string; onChange: (q: string) => void; isLarge?: boolean };

const pause = 150; // while somebody types, in ms

/** Puts what is typed into the address a moment after the last key. Arrow down and Enter go to the rows. */
export function SearchTyped({ label, q, onChange, isLarge }: SearchTypedProps) {
  const [typed, setTyped] = useState(q);
  const told = useRef(q);
  const tell = useRef(onChange);
  tell.current = onChange;
  // The address may change from elsewhere too: by Back, or by clearing all filters.
  useEffect(() => {
    if (q !== told.current) setTyped(q);
    told.current = q;
  }, [q]);
  useEffect(() => {
    if (typed === told.current) return;
    const timer = setTimeout(() => {
      told.current = typed;
      tell.current(typed);
    }, pause);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <SearchField
      label={label}
      isLarge={isLarge}
      value={typed}
      onChange={setTyped}
      onKeyDown={(event) => {
        const row = document.querySelector<HTMLElement>('[role="row"][data-index="0"]');
        if (row !== null && (event.key === 'ArrowDown' || event.key === 'Enter')) row.focus();
        else event.continuePropagation();
      }}
    />
  );
}
