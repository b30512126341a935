import type { FieldValues, IndexedField } from '../../domain/fields.ts';
import type { Kind } from '../../domain/kind.ts';
import { normalized } from '../../domain/text.ts';

/** What a search needs of an item's open fields, in normalized form. */
export type Searchable = {
  version: number;
  name: string;
  /** All open texts, one a line. */
  text: string;
  fields: Readonly<Partial<Record<IndexedField, readonly string[]>>>;
};

/**
 * Open fields of items that were searched lately, decrypted: a search over 20,000 items must not open each again. An
 * entry counts for one version, so that a change by any node is seen. Never holds a secret field.
 */
export type OpenCache = {
  find(kind: Kind, number: number, version: number): Searchable | undefined;
  /** Whether it holds an item as of this version; counts as no search. */
  has(kind: Kind, number: number, version: number): boolean;
  keep(kind: Kind, number: number, version: number, open: FieldValues): Searchable;
  /** How many items it holds, how often it knew one that was sought, and how often not. */
  figures(): { items: number; hits: number; misses: number };
};

const mostItems = 200_000;

export function startOpenCache(): OpenCache {
  const known = new Map<string, Searchable>();
  let hits = 0;
  let misses = 0;
  return {
    figures: () => ({ items: known.size, hits, misses }),
    find(kind, number, version) {
      const found = known.get(`${kind}:${number}`);
      if (found?.version !== version) {
        misses += 1;
        return undefined;
      }
      hits += 1;
      return found;
    },
    has: (kind, number, version) => known.get(`${kind}:${number}`)?.version === version,
    keep(kind, number, version, open) {
      const entry = searchableOf(version, open);
      // Full of what is no longer searched: what still is comes back with its next search.
      if (known.size >= mostItems) known.clear();
      known.set(`${kind}:${number}`, entry);
      return entry;
    },
  };
}

// `filled` names the secret fields that hold something: the word "password" must not find every item that has one.
function searchableOf(version: number, { filled: _, ...open }: FieldValues): Searchable {
  const fields: Partial<Record<IndexedField, string[]>> = {};
  for (const [field, value] of Object.entries(open)) {
    const texts = [value].flat().filter((one) => typeof one === 'string' && one !== '') as string[];
    fields[field as IndexedField] = texts.map(normalized);
  }
  return { version, name: fields.name?.[0] ?? '', text: Object.values(fields).flat().join('\n'), fields };
}
