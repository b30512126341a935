import type { Item } from '@arca/sdk';
import { type FieldName, fieldsOf } from '../fields.ts';
import { type Changes, draftOf } from './draft.ts';

/** A field that both this person and somebody else changed. */
export type Clash = {
  field: FieldName;
  isSecret: boolean;
  mine: string;
  /** Null for a secret: it is read only when somebody asks to see it. */
  theirs: string | null;
};

export type Conflict = {
  clashes: Clash[];
  /** Changed by this person alone: saved as they are. */
  onlyMine: FieldName[];
  /** Changed by somebody else alone: they stay. */
  onlyTheirs: FieldName[];
};

/**
 * What to decide before saving again. `before` is what the form began with, `now` what stands, `changedSince` the fields
 * that the versions in between changed.
 */
export function conflictOf(before: Item, now: Item, changes: Changes, changedSince: ReadonlySet<string>): Conflict {
  const conflict: Conflict = { clashes: [], onlyMine: [], onlyTheirs: [] };
  const [old, current] = [draftOf(before), draftOf(now)];
  for (const { name, isSecret } of fieldsOf[now.kind]) {
    const mine = changes[name];
    const theirs = textOf(current[name]);
    const isTheirs = isSecret ? changedSince.has(name) : theirs !== textOf(old[name]);
    if (mine === undefined) {
      if (isTheirs) conflict.onlyTheirs.push(name);
    } else if (isTheirs && (isSecret || textOf(mine) !== theirs)) {
      conflict.clashes.push({ field: name, isSecret, mine: textOf(mine), theirs: isSecret ? null : theirs });
    } else if (!isTheirs) conflict.onlyMine.push(name);
  }
  return conflict;
}

/** The changes without those for which the other's text was chosen. */
export function withoutFields(changes: Changes, fields: readonly FieldName[]): Changes {
  return Object.fromEntries(Object.entries(changes).filter(([name]) => !fields.includes(name as FieldName)));
}

function textOf(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : String(value ?? '');
}

/** Whose text is saved. */
export type Side = 'mine' | 'theirs';
