import { type KeyState, keyState } from '../../domain/access-key.ts';
import type { ListedKey } from '../../storage/access-keys.ts';

/** A key without its secrets, as our own API shows it. */
export type ShownKey = ListedKey & { state: KeyState };

export function shownKey(key: ListedKey, now: Date): ShownKey {
  return { ...key, state: keyState(key, now) };
}
