import type { ItemHead } from '../../domain/item.ts';
import { changed } from '../../domain/item.ts';
import type { User } from '../../domain/user.ts';
import { findByIdentifierCode, saveItemIndex } from '../../storage/item-index.ts';
import { openFields, saveItem } from '../../storage/items.ts';
import { deleteShare } from '../../storage/shares.ts';
import type { Tx } from '../../storage/transaction.ts';
import type { LoadedItem } from './load-item.ts';

/** Makes it the heir's, who needs no share of his own any more. Null when he has another API secret with its code. */
export async function giveItem(
  tx: Tx,
  { stored, head, shares }: Pick<LoadedItem, 'stored' | 'head' | 'shares'>,
  heir: User,
  authorId: number,
  now: Date,
): Promise<ItemHead | null> {
  const open = openFields(tx, stored);
  const code = open.identifierCode;
  if (typeof code === 'string' && code !== '' && (await findByIdentifierCode(tx, heir.id, code))) return null;
  const next = changed(head, now, { ownerId: heir.id });
  await saveItem(tx, next, null, authorId);
  // Blind indexes are made for an owner: those of the one before would not find it any more.
  await saveItemIndex(tx, next, open);
  const his = shares.find((share) => share.subject === 'user' && share.subjectId === heir.id);
  if (his) await deleteShare(tx, next, his);
  return next;
}
