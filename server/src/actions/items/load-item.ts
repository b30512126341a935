import { bestOf, type Caller, type Relation } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import { type ItemHead, readNumber } from '../../domain/item.ts';
import type { Kind } from '../../domain/kind.ts';
import { isRunning, type Share } from '../../domain/sharing.ts';
import type { User } from '../../domain/user.ts';
import { enabledGroupsOf } from '../../storage/groups.ts';
import { importIsUnseen } from '../../storage/imports.ts';
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
  const { importId } = stored?.head ?? {};
  // What an import has not yet shown is there for nobody, whoever guesses its number.
  if (!stored || (importId != null && (await importIsUnseen(tx, importId)))) {
    return refuse('item_not_found', { kind: name.kind });
  }
  const shares = await sharesOf(tx, stored.head);
  const relation = caller.kind === 'operator' ? 'none' : await relationTo(tx, caller.user, stored.head, shares, now);
  return { stored, head: stored.head, shares, relation };
}

/** How a user stands to an item with these shares. */
export async function relationTo(
  tx: ReadTx,
  user: User,
  head: ItemHead,
  shares: readonly Share[],
  now: Date,
): Promise<Relation> {
  if (head.ownerId === user.id) return 'owner';
  const hasGroups = shares.some((share) => share.subject === 'group');
  const groups = hasGroups ? (await enabledGroupsOf(tx, user.id)).map((group) => group.id) : [];
  return relationBy(shares, user.id, groups, now);
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
