import type { Revealed } from '@arca/sdk';
import { arca } from '../../api/arca.ts';
import type { FieldName, ItemField } from '../fields.ts';
import type { ItemName } from '../kinds.ts';

/** The texts of a version's fields, of the open or of the secret ones. */
export type Values = Partial<Record<FieldName, string>>;

/** Reads a whole version, which the safe records. */
export function revealVersion({ kind, number }: ItemName, version: number, justification?: string): Promise<Revealed> {
  return arca.items.revealVersion({ kind, number, version, justification });
}

export function openValues({ open }: Pick<Revealed, 'open'>): Values {
  return Object.fromEntries(
    Object.entries(open).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : String(value ?? '')]),
  );
}

export function secretValues({ secrets }: Revealed): Values {
  return Object.fromEntries(Object.entries(secrets).map(([name, value]) => [name, value ?? '']));
}

/** Those fields in which either text holds anything. */
export function informed(fields: readonly ItemField[], ...values: Values[]): readonly ItemField[] {
  return fields.filter(({ name }) => values.some((one) => (one[name] ?? '') !== ''));
}
