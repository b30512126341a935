/** Statements that one connection keeps prepared, found by their text or name. */
export type RecentStatements<T> = {
  find(key: string): T | undefined;
  /** Gives the keys that had to go for it: those not asked for in a long while. */
  keep(key: string, made: T): string[];
  readonly size: number;
};

/** The product has a few hundred of its own, which stay; lists in queries make new shapes without end, which go. */
export const mostStatements = 1000;

/**
 * Two generations: a statement that is asked for moves to the young one, and when that has half of what may be kept the old
 * one goes. Finding one that is in use costs a single look, as it would without a bound.
 */
export function keepRecent<T>(most: number): RecentStatements<T> {
  let young = new Map<string, T>();
  let old = new Map<string, T>();
  const keep = (key: string, made: T): string[] => {
    old.delete(key);
    young.set(key, made);
    if (young.size < most / 2) return [];
    const gone = [...old.keys()];
    old = young;
    young = new Map();
    return gone;
  };
  return {
    find(key) {
      const made = young.get(key);
      if (made !== undefined) return made;
      const rested = old.get(key);
      if (rested === undefined) return undefined;
      // Not through keep: looking for one must not let others go, for their connection would not hear of it.
      if (young.size + 1 < most / 2) {
        old.delete(key);
        young.set(key, rested);
      }
      return rested;
    },
    keep,
    get size() {
      return young.size + old.size;
    },
  };
}
