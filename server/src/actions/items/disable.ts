import { type Caller, mustMayOnItem } from '../../domain/access.ts';
import { changed, mustBeRevision } from '../../domain/item.ts';
import { openFields, saveItem } from '../../storage/items.ts';
import type { Tx } from '../../storage/transaction.ts';
import { act } from '../act.ts';
import { keptWhole } from '../repeat.ts';
import type { Context } from '../safe.ts';
import { type ItemName, loadItem, targetOf } from './load-item.ts';
import { recordItem } from './record-item.ts';

export type ChangedState = { changed: boolean; revision: number };

/** Disables an item; `changed` is false when it was disabled already. */
export function disableItem(ctx: Context, input: ItemName & { revision: number | null }): Promise<ChangedState> {
  const attempt = { action: 'item.disable', target: targetOf(input) } as const;
  const steps = async (tx: Tx, caller: Caller, now: Date): Promise<ChangedState> => {
    const { stored, head, relation } = await loadItem(tx, caller, input, 'update', now);
    mustMayOnItem('item.disable', caller, relation, head);
    mustBeRevision(head, input.revision, () => openFields(tx, stored));
    const isChange = head.disabledAt === null;
    const next = isChange ? changed(head, now, { disabledAt: now }) : head;
    if (isChange) await saveItem(tx, next, null, head.ownerId);
    recordItem(tx, ctx, caller, 'item.disabled', head, isChange ? {} : { already: true }, now);
    return { changed: isChange, revision: next.revision };
  };
  return act(ctx, attempt, steps, keptWhole());
}
