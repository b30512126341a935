import { mustMayOnItem } from '../../domain/access.ts';
import { isRunning } from '../../domain/sharing.ts';
import { openFields } from '../../storage/items.ts';
import { lastUsesOf } from '../../storage/last-use.ts';
import type { NamedShare } from '../../storage/shares.ts';
import { strengthsOf } from '../../storage/strengths.ts';
import { usersOf } from '../../storage/users.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';
import { type ItemName, loadItem, targetOf } from './load-item.ts';
import { type ShownItem, shownItem } from './shown.ts';

export type ReadItem = ShownItem & { shares: NamedShare[] };

/** Reads an item's open fields, state and running shares, of a disabled one too. No secret leaves, so none is recorded. */
export function readItem(ctx: Context, input: ItemName): Promise<ReadItem> {
  return actReading(ctx, { action: 'item.read', target: targetOf(input) }, async (tx, caller, now) => {
    const { stored, head, relation, shares } = await loadItem(tx, caller, input, 'none', now);
    mustMayOnItem('item.read', caller, relation, head);
    const owner = (await usersOf(tx, [head.ownerId])).get(head.ownerId)?.username ?? '';
    const lastUsedAt = (await lastUsesOf(tx, head.kind, [head.number])).get(head.number) ?? null;
    const strength = head.kind === 'password' ? (await strengthsOf(tx, [head])).get(head.number) : undefined;
    const found = { head, open: openFields(tx, stored), relation, shares };
    return {
      ...shownItem(caller, found, owner, { lastUsedAt, strength }, now),
      shares: shares.filter((share) => isRunning(share, now)),
    };
  });
}
