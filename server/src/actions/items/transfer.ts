import { mustBePerson, mustMayOnItem } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import { changed, mustBeRevision } from '../../domain/item.ts';
import { findByIdentifierCode, saveItemIndex } from '../../storage/item-index.ts';
import { openFields, saveItem } from '../../storage/items.ts';
import { deleteShare, saveShare } from '../../storage/shares.ts';
import { findUser } from '../../storage/users.ts';
import { act } from '../act.ts';
import { keptWhole } from '../repeat.ts';
import type { Context } from '../safe.ts';
import { codeTaken } from './create.ts';
import type { ChangedState } from './disable.ts';
import { type ItemName, loadItem, targetOf } from './load-item.ts';
import { recordItem } from './record-item.ts';
import { whyNotUser } from './share-step.ts';

/**
 * Gives an item to another user. The owner before keeps access as an editor unless told otherwise; whoever had a share
 * keeps it.
 */
export function transferItem(
  ctx: Context,
  input: ItemName & { to: string; keepAccess: boolean; revision: number | null },
): Promise<ChangedState> {
  const attempt = { action: 'item.transfer', target: targetOf(input), duplicate: codeTaken } as const;
  return act<ChangedState>(
    ctx,
    attempt,
    async (tx, by, now) => {
      const { stored, head, relation, shares } = await loadItem(tx, by, input, 'update', now);
      mustMayOnItem('item.transfer', by, relation, head);
      const { user } = mustBePerson(by);
      const open = openFields(tx, stored);
      mustBeRevision(head, input.revision, () => open);
      const heir = await findUser(tx, input.to.trim().toLowerCase());
      const why = whyNotUser(heir, head);
      if (!heir || why) return refuse('transfer_impossible', { why: why ?? 'user_not_found' });
      const code = open.identifierCode;
      if (typeof code === 'string' && code !== '' && (await findByIdentifierCode(tx, heir.id, code))) throw codeTaken();
      const next = changed(head, now, { ownerId: heir.id });
      await saveItem(tx, next, null, user.id);
      // Blind indexes are made for an owner: those of the one before would not find it any more.
      await saveItemIndex(tx, next, open);
      const his = shares.find((share) => share.subject === 'user' && share.subjectId === heir.id);
      if (his) await deleteShare(tx, next, his);
      if (input.keepAccess) {
        const share = { subject: 'user', subjectId: user.id, role: 'editor', expiresAt: null } as const;
        await saveShare(tx, next, share, user.id, now);
      }
      const details = { from: user.username, to: heir.username, kept: input.keepAccess };
      recordItem(tx, ctx, by, 'item.transferred', next, details, now);
      return { changed: true, revision: next.revision };
    },
    keptWhole(),
  );
}
