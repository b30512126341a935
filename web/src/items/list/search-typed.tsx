import { useEffect, useRef, useState } from 'react';
import { SearchField } from '../../ui/search-field.tsx';

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
