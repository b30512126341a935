import { mustMay } from '../../domain/access.ts';
import { Refusal, refuse } from '../../domain/errors.ts';
import { newItem } from '../../domain/item.ts';
import type { Kind } from '../../domain/kind.ts';
import { nextNumber } from '../../storage/counters.ts';
import { findByIdentifierCode } from '../../storage/item-index.ts';
import { insertItem } from '../../storage/items.ts';
import { act } from '../act.ts';
import type { Context } from '../safe.ts';
import { answerOf, type ItemAnswer, type Revealing, type ShareProblem } from './answer.ts';
import { type ItemDraft, readDraft } from './draft.ts';
import { recordItem, recordReveal } from './record-item.ts';
import { shareStep } from './share-step.ts';

export type SavedItem = { item: ItemAnswer; problems: ShareProblem[] };

/** Creates an item that the caller owns, and shares it as the draft wishes. */
export function createItem(
  ctx: Context,
  input: { kind: Kind; draft: ItemDraft; revealing: Revealing },
): Promise<SavedItem> {
  const { kind, draft, revealing } = input;
  return act(ctx, { action: 'item.create', target: null, duplicate: codeTaken }, async (tx, caller, now) => {
    mustMay('item.create', caller);
    if (caller.kind !== 'key') return refuse('access_denied', {});
    const { content, wishes } = readDraft(kind, draft, null);
    const code = content.identifierCode;
    if (typeof code === 'string' && code !== '' && (await findByIdentifierCode(tx, caller.user.id, code)))
      throw codeTaken();
    const item = newItem(kind, await nextNumber(tx, kind), caller.user.id, now);
    await insertItem(tx, item, content, caller.user.id);
    const sharing = await shareStep(tx, caller, item, [], wishes, now);
    const answer = answerOf(caller, item, content, sharing.shares, revealing, now);
    recordItem(tx, ctx, caller, 'item.created', item, {}, now);
    if (sharing.changes.length > 0) {
      recordItem(tx, ctx, caller, 'item.shared', item, { changes: sharing.changes }, now);
    }
    recordReveal(tx, ctx, caller, item, revealing, now);
    return { item: answer, problems: sharing.problems };
  });
}

/** An identifier code is unique among its owner's API secrets, disabled ones included. */
export function codeTaken(): Refusal {
  return new Refusal('identifier_code_taken', {});
}
