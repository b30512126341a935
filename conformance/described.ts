import { typeOf } from './shape.ts';

/** Members whose values may be shown. All others could be secret, and are told by type and length. */
const shown = new Set([
  ...['code', 'status', 'message', 'error', 'error_code', 'mensagem', 'erro', 'cod_erro', 'error_description'],
  ...['token_type', 'expires_in', 'identifier', 'tags', 'method', 'alg', 'typ', 'kty', 'use'],
  ...['need_justify', 'need_approval', 'can_view', 'can_write', 'can_edit'],
]);

/** A value of an answer in words, as long as it came. `name` is the member that holds it. */
export function described(value: unknown, name: string): string {
  switch (typeOf(value)) {
    case 'nothing':
      return 'nothing';
    case 'null':
    case 'flag':
      return String(value);
    case 'number':
      return shown.has(name) ? `${value}` : 'a number';
    case 'text':
      return describedText(value as string, name);
    case 'list':
      return `a list of ${(value as unknown[]).length}`;
    default:
      return `an object of ${Object.keys(value as object).length}`;
  }
}

function describedText(value: string, name: string): string {
  if (value === '') return 'an empty text';
  if (!shown.has(name)) return `a text of ${[...value].length}`;
  return JSON.stringify(value);
}
