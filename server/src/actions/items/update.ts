import { isDeepStrictEqual } from 'node:util';
import { mustBePerson, mustMayOnItem } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import type { FieldValues } from '../../domain/fields.ts';
import { changed, mustBeEnabled, mustBeRevision, mustMayReveal } from '../../domain/item.ts';
import { findByIdentifierCode } from '../../storage/item-index.ts';
import { openContent, openFields, saveItem } from '../../storage/items.ts';
import { act } from '../act.ts';
import type { Context } from '../safe.ts';
import { answerOf, type Revealing } from './answer.ts';
import { codeTaken, type SavedItem, withContent } from './create.ts';
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
  input: ItemName & {
    draft: ItemDraft;
    revealing: Revealing;
    /** The revision that the caller saw, or null when he does not say. */
    revision: number | null;
    /** Owner only; undefined leaves it. */
    justificationRequired?: boolean | undefined;
  },
): Promise<SavedItem> {
  const { draft, revealing } = input;
  const attempt = { action: 'item.update', target: targetOf(input), duplicate: codeTaken } as const;
  return act(ctx, attempt, async (tx, by, now) => {
    const { stored, head, relation, shares } = await loadItem(tx, by, input, 'update', now);
    mustMayOnItem('item.update', by, relation, head);
    const caller = mustBePerson(by);
    const requirement = input.justificationRequired ?? head.justificationRequired;
    if (requirement !== head.justificationRequired && relation !== 'owner') refuse('access_denied', {});
    mustBeEnabled(head);
    mustBeRevision(head, input.revision, () => openFields(tx, stored));
    if (revealing.length > 0) mustMayReveal(head, relation === 'owner', ctx.justification);
    const before = openContent(tx, stored);
    const { content, wishes } = readDraft(head.kind, await withContent(tx, caller, head.kind, draft, now), before);
    const code = content.identifierCode;
    if (typeof code === 'string' && code !== '' && code !== before.identifierCode) {
      const taken = await findByIdentifierCode(tx, head.ownerId, code);
      if (taken !== undefined && taken !== head.number) throw codeTaken();
    }
    const fields = changedFields(before, content);
    const sharing = await shareStep(tx, caller, head, shares, wishes, now);
    const asksOtherwise = requirement !== head.justificationRequired;
    const isChange = fields.length > 0 || sharing.changes.length > 0 || asksOtherwise;
    const next = isChange ? changed(head, now, { justificationRequired: requirement }, fields.length > 0) : head;
    if (isChange) await saveItem(tx, next, fields.length > 0 ? content : null, caller.user.id);
    if (fields.length > 0 && head.kind === 'password') ctx.safe.passwords.changed();
    const answer = answerOf(caller, next, content, sharing.shares, revealing, now);
    const told = asksOtherwise ? [...fields, 'justificationRequired'] : fields;
    recordItem(tx, ctx, caller, 'item.updated', next, { version: next.version, fields: told }, now);
    if (sharing.changes.length > 0) {
      recordItem(tx, ctx, caller, 'item.shared', next, { changes: sharing.changes }, now);
    }
    recordReveal(tx, ctx, caller, next, revealing, now);
    return { item: answer, problems: sharing.problems };
  });
}

/** Names of the fields that differ. */
export function changedFields(before: FieldValues, after: FieldValues): string[] {
  return Object.keys(after).filter((field) => !isDeepStrictEqual(before[field], after[field]));
}
