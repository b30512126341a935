import { mustMayOnItem } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import { mustBeEnabled, mustMayReveal } from '../../domain/item.ts';
import { findVersion, openVersionContent } from '../../storage/item-versions.ts';
import { act } from '../act.ts';
import type { Context } from '../safe.ts';
import { answerOf, type ItemAnswer, type Revealing } from './answer.ts';
import { type ItemName, loadItem, targetOf } from './load-item.ts';
import { recordReveal } from './record-item.ts';

/** Reads a version of an item, open and named secret fields, and records it like any reveal. */
export function revealVersion(
  ctx: Context,
  input: ItemName & { version: number; revealing: Revealing },
): Promise<ItemAnswer> {
  return act(ctx, { action: 'item.reveal-version', target: targetOf(input) }, async (tx, caller, now) => {
    const { head, relation, shares } = await loadItem(tx, caller, input, 'share', now);
    mustMayOnItem('item.reveal-version', caller, relation, head);
    mustBeEnabled(head);
    mustMayReveal(head, relation === 'owner', ctx.justification);
    const found = await findVersion(tx, head, input.version);
    if (!found) return refuse('version_not_found', { version: input.version });
    const shown = { ...head, version: found.version };
    const answer = answerOf(caller, shown, openVersionContent(tx, found), shares, input.revealing, now);
    recordReveal(tx, ctx, caller, shown, input.revealing, now);
    return answer;
  });
}
