import { setImmediate as breathe } from 'node:timers/promises';
import { type Action, type Caller, mustMay } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import { type KeyQuery, type ListedKey, listAccessKeys } from '../../storage/access-keys.ts';
import type { ReadTx } from '../../storage/transaction.ts';
import { loadUser } from '../groups/load-group.ts';

/** A page of what was picked of keys, newest first. `next` is set while there may be more, on a short page too. */
export type KeyPage<T> = { keys: T[]; next: string | null };

/** What is looked for is sealed: each key costs its opening. */
const mostScanned = 5000;
/** Keys that are opened before others are served. */
export const openedAtOnce = 200;

/** Whose keys: `all`, a username, or null for the caller's own. Gives the owner's id, null for everyone's. */
export async function ownerWanted(
  tx: ReadTx,
  action: Extract<Action, 'access-key.list' | 'access-key.report'>,
  caller: Caller,
  owner: string | null,
): Promise<number | null> {
  const me = caller.kind === 'operator' ? null : caller.user;
  if (me && (owner === null || owner.trim().toLowerCase() === me.username)) {
    mustMay(action, caller, me.id);
    return me.id;
  }
  mustMay(action, caller, null);
  return owner === null || owner === 'all' ? null : (await loadUser(tx, owner)).id;
}

export type KeyWalk = {
  whose: Pick<KeyQuery, 'ownerId' | 'state'>;
  limit: number;
  cursor: string | null;
  /** Keys to be read at once: as many as are shown where all are, more where few of them may be picked. */
  slice: number;
};

/** Walks keys from the cursor on until `limit` were picked or enough were looked at; others are served meanwhile. */
export async function scanKeys<T>(
  tx: ReadTx,
  { whose, limit, cursor, slice }: KeyWalk,
  pick: (keys: readonly ListedKey[]) => Promise<Map<number, T>>,
): Promise<KeyPage<T>> {
  const keys: T[] = [];
  let shown = 0;
  let before = cursor === null ? null : readCursor(cursor);
  for (let scanned = 0; scanned < mostScanned; scanned += slice) {
    const found = await listAccessKeys(tx, { ...whose, before, most: slice });
    for (const [id, one] of await pick(found)) {
      if (keys.length === limit) return { keys, next: String(shown) };
      keys.push(one);
      shown = id;
    }
    const last = found.at(-1);
    if (!last || found.length < slice) return { keys, next: null };
    before = last.id;
    await breathe();
  }
  return { keys, next: String(before) };
}

/** A key's number: what comes after it is older. */
function readCursor(cursor: string): number {
  return /^[1-9]\d{0,14}$/.test(cursor) ? Number(cursor) : refuse('cursor_invalid', {});
}
