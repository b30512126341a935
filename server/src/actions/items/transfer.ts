import { mustBePerson, mustMayOnItem } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import { mustBeRevision } from '../../domain/item.ts';
import { openFields } from '../../storage/items.ts';
import { saveShare } from '../../storage/shares.ts';
import { findUser } from '../../storage/users.ts';
import { act } from '../act.ts';
import { keptWhole } from '../repeat.ts';
import type { Context } from '../safe.ts';
import { codeTaken } from './create.ts';
import type { ChangedState } from './disable.ts';
import { giveItem } from './give-item.ts';
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
      const loaded = await loadItem(tx, by, input, 'update', now);
      const { stored, head, relation } = loaded;
      mustMayOnItem('item.transfer', by, relation, head);
      const { user } = mustBePerson(by);
      mustBeRevision(head, input.revision, () => openFields(tx, stored));
      const heir = await findUser(tx, input.to.trim().toLowerCase());
      const why = whyNotUser(heir, head);
      if (!heir || why) return refuse('transfer_impossible', { why: why ?? 'user_not_found' });
      const next = await giveItem(tx, loaded, heir, user.id, now);
      if (!next) throw codeTaken();
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
