import type { KeyState } from '../../domain/access-key.ts';
import { normalized } from '../../domain/text.ts';
import type { ListedKey } from '../../storage/access-keys.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';
import { type KeyPage, openedAtOnce, ownerWanted, scanKeys } from './scan.ts';
import { type ShownKey, shownKey } from './shown.ts';

export type KeySearch = {
  /** `all`, a username, or null for the caller's own. */
  owner: string | null;
  /** Words that must all occur in name, description, tags or client id; '' for any. */
  words: string;
  state: KeyState | null;
  /** 1 to 200. */
  limit: number;
  /** As an earlier page gave it. */
  cursor: string | null;
};

/** The caller's keys, or an administrator's look at those of others, newest first; never their secret. */
export function searchAccessKeys(ctx: Context, search: KeySearch): Promise<KeyPage<ShownKey>> {
  return actReading(ctx, { action: 'access-key.list', target: null }, async (tx, caller, now) => {
    const ownerId = await ownerWanted(tx, 'access-key.list', caller, search.owner);
    const whose = { ownerId, state: search.state && { is: search.state, now } };
    const { limit, cursor } = search;
    const parts = normalized(search.words).split(/\s+/).filter(Boolean);
    const slice = parts.length === 0 ? limit + 1 : openedAtOnce;
    return scanKeys(
      tx,
      { whose, limit, cursor, slice },
      async (keys) => new Map(keys.filter((key) => hasAll(key, parts)).map((key) => [key.id, shownKey(key, now)])),
    );
  });
}

function hasAll({ name, description, tags, clientId }: ListedKey, parts: readonly string[]): boolean {
  const text = normalized([name, description, ...tags, clientId].join('\n'));
  return parts.every((part) => text.includes(part));
}
