import { useState } from 'react';

/** Which columns a table shows, remembered in this browser under the given name. */
export function useColumnChoice(name: string, first: string[]): [string[], (columns: string[]) => void] {
  const key = `arca.columns.${name}`;
  const [shown, setShown] = useState(() => read(key) ?? first);
  const show = (columns: string[]) => {
    setShown(columns);
    try {
      localStorage.setItem(key, JSON.stringify(columns));
    } catch {
      // Storage may be closed to us; the choice then lasts until the page is left.
    }
  };
  return [shown, show];
}

function read(key: string): string[] | undefined {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    return Array.isArray(stored) ? stored.filter((column) => typeof column === 'string') : undefined;
  } catch {
    return undefined;
  }
}
