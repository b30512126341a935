import { mustMayOnItem } from '../../domain/access.ts';
import { changed } from '../../domain/item.ts';
import { saveItem } from '../../storage/items.ts';
import { act } from '../act.ts';
import type { Context } from '../safe.ts';
import { type ItemName, loadItem, targetOf } from './load-item.ts';
import { recordItem } from './record-item.ts';

/** Disables an item; `changed` is false when it was disabled already. */
export function disableItem(ctx: Context, input: ItemName): Promise<{ changed: boolean }> {
  return act(ctx, { action: 'item.disable', target: targetOf(input) }, async (tx, caller, now) => {
    const { head, relation } = await loadItem(tx, caller, input, 'update', now);
    mustMayOnItem('item.disable', caller, relation, head);
    const isChange = head.disabledAt === null;
    if (isChange) await saveItem(tx, changed(head, now, { disabledAt: now }), null, head.ownerId);
    recordItem(tx, ctx, caller, 'item.disabled', head, isChange ? {} : { already: true }, now);
    return { changed: isChange };
  });
}
