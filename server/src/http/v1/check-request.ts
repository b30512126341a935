import type { TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { Convert } from 'typebox/value';
import { refuse } from '../../domain/errors.ts';

const validators = new WeakMap<TSchema, Validator>();

/** Checks a value against a schema; refuses with every place that does not fit. Texts become numbers with `convert`. */
export function checked(schema: TSchema, value: unknown, convert: boolean): unknown {
  let validator = validators.get(schema);
  if (!validator) {
    validator = Compile(schema);
    validators.set(schema, validator);
  }
  const given = convert ? Convert(schema, value) : value;
  if (validator.Check(given)) return given;
  const errors = new Map<string, string>();
  const found = [...validator.Errors(given)];
  for (const error of found.filter((one) => !isEcho(one, found))) {
    const { instancePath, keyword, message, params } = error;
    const field = instancePath.slice(1).replaceAll('/', '.');
    for (const { name, why } of placesOf(keyword, message, params as Record<string, unknown>)) {
      const place = [field, name].filter((part) => part !== '').join('.');
      if (!errors.has(place)) errors.set(place, why);
    }
  }
  return refuse('request_invalid', { errors: [...errors].map(([field, why]) => ({ field, why })) });
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
  const named = (names: unknown, why: string) => (names as string[]).map((name) => ({ name: name.slice(0, 100), why }));
  if (keyword === 'required') return named(params.requiredProperties, 'is missing');
  if (keyword === 'additionalProperties') return named(params.additionalProperties, 'is not known here');
  if (keyword === 'boolean') return [];
  if (keyword === 'enum')
    return [{ name: '', why: `must be one of ${(params.allowedValues as unknown[]).join(', ')}` }];
  return [{ name: '', why: message }];
}
