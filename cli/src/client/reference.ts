import { Problem } from '../problem.ts';
import { isNumber } from './find-item.ts';
import { type FieldKind, isFieldKind, kinds, type SecretField } from './kinds.ts';

/** A field of an item, by its number alone: another's item of the same name must not take its place. */
export type Reference = { kind: FieldKind; number: number; field: SecretField | string };

const scheme = 'arca://';

export function isReference(text: string): boolean {
  return text.startsWith(scheme);
}

/** Reads `password/12`, `password/12/notes`, or either after `arca://`. `of` names it where it is wrong. */
export function readReference(text: string, of: string): Reference {
  const [kind = '', number = '', field, ...rest] = (isReference(text) ? text.slice(scheme.length) : text).split('/');
  if (!isFieldKind(kind) || !isNumber(number) || rest.length > 0) {
    throw new Problem('usage', `${of}: a reference is KIND/NUMBER or KIND/NUMBER/FIELD, such as password/12/password.`);
  }
  const { open, secret, usual } = kinds[kind];
  const known: readonly string[] = [...open, ...secret];
  if (field !== undefined && !known.includes(field)) {
    throw new Problem('usage', `${of}: the fields of this kind are ${known.join(', ')}.`);
  }
  return { kind, number: Number(number), field: field ?? usual };
}
