import { setImmediate as breathe } from 'node:timers/promises';
import type { Kind } from '../../domain/kind.ts';
import { findOpenItems, openFields } from '../../storage/items.ts';
import type { ReadTx } from '../../storage/transaction.ts';
import type { Candidate } from '../../storage/visible-items.ts';
import type { OpenCache, Searchable } from './open-cache.ts';

/** What a search looks at in candidates of a kind, by number: from the cache, or opened and kept there. */
export async function openCandidates(
  tx: ReadTx,
  cache: OpenCache,
  kind: Kind,
  wanted: readonly Candidate[],
): Promise<Map<number, Searchable>> {
  const entries = new Map<number, Searchable>();
  const missing: number[] = [];
  for (const { number, version } of wanted) {
    const known = cache.find(kind, number, version);
    if (known) entries.set(number, known);
    else missing.push(number);
  }
  for (let at = 0; at < missing.length; at += openedAtOnce) {
    const opened = await openToCache(tx, cache, kind, missing.slice(at, at + openedAtOnce));
    for (const [number, entry] of opened) entries.set(number, entry);
    await breathe();
  }
  return entries;
}

/** So many take some milliseconds: others wait no longer. */
export const openedAtOnce = 100;

/** Opens items and keeps what a search looks at, as they stand now. */
export async function openToCache(
  tx: ReadTx,
  cache: OpenCache,
  kind: Kind,
  numbers: readonly number[],
): Promise<[number, Searchable][]> {
  const items = await findOpenItems(tx, kind, numbers);
  return items.map((item) => {
    const { number, version } = item.head;
    return [number, cache.keep(kind, number, version, openFields(tx, item))];
  });
}
