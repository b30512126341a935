import { useEffect, useSyncExternalStore } from 'react';

export type Shortcut = {
  /** Pressed together, as in `['Mod', 'K']`; or several that mean the same, as in `['j', '↓']`. */
  keys: string[];
  label: string;
};

type Group = { name: string; shortcuts: Shortcut[] };

let groups: readonly Group[] = [];
const listeners = new Set<() => void>();

/** Tells of keys while the screen that hears them is shown: the sheet of all shortcuts (`?`) lists them below `name`. */
export function useListedShortcuts(name: string, shortcuts: Shortcut[]): void {
  const told = JSON.stringify(shortcuts);
  useEffect(() => {
    const group = { name, shortcuts: JSON.parse(told) as Shortcut[] };
    change([...groups, group]);
    return () => change(groups.filter((one) => one !== group));
  }, [name, told]);
}

/** What is heard now, the groups in the order in which they came; those of one name together. */
export function useAllShortcuts(): Group[] {
  const all = useSyncExternalStore(subscribe, () => groups);
  return [...Map.groupBy(all, ({ name }) => name)].map(([name, of]) => ({
    name,
    shortcuts: of.flatMap(({ shortcuts }) => shortcuts),
  }));
}

function change(to: readonly Group[]): void {
  groups = to;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
