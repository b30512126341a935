import { type Caller, mayOnItem, type Relation } from '../../domain/access.ts';
import type { FieldValues } from '../../domain/fields.ts';
import type { ItemHead } from '../../domain/item.ts';
import { isRunning, type Share } from '../../domain/sharing.ts';
import type { Strength } from '../../domain/strength.ts';

/** An item without its secrets, as our own API and screens show it. */
export type ShownItem = {
  head: ItemHead;
  open: FieldValues;
  /** Username. */
  owner: string;
  /** How the caller stands to it. */
  relation: Relation;
  /** Running shares. */
  sharedWith: number;
  lastUsedAt: Date | null;
  /** Of a password; null for other kinds. */
  strength: Strength | null;
  /** What the caller, and his access key, may do with it. */
  may: { update: boolean; share: boolean; transfer: boolean };
};

export function shownItem(
  caller: Caller,
  found: { head: ItemHead; open: FieldValues; relation: Relation; shares: readonly Share[] },
  owner: string,
  facts: { lastUsedAt: Date | null; strength: Strength | undefined },
  now: Date,
): ShownItem {
  const { head, open, relation, shares } = found;
  return {
    head,
    open,
    owner,
    relation,
    sharedWith: shares.filter((share) => isRunning(share, now)).length,
    lastUsedAt: facts.lastUsedAt,
    strength: head.kind === 'password' ? (facts.strength ?? 'pending') : null,
    may: {
      update: mayOnItem('item.update', caller, relation, head),
      share: mayOnItem('item.share', caller, relation, head),
      transfer: mayOnItem('item.transfer', caller, relation, head),
    },
  };
}
