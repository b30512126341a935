import {
  answerOf,
  type Document,
  hasHeader,
  isOfBytes,
  type Operation,
  operationsOf,
  reached,
  type Schema,
} from './document.ts';
import { bodyOf, pagesOf, resolved, rowOf } from './operation-row.ts';
import { problemTypes } from './problem-types.ts';
import { braced, docOf, membersOf, typeOf } from './schema-type.ts';

type Schemas = Document['components']['schemas'];
type Files = Record<string, string>;

const head = '// Written by `npm run generate` from the operations of the server: change those, and run it again.\n\n';
/** Written by hand in the client, over the codes. */
const byHand = 'Problem';
const several = 'schemas';

/** The generated part of the client, file by file, not yet formatted. `codes` are all that a problem may have. */
export function sdkFiles(document: Document, codes: readonly string[]): Files {
  const { schemas } = document.components;
  const all = operationsOf(document).filter((one) => !isOfBytes(one));
  const nouns = [...new Set(all.map(nounOf))];
  const homes = homesOf(all, schemas);
  const files: Files = { 'problems.ts': head + problemTypes(schemas[byHand] ?? {}, codes) };
  for (const home of [several, ...nouns.map(schemasOf)]) {
    const names = [...homes].flatMap(([name, where]) => (where === home ? [name] : []));
    if (names.length > 0) files[`${home}.ts`] = schemasFile(names, schemas, homes);
  }
  for (const noun of nouns) {
    const own = all.filter((one) => nounOf(one) === noun);
    files[`${kebab(noun)}.ts`] = nounFile(noun, own, schemas, homes);
  }
  const rows = all.map((one) => `${JSON.stringify(one.operationId)}: ${JSON.stringify(rowOf(one, schemas))},\n`);
  files['operations.ts'] =
    `${head}import type { Operation } from '../operation.ts';\n\n` +
    `export const operations: Readonly<Record<string, Operation>> = {\n${rows.join('')}};\n`;
  files['api.ts'] = apiFile(nouns, Object.keys(files));
  return files;
}

