import { isDeepStrictEqual } from 'node:util';
import { mustMayOnItem } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import type { FieldValues } from '../../domain/fields.ts';
import { changed, mustBeEnabled, mustMayReveal } from '../../domain/item.ts';
import { findByIdentifierCode } from '../../storage/item-index.ts';
import { openContent, saveItem } from '../../storage/items.ts';
import { act } from '../act.ts';
import type { Context } from '../safe.ts';
import { answerOf, type Revealing } from './answer.ts';
import { codeTaken, type SavedItem } from './create.ts';
import { type ItemDraft, readDraft } from './draft.ts';
import { type ItemName, loadItem, targetOf } from './load-item.ts';
import { recordItem, recordReveal } from './record-item.ts';
import { shareStep } from './share-step.ts';

/**
 * Changes an item's content, its sharing, or both. Changed content makes a new version; an answer that carries secret
 * fields is a reveal, under its rules and recorded as one.
 */
export function updateItem(
  ctx: Context,
  input: ItemName & { draft: ItemDraft; revealing: Revealing },
): Promise<SavedItem> {
  const { draft, revealing } = input;
  const attempt = { action: 'item.update', target: targetOf(input), duplicate: codeTaken } as const;
  return act(ctx, attempt, async (tx, caller, now) => {
    const { stored, head, relation, shares } = await loadItem(tx, caller, input, 'update', now);
    mustMayOnItem('item.update', caller, relation, head);
    if (caller.kind !== 'key') return refuse('access_denied', {});
    mustBeEnabled(head);
    if (revealing.length > 0) mustMayReveal(head, relation === 'owner', ctx.justification);
    const before = openContent(tx, stored);
    const { content, wishes } = readDraft(head.kind, draft, before);
    const code = content.identifierCode;
    if (typeof code === 'string' && code !== '' && code !== before.identifierCode) {
      const taken = await findByIdentifierCode(tx, head.ownerId, code);
      if (taken !== undefined && taken !== head.number) throw codeTaken();
    }
    const fields = changedFields(before, content);
    const sharing = await shareStep(tx, caller, head, shares, wishes, now);
    const isChange = fields.length > 0 || sharing.changes.length > 0;
    const next = isChange ? changed(head, now, {}, fields.length > 0) : head;
    if (isChange) await saveItem(tx, next, fields.length > 0 ? content : null, caller.user.id);
    const answer = answerOf(caller, next, content, sharing.shares, revealing, now);
    recordItem(tx, ctx, caller, 'item.updated', next, { version: next.version, fields }, now);
    if (sharing.changes.length > 0) {
      recordItem(tx, ctx, caller, 'item.shared', next, { changes: sharing.changes }, now);
    }
    recordReveal(tx, ctx, caller, next, revealing, now);
    return { item: answer, problems: sharing.problems };
  });
}

function changedFields(before: FieldValues, after: FieldValues): string[] {
  return Object.keys(after).filter((field) => !isDeepStrictEqual(before[field], after[field]));
}
