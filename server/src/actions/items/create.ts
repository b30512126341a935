import { type Caller, mustBePerson, mustMay, mustMayOnItem, type Person } from '../../domain/access.ts';
import { Refusal } from '../../domain/errors.ts';
import { mustBeEnabled, mustMayReveal, newItem } from '../../domain/item.ts';
import type { Kind } from '../../domain/kind.ts';
import { nextNumber } from '../../storage/counters.ts';
import { findByIdentifierCode } from '../../storage/item-index.ts';
import { insertItem, openContent } from '../../storage/items.ts';
import type { Tx } from '../../storage/transaction.ts';
import { act } from '../act.ts';
import { takeUpload } from '../files/take-upload.ts';
import type { Context } from '../safe.ts';
import { answerOf, type ItemAnswer, type Revealing, type ShareProblem } from './answer.ts';
import { type ItemDraft, readDraft } from './draft.ts';
import { loadItem } from './load-item.ts';
import { recordItem, recordReveal } from './record-item.ts';
import { shareStep } from './share-step.ts';

export type SavedItem = { item: ItemAnswer; problems: ShareProblem[] };

/** Creates an item that the caller owns, and shares it as the draft wishes. */
export function createItem(
  ctx: Context,
  input: { kind: Kind; draft: ItemDraft; revealing: Revealing },
): Promise<SavedItem> {
  const { kind, draft, revealing } = input;
  const attempt = { action: 'item.create', target: null, duplicate: codeTaken } as const;
  const steps = async (tx: Tx, by: Caller, now: Date): Promise<SavedItem> => {
    mustMay('item.create', by);
    const caller = mustBePerson(by);
    const { content, wishes } = readDraft(kind, await withContent(tx, caller, kind, draft, now), null);
    const code = content.identifierCode;
    if (typeof code === 'string' && code !== '' && (await findByIdentifierCode(tx, caller.user.id, code)))
      throw codeTaken();
    const item = newItem(kind, await nextNumber(tx, kind), caller.user.id, now);
    await insertItem(tx, item, content, caller.user.id);
    if (kind === 'password') ctx.safe.passwords.changed();
    const sharing = await shareStep(tx, caller, item, [], wishes, now);
    const answer = answerOf(caller, item, content, sharing.shares, revealing, now);
    recordItem(tx, ctx, caller, 'item.created', item, {}, now);
    if (sharing.changes.length > 0) {
      recordItem(tx, ctx, caller, 'item.shared', item, { changes: sharing.changes }, now);
    }
    recordReveal(tx, ctx, caller, item, revealing, now);
    return { item: answer, problems: sharing.problems };
  };
  return act(ctx, attempt, steps, {
    keep: ({ item }) => item.head.number,
    async rebuild(tx, caller, number, now) {
      const { stored, head, relation, shares } = await loadItem(
        tx,
        caller,
        { kind, number: String(number) },
        'share',
        now,
      );
      mustMayOnItem('item.reveal', caller, relation, head);
      if (revealing.length > 0) {
        mustBeEnabled(head);
        mustMayReveal(head, relation === 'owner', ctx.justification);
      }
      recordReveal(tx, ctx, caller, head, revealing, now);
      return { item: answerOf(caller, head, openContent(tx, stored), shares, revealing, now), problems: [] };
    },
  });
}

/** Of a file, the content that its draft names. It is none without one. */
export async function withContent(tx: Tx, caller: Person, kind: Kind, draft: ItemDraft, now: Date): Promise<ItemDraft> {
  if (kind !== 'file' || draft.fields instanceof Refusal) return draft;
  return { ...draft, fields: await takeUpload(tx, caller, draft.fields, now) };
}

/** An identifier code is unique among its owner's API secrets, disabled ones included. */
export function codeTaken(): Refusal {
  return new Refusal('identifier_code_taken', {});
}
