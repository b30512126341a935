import { mustMayOnItem } from '../../domain/access.ts';
import { mustBeEnabled, mustMayReveal } from '../../domain/item.ts';
import { openContent } from '../../storage/items.ts';
import { act } from '../act.ts';
import type { Context } from '../safe.ts';
import { answerOf, type ItemAnswer, type Revealing } from './answer.ts';
import { type ItemName, loadItem, targetOf } from './load-item.ts';
import { recordReveal } from './record-item.ts';

/** Reads an item with the named secret fields. A writing action: the reveal is recorded before the answer leaves. */
export function revealItem(ctx: Context, input: ItemName & { revealing: Revealing }): Promise<ItemAnswer> {
  return act(ctx, { action: 'item.reveal', target: targetOf(input) }, async (tx, caller, now) => {
    const { stored, head, relation, shares } = await loadItem(tx, caller, input, 'share', now);
    mustMayOnItem('item.reveal', caller, relation, head);
    mustBeEnabled(head);
    mustMayReveal(head, relation === 'owner', ctx.justification);
    const answer = answerOf(caller, head, openContent(tx, stored), shares, input.revealing, now);
    recordReveal(tx, ctx, caller, head, input.revealing, now);
    return answer;
  });
}
