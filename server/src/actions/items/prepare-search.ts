import { kinds } from '../../domain/kind.ts';
import { enabledGroupsOf } from '../../storage/groups.ts';
import { usersSeenSince } from '../../storage/sessions.ts';
import { candidates } from '../../storage/visible-items.ts';
import { giveWay } from '../give-way.ts';
import type { Context } from '../safe.ts';
import { openedAtOnce, openToCache } from './open-candidates.ts';

/**
 * Opens what a person's next search will look at, by the safe itself: nothing leaves it, so nothing is recorded. Each
 * slice is a read of its own, so that a long list holds nothing open.
 */
export async function prepareSearch({ safe }: Context, userId: number, signal: AbortSignal): Promise<void> {
  const { store, openCache, clock } = safe;
  for (const kind of kinds) {
    const missing = await store.read(async (tx) => {
      const groupIds = (await enabledGroupsOf(tx, userId)).map((group) => group.id);
      const query = { userId, groupIds, kind, enabled: null, now: clock(), chosen: null, sortedBy: null };
      const numbers: number[] = [];
      for await (const slice of candidates(tx, query))
        for (const one of slice) if (!openCache.has(kind, one.number, one.version)) numbers.push(one.number);
      return numbers;
    });
    for (let at = 0; at < missing.length && !signal.aborted; at += openedAtOnce) {
      const began = performance.now();
      await store.read((tx) => openToCache(tx, openCache, kind, missing.slice(at, at + openedAtOnce)));
      await giveWay(store, began);
    }
  }
}

const lately = 60 * 60 * 1000;
const mostPeople = 50;

/** Whose screens are open, as far as their sessions tell: those seen last first. */
export function peopleLately({ safe }: Context): Promise<number[]> {
  const since = new Date(safe.clock().getTime() - lately);
  return safe.store.read((tx) => usersSeenSince(tx, since, mostPeople));
}
