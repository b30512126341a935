import { mustMayOnItem } from '../../domain/access.ts';
import { changed } from '../../domain/item.ts';
import { saveItem } from '../../storage/items.ts';
import { act } from '../act.ts';
import type { Context } from '../safe.ts';
import { type ItemName, loadItem, targetOf } from './load-item.ts';
import { recordItem } from './record-item.ts';

/** Enables an item again; `changed` is false when it was enabled already. */
export function enableItem(ctx: Context, input: ItemName): Promise<{ changed: boolean }> {
  return act(ctx, { action: 'item.enable', target: targetOf(input) }, async (tx, caller, now) => {
    const { head, relation } = await loadItem(tx, caller, input, 'update', now);
    mustMayOnItem('item.enable', caller, relation, head);
    const isChange = head.disabledAt !== null;
    if (isChange) await saveItem(tx, changed(head, now, { disabledAt: null }), null, head.ownerId);
    recordItem(tx, ctx, caller, 'item.enabled', head, isChange ? {} : { already: true }, now);
    return { changed: isChange };
  });
}