function nounOf({ operationId }: Operation): string {
  return operationId.split('.')[0] ?? '';
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function schemasOf(noun: string): string {
  return `${kebab(noun)}-schemas`;
}

function apiName(noun: string): string {
  return `${noun.charAt(0).toUpperCase()}${noun.slice(1)}Api`;
}

/** Where each component lives: with the one noun that needs it, or with those that several need. */
function homesOf(all: readonly Operation[], schemas: Schemas): Map<string, string> {
  const homes = new Map<string, string>();
  for (const one of all) {
    const home = schemasOf(nounOf(one));
    for (const name of reached([bodyOf(one), answerOf(one).schema, one.parameters], schemas)) {
      const known = homes.get(name) ?? home;
      homes.set(name, known === home ? home : several);
    }
  }
  homes.set(byHand, '../problem');
  return new Map([...homes].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Imports of those names that do not live in `here`. */
function importsOf(names: Iterable<string>, homes: ReadonlyMap<string, string>, here: string | undefined): string {
  const byHome = Map.groupBy(new Set(names), (name) => homes.get(name) ?? '');
  return [...byHome]
    .filter(([home]) => home !== here)
    .map(([home, group]) => {
      const path = home.startsWith('.') ? home : `./${home}`;
      return `import type { ${group.join(', ')} } from '${path}.ts';\n`;
    })
    .join('');
}

function directly(value: unknown): string[] {
  const matches = JSON.stringify(value ?? null).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g);
  return [...matches].map(([, name = '']) => name);
}

function schemasFile(names: readonly string[], schemas: Schemas, homes: ReadonlyMap<string, string>): string {
  const types = names.map((name) => {
    const schema = schemas[name] ?? {};
    return `${docOf(schema.description)}export type ${name} = ${typeOf(schema)};\n`;
  });
  const needed = names.flatMap((name) => directly(schemas[name]));
  return `${head}${importsOf(needed, homes, homes.get(names[0] ?? ''))}\n${types.join('\n')}`;
}

function nounFile(
  noun: string,
  own: readonly Operation[],
  schemas: Schemas,
  homes: ReadonlyMap<string, string>,
): string {
  const methods = own.map((one) => {
    const access = one.security.length > 0 && !one.security.some((way) => 'accessKey' in way);
    const doc = docOf(
      one.summary.replace(/[^.?!]$/, '$&.'),
      one.description,
      access ? 'By a session only.' : undefined,
    );
    return `${doc}${one.operationId.split('.')[1]}: ${methodType(one, schemas)};\n`;
  });
  const needed = own.flatMap((one) => directly([bodyOf(one), answerOf(one).schema, one.parameters]));
  const text = methods.join('\n');
  const shapes = ['Conditional', 'Method', 'Pages', 'Read', 'Repeatable'].filter((name) =>
    new RegExp(`\\b${name}\\b`).test(text.replaceAll(/\/\*\*.*?\*\//gs, '')),
  );
  return (
    `${head}import type { ${shapes.join(', ')} } from '../method.ts';\n${importsOf(needed, homes, undefined)}\n` +
    `export type ${apiName(noun)} = {\n${text}};\n`
  );
}

function methodType(one: Operation, schemas: Schemas): string {
  const { statuses, media, schema } = answerOf(one);
  const input = inputType(one, schemas);
  const result = schema === null ? 'null' : media === 'application/json' ? typeOf(schema) : 'string';
  if (hasHeader(one, 'If-None-Match')) {
    const pages = pagesOf(one, schemas);
    return pages === null ? `Read<${input}, ${result}>` : `Pages<${input}, ${result}, '${pages.list}'>`;
  }
  const traits = [
    ...(hasHeader(one, 'If-Match') ? ['Conditional'] : []),
    ...(hasHeader(one, 'Idempotency-Key') ? ['Repeatable'] : []),
  ].join(' & ');
  const status = statuses.join(' | ');
  const more = status === '200' ? (traits === '' ? [] : [traits]) : [traits || 'unknown', status];
  return `Method<${[input, result, ...more].join(', ')}>`;
}

/** Everything that the operation takes, as one type. */
function inputType(one: Operation, schemas: Schemas): string {
  const shown = one.parameters.filter((parameter) => parameter.in !== 'header');
  const parameters: Schema = {
    // What stands in the path speaks for itself.
    properties: Object.fromEntries(
      shown.map(({ name, schema: { description: _, ...plain }, description, ...parameter }) => {
        return [name, description && parameter.in === 'query' ? { ...plain, description } : plain];
      }),
    ),
    required: shown.filter(({ required }) => required).map(({ name }) => name),
  };
  const body = bodyOf(one);
  if (one.requestBody?.required === false && (resolved(body, schemas)?.required ?? []).length > 0) {
    throw new Error(`${one.operationId} may do without a body whose members are required`);
  }
  if (body === null && shown.length === 0) return 'Record<string, never>';
  if (body?.$ref === undefined) return braced(`${membersOf(parameters)}${body === null ? '' : membersOf(body)}`);
  return shown.length === 0 ? typeOf(body) : `${braced(membersOf(parameters))} & ${typeOf(body)}`;
}

function apiFile(nouns: readonly string[], files: readonly string[]): string {
  const imports = nouns.map((noun) => `import type { ${apiName(noun)} } from './${kebab(noun)}.ts';\n`).join('');
  const schemaFiles = files.filter((file) => /^(\w|-)*schemas\.ts$/.test(file));
  const exports = schemaFiles.map((file) => `export type * from './${file}';\n`).join('');
  const members = nouns.map((noun) => `${noun}: ${apiName(noun)};\n`).join('');
  return `${head}${imports}\n${exports}\nexport type Api = {\n${members}};\n`;
}
