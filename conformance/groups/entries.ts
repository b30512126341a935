import type { Answer } from '../call.ts';
import type { Difference } from '../difference.ts';
import type { Entry } from '../exchange.ts';

/** The entries of a list's answer; none when it has none. */
export function entriesOf({ json }: Answer, listKey: string): Entry[] {
  const list = (json as Entry | null)?.[listKey];
  return Array.isArray(list) ? list : [];
}

const identifierOf = (entry: Entry): number => Number(entry.identifier);

/** Each identifier once, the lowest first. */
export function checkAscending(at: string, entries: readonly Entry[]): Difference[] {
  const isOrdered = entries.every((entry, index) => {
    const before = entries[index - 1];
    return before === undefined || identifierOf(before) < identifierOf(entry);
  });
  return isOrdered ? [] : [{ sort: 'order', at, expected: 'ascending identifiers', came: 'another order, or repeats' }];
}

/** The same items as in the list that came before, if one came. */
export function checkSame(at: string, entries: readonly Entry[], before: readonly Entry[] | undefined): Difference[] {
  const key = (list: readonly Entry[]) =>
    list
      .map(identifierOf)
      .sort((a, b) => a - b)
      .join();
  if (before === undefined || key(entries) === key(before)) return [];
  const items = (list: readonly Entry[]) => `${list.length} ${list.length === 1 ? 'item' : 'items'}`;
  const came = entries.length === before.length ? `${items(entries)}, others` : items(entries);
  return [{ sort: 'entries', at, expected: `the ${items(before)} of the list without filter`, came }];
}

/** Only items whose field is this value, and at least one; `identifier` must be among them when it is given. */
export function checkFiltered(
  at: string,
  entries: readonly Entry[],
  field: string,
  value: string,
  identifier?: string,
): Difference[] {
  const isShown = entries.every((entry) => field in entry);
  const strangers = isShown ? entries.filter((entry) => !valuesOf(entry, field).includes(normalized(value))).length : 0;
  const isMissed =
    entries.length === 0 || (identifier !== undefined && !entries.some((one) => one.identifier === identifier));
  const expected = `the items whose ${field} is the value that was asked for`;
  if (isMissed) return [{ sort: 'entries', at, expected, came: `${entries.length} items, one missing` }];
  return strangers === 0 ? [] : [{ sort: 'entries', at, expected, came: `${strangers} others too` }];
}

function valuesOf(entry: Entry, field: string): string[] {
  const value = String(entry[field]);
  return (field === 'tags' ? value.split(', ') : [value]).map(normalized);
}

function normalized(value: string): string {
  return value.normalize('NFKC').trim().toLowerCase();
}
