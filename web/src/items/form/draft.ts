import type { Item } from '@arca/sdk';
import { type FieldName, fieldsOf, formFieldsOf, type SecretName } from '../fields.ts';
import type { Kind } from '../kinds.ts';

/** What stands in the fields of the form. */
export type DraftValues = Record<Exclude<FieldName, 'tags'>, string> & {
  tags: string[];
  justificationRequired: boolean;
};

/**
 * How a secret field of an item stands in its form: left as it is and unread, typed anew, read and then typed on, or to
 * be cleared. Of a new item all are typed.
 */
export type SecretState = { mode: 'kept' } | { mode: 'typed'; original: string | null } | { mode: 'cleared' };
export type SecretStates = Partial<Record<SecretName, SecretState>>;

type Change = string | string[] | boolean | null;
export type Changes = Partial<Record<FieldName | 'justificationRequired', Change>>;

const blank: DraftValues = {
  name: '',
  username: '',
  url: '',
  clientId: '',
  identifierCode: '',
  method: '',
  fileName: '',
  mediaType: '',
  size: '',
  tags: [],
  password: '',
  totp: '',
  notes: '',
  note: '',
  clientSecret: '',
  justificationRequired: false,
};

/** The form's beginning: the open fields of the item, none of its secrets. */
export function draftOf(item: Item | null): DraftValues {
  if (item === null) return blank;
  return { ...blank, ...openPart(item), justificationRequired: item.justificationRequired };
}

export function secretsOf(kind: Kind, isNew: boolean): SecretStates {
  const states = fieldsOf[kind]
    .filter(({ isSecret }) => isSecret)
    .map(({ name }) => [name, isNew ? { mode: 'typed', original: null } : { mode: 'kept' }]);
  return Object.fromEntries(states) as SecretStates;
}

/** What is to be sent: of a new item all that holds something, of another only what differs; null clears a field. */
export function changesOf(kind: Kind, item: Item | null, values: DraftValues, secrets: SecretStates): Changes {
  const changes: Changes = {};
  const before = draftOf(item);
  for (const { name, isSecret, isRequired } of formFieldsOf(kind)) {
    const value = values[name];
    if (isSecret) {
      const change = secretChange(secrets[name as SecretName], value as string, isRequired);
      if (change !== undefined) changes[name] = change;
    } else if (item === null ? value.length > 0 : !isSame(value, before[name])) {
      changes[name] = value.length === 0 && !isRequired ? null : value;
    }
  }
  if (item !== null && values.justificationRequired !== item.justificationRequired) {
    changes.justificationRequired = values.justificationRequired;
  }
  return changes;
}

function secretChange(state: SecretState | undefined, value: string, isRequired: boolean): string | null | undefined {
  if (state === undefined || state.mode === 'kept') return undefined;
  if (state.mode === 'cleared') return isRequired ? undefined : null;
  if (value === (state.original ?? '')) return undefined;
  return value === '' ? (isRequired ? undefined : null) : value;
}

/** The open fields of an item, by their names. */
function openPart(item: Item): Partial<DraftValues> {
  const open = formFieldsOf(item.kind).filter(({ isSecret }) => !isSecret);
  const all = item as unknown as DraftValues;
  return Object.fromEntries(open.map(({ name }) => [name, all[name]]));
}

function isSame(one: string | string[], other: string | string[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
