import type { Schema } from './document.ts';

/** A JSON schema as a TypeScript type. Throws for what it has no words for, so that nothing becomes `any` unseen. */
export function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) return schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1);
  if (schema.anyOf) return unionOf(schema.anyOf.map(typeOf));
  if ('const' in schema) return JSON.stringify(schema.const);
  if (schema.enum) return unionOf(schema.enum.map((one) => JSON.stringify(one)));
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'null':
      return schema.type;
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return listOf(typeOf(schema.items ?? {}));
    case 'object':
      return objectOf(schema);
    case undefined:
      if (Object.keys(schema).every((name) => name === 'description')) return 'unknown';
  }
  throw new Error(`no type for the schema ${JSON.stringify(schema)}`);
}

/** The members of an object type, each with its description. A member that may be absent may be undefined too. */
export function membersOf({ properties = {}, required = [] }: Schema, allOptional = false): string {
  return Object.entries(properties)
    .map(([name, schema]) => {
      const type = typeOf(schema);
      const key = /^[a-z_$][\w$]*$/i.test(name) ? name : JSON.stringify(name);
      const member =
        required.includes(name) && !allOptional ? `${key}: ${type}` : `${key}?: ${unionOf([type, 'undefined'])}`;
      return `${docOf(descriptionOf(schema))}${member};\n`;
    })
    .join('');
}

/** An object type of those members: on one line, if it fits there, unless one needs a comment. */
export function braced(members: string): string {
  return members.includes('/**') ? `{\n${members}}` : `{ ${members.replaceAll('\n', ' ')}}`;
}

/** A comment for the editor; nothing for no text. */
export function docOf(...texts: (string | undefined)[]): string {
  const lines = texts.flatMap((text) => (text ? [text.replaceAll('*/', '* /').replaceAll('\n', ' ')] : []));
  if (lines.length === 0) return '';
  return lines.length === 1 ? `/** ${lines[0]} */\n` : `/**\n${lines.map((line) => ` * ${line}\n`).join('')} */\n`;
}

function descriptionOf(schema: Schema): string | undefined {
  return schema.description ?? schema.anyOf?.map(descriptionOf).find((text) => text !== undefined);
}

function objectOf(schema: Schema): string {
  const { properties = {}, additionalProperties: more } = schema;
  const open = openOf(schema);
  const named = braced(membersOf(schema));
  if (open !== null) return Object.keys(properties).length === 0 ? open : `${named} & ${open}`;
  if (Object.keys(properties).length > 0) return named;
  return more === false ? 'Record<string, never>' : 'Record<string, unknown>';
}

function openOf({ additionalProperties: more, patternProperties }: Schema): string | null {
  const [pattern] = Object.values(patternProperties ?? {});
  if (pattern !== undefined) return `Record<string, ${typeOf(pattern)}>`;
  if (more === true) return 'Record<string, unknown>';
  return typeof more === 'object' ? `Record<string, ${typeOf(more)}>` : null;
}

function listOf(type: string): string {
  return /^[\w.]+$/.test(type) ? `${type}[]` : `Array<${type}>`;
}

/** Unions within unions become one; what is told twice is told once. */
function unionOf(types: readonly string[]): string {
  return [...new Set(types.flatMap((type) => (/[{<(]/.test(type) ? [type] : type.split(' | '))))].join(' | ');
}
