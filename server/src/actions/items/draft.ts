import { Refusal } from '../../domain/errors.ts';
import { type Draft, type FieldValues, type Limits, readFields } from '../../domain/fields.ts';
import { fieldsOf } from '../../domain/item.ts';
import type { Kind } from '../../domain/kind.ts';
import { readShareWishes } from '../../domain/sharing.ts';
import type { ShareWishes } from './share-step.ts';

/**
 * What a caller sent to create or update an item: our field names plus `users` and `groups`, or the refusal of a body
 * that could not be read, which waits for the checks that come before it.
 */
export type ItemDraft = { fields: Draft | Refusal; limits?: Limits };

/** Checks the draft in the order of the field tables, sharing last. */
export function readDraft(kind: Kind, draft: ItemDraft, before: FieldValues | null) {
  const { fields, limits } = draft;
  if (fields instanceof Refusal) throw fields;
  const content = readFields(fieldsOf[kind], fields, before, limits);
  const wishes: ShareWishes = {
    users: readShareWishes('users', fields.users),
    groups: readShareWishes('groups', fields.groups),
  };
  return { content, wishes };
}
