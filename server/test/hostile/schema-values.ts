import type { Chance } from './chance.ts';
import { oddJson, oddTexts } from './odd-values.ts';

/** The parts of a JSON Schema that ours are made of. */
export type Schema = {
  type?: string;
  enum?: readonly unknown[];
  const?: unknown;
  anyOf?: readonly Schema[];
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  items?: Schema;
  format?: string;
  minimum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
};

/** Texts that are right for a property of this name, so that some requests come through the checks and do something. */
export type RightTexts = Readonly<Record<string, readonly string[]>>;

const hostileNames = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'id', 'role', 'owner', ''];

/**
 * A JSON text by a schema. Most of it is right; `bend` tells how seldom a part is not: of a wrong type, too long, too
 * large, left out, given twice, or beside members that nobody asked for.
 */
export function jsonBySchema(chance: Chance, schema: Schema, texts: RightTexts, bend: number, name = ''): string {
  if (bend > 0 && chance.onceIn(bend)) return oddJson(chance, 2);
  const within = (one: Schema, inner = name) => jsonBySchema(chance, one, texts, bend, inner);
  if (schema.anyOf) return within(chance.pick(schema.anyOf));
  if (schema.enum) return JSON.stringify(chance.pick(schema.enum));
  if ('const' in schema) return JSON.stringify(schema.const);
  switch (schema.type) {
    case 'null':
      return 'null';
    case 'boolean':
      return chance.pick(['true', 'false']);
    case 'integer':
    case 'number':
      return bend > 0 && chance.onceIn(bend) ? oddNumber(chance) : String((schema.minimum ?? 0) + chance.below(12));
    case 'string':
      return JSON.stringify(textBySchema(chance, schema, texts, bend, name));
    case 'array':
      return arrayBySchema(chance, schema, bend, () => within(schema.items ?? {}));
    case 'object':
      return objectBySchema(chance, schema, bend, within);
    default:
      return oddJson(chance, 1);
  }
}

function arrayBySchema(chance: Chance, { minItems = 0, maxItems = 3 }: Schema, bend: number, item: () => string) {
  const flood = bend > 0 && chance.onceIn(bend * 2);
  // Past the limit, if that can be reached without a body that is too large by itself.
  const length = flood ? Math.min(maxItems + 1, 1200) : minItems + chance.below(3);
  const first = item();
  return `[${Array.from({ length }, () => (flood ? first : item())).join(',')}]`;
}

function objectBySchema(
  chance: Chance,
  { properties = {}, required = [] }: Schema,
  bend: number,
  within: (one: Schema, name: string) => string,
): string {
  const isBent = () => bend > 0 && chance.onceIn(bend);
  const members = Object.entries(properties).flatMap(([name, one]) => {
    const isGiven = required.includes(name) ? !isBent() : chance.onceIn(2);
    const member = () => `${JSON.stringify(name)}:${within(one, name)}`;
    return isGiven ? (isBent() ? [member(), member()] : [member()]) : [];
  });
  if (isBent()) members.push(`${JSON.stringify(chance.pick(hostileNames))}:${oddJson(chance, 1)}`);
  if (isBent() && chance.onceIn(8)) members.push(...Array.from({ length: 40 }, (_, at) => `"k${at}":${at}`));
  return `{${members.join(',')}}`;
}

/** A text that the schema allows, or one at its edge, past it, or of letters that trip who reads them. */
export function textBySchema(
  chance: Chance,
  { format, minLength = 0, maxLength = 4096 }: Schema,
  texts: RightTexts,
  bend: number,
  name: string,
): string {
  if (bend > 0 && chance.onceIn(bend)) {
    const letter = chance.pick(['x', '\u{1f5dd}', '\ud800', '\u202e', '\0', "'", '%', 'e\u0301']);
    return chance.onceIn(2) ? letter.repeat(maxLength + chance.below(2)) : chance.pick(oddTexts);
  }
  if (format === 'date-time') return new Date(Date.UTC(2026, chance.below(30), 1)).toISOString();
  const right = Object.hasOwn(texts, name) ? texts[name] : undefined;
  const text = right === undefined ? `word ${chance.below(50)}` : chance.pick(right);
  return text.padEnd(minLength, 'x').slice(0, maxLength);
}

const oddNumber = (chance: Chance) =>
  chance.pick(['-1', '0', '1.5', '1e3', '1e400', '9007199254740993', '999999999999999', '9223372036854775808', '-0']);
