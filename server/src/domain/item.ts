import { refuse } from './errors.ts';
import type { FieldRule, FieldValues } from './fields.ts';
import type { Kind } from './kind.ts';
import { apiSecretFields } from './kinds/api-secret.ts';
import { fileFields } from './kinds/file.ts';
import { noteFields } from './kinds/note.ts';
import { passwordFields } from './kinds/password.ts';

/** Every kind with its fields in checking order (wire contract, "Create" of each kind). */
export const fieldsOf: { readonly [K in Kind]: readonly FieldRule[] } = {
  password: passwordFields,
  note: noteFields,
  'api-secret': apiSecretFields,
  file: fileFields,
};

/** An item but for its content: who owns it, which version counts, and what it asks of a reader. */
export type ItemHead = {
  kind: Kind;
  number: number;
  ownerId: number;
  /** The current version of the content; the first is 1. */
  version: number;
  /** Counts every change but last use; the ETag of an item. */
  revision: number;
  disabledAt: Date | null;
  justificationRequired: boolean;
  approvalRequired: boolean;
  createdAt: Date;
  updatedAt: Date;
  /** The import that made it, or null. */
  importId: number | null;
};

/** Reads a path's identifier: a positive integer of at most 15 digits without leading zero. */
export function readNumber(text: string): number {
  if (!/^[1-9][0-9]{0,14}$/.test(text)) refuse('number_invalid', {});
  return Number(text);
}

export function newItem(kind: Kind, number: number, ownerId: number, now: Date): ItemHead {
  return {
    kind,
    number,
    ownerId,
    version: 1,
    revision: 1,
    disabledAt: null,
    justificationRequired: false,
    approvalRequired: false,
    createdAt: now,
    updatedAt: now,
    importId: null,
  };
}

/** The next state of an item after one change; `contentChanged` makes a new version of its content. */
export function changed(item: ItemHead, now: Date, change: Partial<ItemHead>, contentChanged = false): ItemHead {
  return {
    ...item,
    ...change,
    version: contentChanged ? item.version + 1 : item.version,
    revision: item.revision + 1,
    updatedAt: now,
  };
}

/** Someone who saw another revision than the current one would undo what he did not see: `wanted` null is any. */
export function mustBeRevision(item: ItemHead, wanted: number | null, open: () => FieldValues): void {
  if (wanted !== null && wanted !== item.revision) refuse('revision_stale', { revision: item.revision, open: open() });
}

/** A disabled item is neither read nor changed, only enabled again. */
export function mustBeEnabled(item: ItemHead): void {
  if (item.disabledAt !== null) refuse('item_disabled', { kind: item.kind });
}

/**
 * What an item asks before a secret field leaves. Both rules bind everyone but the owner, who set them. There is no
 * way to ask for an approval yet, so an item that wants one is closed to all others.
 */
export function mustMayReveal(item: ItemHead, isOwner: boolean, justification: string | null): void {
  if (isOwner) return;
  if (item.justificationRequired && justification === null) refuse('justification_required', {});
  if (item.approvalRequired) refuse('approval_required', {});
}
