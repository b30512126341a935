// What somebody typed and did not save, because another's text was chosen, can be taken up again in a new form. It is
// kept here from the press of that button until the form opens, in memory alone.

import { fieldsOf } from '../fields.ts';
import { type ItemName, idOf, type Kind } from '../kinds.ts';
import type { Changes, DraftValues, SecretStates } from './draft.ts';

let offered: { id: string; changes: Changes } | null = null;

export function offerAgain(name: ItemName, changes: Changes): void {
  offered = { id: idOf(name), changes };
}

/** Gives it once; empty when there is nothing for this item. */
export function takeUp(name: ItemName): Changes {
  const taken = offered?.id === idOf(name) ? offered.changes : {};
  offered = null;
  return taken;
}

/** For the fields of the form; a cleared one is empty. */
export function valuesFrom(changes: Changes): Partial<DraftValues> {
  const values = Object.entries(changes).map(([name, value]) => [name, value ?? (name === 'tags' ? [] : '')]);
  return Object.fromEntries(values) as Partial<DraftValues>;
}

/** The secret fields among them are typed already, or to be cleared. */
export function secretsFrom(kind: Kind, changes: Changes): SecretStates {
  const states = fieldsOf[kind]
    .filter(({ name, isSecret }) => isSecret && name in changes)
    .map(({ name }) => [name, changes[name] === null ? { mode: 'cleared' } : { mode: 'typed', original: null }]);
  return Object.fromEntries(states) as SecretStates;
}
