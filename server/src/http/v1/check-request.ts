import type { TObject, TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { refuse } from '../../domain/errors.ts';

const validators = new WeakMap<TSchema, Validator>();

/** Checks a value against a schema; refuses with the places that do not fit, if not each of very many. */
export function checked(schema: TSchema, value: unknown): unknown {
  let validator = validators.get(schema);
  if (!validator) {
    validator = Compile(schema);
    validators.set(schema, validator);
  }
  if (validator.Check(value)) return value;
  const errors = new Map<string, string>();
  const found = [...validator.Errors(value)];
  for (const error of found.filter((one) => !isEcho(one, found))) {
    const { instancePath, keyword, message, params } = error;
    const field = placeOf(instancePath);
    for (const { name, why } of placesOf(keyword, message, params as Record<string, unknown>)) {
      const place = [field, name].filter((part) => part !== '').join('.');
      if (!errors.has(place)) errors.set(place, why);
    }
  }
  return refuse('request_invalid', { errors: [...errors].map(([field, why]) => ({ field, why })) });
}

const wholeNumber = /^(?:0|-?[1-9]\d{0,15})$/;

/**
 * Path or query, in which all is text, checked like a body: a whole number is taken only as it would be written. A
 * general conversion would take `1.5`, `1e0` or `true` for 1, and read another item than the one that was asked for.
 */
export function checkedTexts(schema: TObject, texts: unknown): Record<string, unknown> {
  const typed = Object.entries(texts as Record<string, unknown>).map(([name, text]) => {
    const { type } = Object.hasOwn(schema.properties, name) ? (schema.properties[name] as { type?: string }) : {};
    const isNumber = type === 'integer' && typeof text === 'string' && wholeNumber.test(text);
    return [name, isNumber ? Number(text) : text];
  });
  return checked(schema, Object.fromEntries(typed)) as Record<string, unknown>;
}

const longestName = 100;

/** A JSON pointer as our problems tell a place: `limits.addresses.0`. Names that a client chose are cut short. */
function placeOf(pointer: string): string {
  const names = pointer.split('/').slice(1);
  return names.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~').slice(0, longestName)).join('.');
}

type Found = { instancePath: string; keyword: string; params: object };

/** Of a value that may be null as well, "must be null" and "must match" say nothing beside what else is wrong with it. */
function isEcho(one: Found, all: readonly Found[]): boolean {
  const mayEcho = ({ keyword, params }: Found) =>
    keyword === 'anyOf' || (keyword === 'type' && (params as { type?: string }).type === 'null');
  return mayEcho(one) && all.some((other) => !mayEcho(other) && other.instancePath.startsWith(one.instancePath));
}

/** A missing or unknown property is told under its own name rather than as a fault of what should hold it. */
function placesOf(keyword: string, message: string, params: Record<string, unknown>): { name: string; why: string }[] {
  const named = (names: unknown, why: string) =>
    (names as string[]).map((name) => ({ name: name.slice(0, longestName), why }));
  if (keyword === 'required') return named(params.requiredProperties, 'is missing');
  if (keyword === 'additionalProperties') return named(params.additionalProperties, 'is not known here');
  // Of many unknown properties only these come, and not the summary of all after them.
  if (keyword === 'boolean') return [{ name: '', why: 'is not known here' }];
  if (keyword === 'enum')
    return [{ name: '', why: `must be one of ${(params.allowedValues as unknown[]).join(', ')}` }];
  return [{ name: '', why: message }];
}
