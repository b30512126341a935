import { answerOf, type Document, hasHeader, type Operation, reached, type Schema } from './document.ts';

/** The row of the client's table (sdk/src/operation.ts) for an operation. */
export function rowOf(one: Operation, schemas: Document['components']['schemas']): Record<string, unknown> {
  const { media, schema } = answerOf(one);
  const query = namesIn(one, 'query');
  const body = namesInBody(one, schemas);
  mustBeApart(one, [...namesIn(one, 'path'), ...query, ...(body ?? [])]);
  const row = {
    method: one.method,
    path: one.path.replace(/^\/api\/v1/, ''),
    query: query.length > 0 ? query.join(' ') : undefined,
    body: body?.join(' '),
    bodyOptional: one.requestBody?.required === false || undefined,
    media: media === 'application/json' ? undefined : media,
    anyone: one.security.length === 0 || undefined,
    conditional: hasHeader(one, 'If-Match') || undefined,
    repeatable: hasHeader(one, 'Idempotency-Key') || undefined,
    pages: pagesOf(one, schemas) ?? undefined,
    reveals: reached(schema, schemas).has('Revealed') || undefined,
  };
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
}

/** Of a list in pages: the member that holds the list, and the parameter that takes `next`. */
export function pagesOf(
  one: Operation,
  schemas: Document['components']['schemas'],
): { list: string; from: string } | null {
  const properties = resolved(answerOf(one).schema, schemas)?.properties ?? {};
  if (!('next' in properties)) return null;
  const lists = Object.keys(properties).filter((name) => resolved(properties[name] ?? {}, schemas)?.type === 'array');
  const from = ['cursor', 'before', 'after'].filter((name) => namesIn(one, 'query').includes(name));
  const [list, start] = [lists[0], from[0]];
  if (list === undefined || start === undefined || lists.length > 1 || from.length > 1) {
    throw new Error(`${one.operationId} answers with \`next\`: it needs one list, and one of cursor, before, after`);
  }
  return { list, from: start };
}

function namesIn({ parameters }: Operation, place: 'path' | 'query'): string[] {
  return parameters.filter((one) => one.in === place).map(({ name }) => name);
}

export function resolved(schema: Schema | null, schemas: Document['components']['schemas']): Schema | null {
  const name = schema?.$ref?.slice(schema.$ref.lastIndexOf('/') + 1);
  return name === undefined ? schema : (schemas[name] ?? null);
}

/** One object holds path, query and body together: no name may stand for two things. */
function mustBeApart({ operationId }: Operation, names: readonly string[]): void {
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new Error(`${operationId} takes \`${twice}\` in two places: rename one`);
}

function namesInBody(one: Operation, schemas: Document['components']['schemas']): string[] | null {
  const body = resolved(bodyOf(one), schemas);
  if (body === null) return null;
  if (body.type !== 'object' || body.additionalProperties !== false) {
    throw new Error(`the body of ${one.operationId} is no object of known members`);
  }
  return Object.keys(body.properties ?? {});
}

export function bodyOf({ requestBody, operationId }: Operation): Schema | null {
  if (!requestBody) return null;
  const schema = requestBody.content['application/json']?.schema;
  if (!schema) throw new Error(`the body of ${operationId} is not JSON`);
  return schema;
}
