import { bestOf, type Caller, type Relation } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import { type ItemHead, readNumber } from '../../domain/item.ts';
import type { Kind } from '../../domain/kind.ts';
import { isRunning, type Share } from '../../domain/sharing.ts';
import { enabledGroupsOf } from '../../storage/groups.ts';
import { findItem, type StoredItem } from '../../storage/items.ts';
import { type NamedShare, sharesOf } from '../../storage/shares.ts';
import type { ReadTx } from '../../storage/transaction.ts';

/** What names an item in a request: its kind and its number as it was written. */
export type ItemName = { kind: Kind; number: string };

export type LoadedItem = { stored: StoredItem; head: ItemHead; relation: Relation; shares: NamedShare[] };

/** The item's name for the audit, when it is one. */
export function targetOf({ kind, number }: ItemName): string | null {
  return /^[1-9][0-9]{0,14}$/.test(number) ? `${kind}:${number}` : null;
}

/** Loads an item, its shares and how the caller stands to it, in the wire's order of checks. */
export async function loadItem(
  tx: ReadTx,
  caller: Caller,
  name: ItemName,
  hold: 'none' | 'share' | 'update',
  now: Date,
): Promise<LoadedItem> {
  const stored = await findItem(tx, name.kind, readNumber(name.number), hold);
  if (!stored) return refuse('item_not_found', { kind: name.kind });
  const shares = await sharesOf(tx, stored.head);
  return { stored, head: stored.head, shares, relation: await relationTo(tx, caller, stored.head, shares, now) };
}

async function relationTo(
  tx: ReadTx,
  caller: Caller,
  head: ItemHead,
  shares: readonly Share[],
  now: Date,
): Promise<Relation> {
  if (caller.kind === 'operator') return 'none';
  if (head.ownerId === caller.user.id) return 'owner';
  const hasGroups = shares.some((share) => share.subject === 'group');
  const groups = hasGroups ? (await enabledGroupsOf(tx, caller.user.id)).map((group) => group.id) : [];
  return relationBy(shares, caller.user.id, groups, now);
}

/** The best that running shares give to a user and his enabled groups. */
export function relationBy(shares: readonly Share[], userId: number, groupIds: readonly number[], now: Date): Relation {
  const mine = shares.filter(
    (share) =>
      isRunning(share, now) &&
      (share.subject === 'user' ? share.subjectId === userId : groupIds.includes(share.subjectId)),
  );
  return bestOf(mine.map((share) => share.role));
}
