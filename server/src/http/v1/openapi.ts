import type { TSchema } from 'typebox';
import type { ErrorCode } from '../../domain/errors.ts';
import type { Operation } from './operation.ts';
import { statusOf } from './problems.ts';
import { problemSchema } from './schemas.ts';

type Json = { [name: string]: unknown };

/** Refused by every operation, so that none needs to say it. */
const everywhere: readonly ErrorCode[] = ['too_many_requests', 'store_unreachable', 'store_timeout', 'unexpected'];
const withCredential: readonly ErrorCode[] = ['token_missing', 'token_invalid', 'key_restricted'];
const withInput: readonly ErrorCode[] = ['request_invalid'];
const withBody: readonly ErrorCode[] = ['body_unreadable', 'body_too_large', 'media_type_unknown'];

const about = `Arca's own API. Programs send an access token of an access key (\`Authorization: Bearer\`); the safe's pages use the session
cookie. Times are ISO 8601 in UTC. A refusal is a problem (RFC 9457) with a stable \`code\`. What is read has an ETag: send it as
\`If-None-Match\` to save the answer, or as \`If-Match\` so that a change is refused when someone else saved first. A POST that carries an
\`Idempotency-Key\` is done once within 24 hours, however often it is sent.`;

/** The OpenAPI 3.1 document, made of the very schemas that check requests. */
export function openApiDocument(operations: readonly Operation[], version: string): Json {
  const components: Record<string, Json> = {};
  const paths: Record<string, Json> = {};
  for (const one of operations) {
    const path = `/api/v1${one.path}`;
    paths[path] = { ...paths[path], [one.method.toLowerCase()]: describe(one, components) };
  }
  referTo(problemSchema, components);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Arca',
      version,
      description: about.replaceAll('\n', ' '),
      license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
    },
    servers: [{ url: '/' }],
    tags: tagsOf(operations),
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: {
        accessKey: {
          type: 'oauth2',
          description: 'A token of an access key, by client credentials.',
          flows: { clientCredentials: { tokenUrl: '/api/oauth2/token', scopes: {} } },
        },
        session: { type: 'apiKey', in: 'cookie', name: '__Host-arca_session' },
      },
    },
  };
}

function describe(one: Operation, components: Record<string, Json>): Json {
  return {
    operationId: one.id,
    tags: [tagOf(one)],
    summary: one.summary,
    ...(one.description === undefined ? {} : { description: one.description }),
    security: securityOf(one),
    parameters: parametersOf(one, components),
    ...(one.body ? { requestBody: bodyOf(one, components) } : {}),
    ...(one.bodyMedia ? { requestBody: bytesOf(one.bodyMedia) } : {}),
    responses: { ...successOf(one, components), ...problemsOf(one) },
  };
}

function tagOf({ path }: Operation): string {
  return path.split('/')[1] ?? '';
}

function tagsOf(operations: readonly Operation[]): { name: string }[] {
  return [...new Set(operations.map(tagOf))].map((name) => ({ name }));
}

function securityOf({ access }: Operation): Json[] {
  if (access === 'anyone') return [];
  return access === 'session' ? [{ session: [] }] : [{ accessKey: [] }, { session: [] }];
}

function parametersOf(one: Operation, components: Record<string, Json>): Json[] {
  const of = (schema: TSchema | undefined, place: 'path' | 'query') =>
    Object.entries((schema as { properties?: Record<string, TSchema> } | undefined)?.properties ?? {}).map(
      ([name, property]) => {
        const { description, ...plain } = referTo(property, components);
        const required =
          place === 'path' || ((schema as unknown as { required?: string[] }).required ?? []).includes(name);
        return { name, in: place, required, ...(description === undefined ? {} : { description }), schema: plain };
      },
    );
  const header = (name: string, description: string) => ({
    name,
    in: 'header',
    required: false,
    description,
    schema: { type: 'string' },
  });
  return [
    ...of(one.params, 'path'),
    ...of(one.query, 'query'),
    ...(one.conditional
      ? [header('If-Match', 'The ETag that was read: refused with 412 when someone else saved since.')]
      : []),
    ...(one.ranges
      ? [
          header('Range', 'One range of bytes, such as `bytes=0-1023`: answered with 206.'),
          header('If-Range', 'The ETag of an earlier answer: the range counts while it holds, else all is sent.'),
        ]
      : []),
    ...(one.repeatable
      ? [header('Idempotency-Key', 'At most 255 characters, random: the request is done once within 24 h.')]
      : []),
    ...(one.method === 'GET' && one.answer !== null && one.media === undefined
      ? [header('If-None-Match', 'An ETag: answered with 304 while nothing changed.')]
      : []),
  ];
}

function bodyOf(one: Operation, components: Record<string, Json>): Json {
  const example = one.examples.body === undefined ? {} : { example: one.examples.body };
  return {
    required: one.bodyOptional !== true,
    content: { 'application/json': { schema: referTo(one.body as TSchema, components), ...example } },
  };
}

function bytesOf(media: string): Json {
  return { required: true, content: { [media]: { schema: { type: 'string' } } } };
}

function successOf(one: Operation, components: Record<string, Json>): Json {
  const example = one.examples.answer === undefined ? {} : { example: one.examples.answer };
  const content =
    one.answer === null
      ? {}
      : { content: { [one.media ?? 'application/json']: { schema: referTo(one.answer, components), ...example } } };
  const notModified = one.method === 'GET' && one.answer !== null && one.media === undefined;
  return {
    [one.status]: { description: descriptions[one.status], ...content },
    ...(one.orStatus === undefined ? {} : { [one.orStatus]: { description: descriptions[one.orStatus], ...content } }),
    ...(notModified ? { 304: { description: 'Nothing changed since.' } } : {}),
  };
}

const descriptions = {
  200: 'Done.',
  201: 'Made.',
  202: 'Waits for a second administrator.',
  204: 'Done.',
  206: 'A range of it.',
} as const;

/** Every code that the operation may refuse with, by status. */
export function codesOf(one: Operation): Map<number, ErrorCode[]> {
  const codes = [
    ...(one.access === 'anyone' ? [] : withCredential),
    ...(one.access === 'anyone'
      ? []
      : (['second_factor_not_enrolled', 'password_change_required', 'access_denied'] as const)),
    ...(one.method === 'GET' ? [] : (['origin_foreign'] as const)),
    ...(one.params || one.query || one.body ? withInput : []),
    ...(one.body ? withBody : []),
    ...(one.bodyMedia ? (['body_unreadable', 'request_invalid'] as const) : []),
    ...(one.repeatable ? (['idempotency_key_reused', 'request_invalid'] as const) : []),
    ...(one.conditional ? (['revision_unreadable'] as const) : []),
    ...one.refusals,
    'integrity_broken' as const,
    ...everywhere,
  ];
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set(codes)) byStatus.set(statusOf(code), [...(byStatus.get(statusOf(code)) ?? []), code]);
  return new Map([...byStatus].sort(([a], [b]) => a - b));
}

function problemsOf(one: Operation): Json {
  return Object.fromEntries(
    [...codesOf(one)].map(([status, codes]) => [
      status,
      {
        description: codes.map((code) => `\`${code}\``).join(', '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

/** A schema as the document shows it: those with an `$id` become components and are referred to. */
function referTo(schema: TSchema, components: Record<string, Json>): Json {
  const { $id, ...plain } = plainOf(schema, components);
  if (typeof $id !== 'string') return plain;
  const known = components[$id];
  if (known !== undefined && JSON.stringify(known) !== JSON.stringify(plain)) {
    throw new Error(`two schemas are called ${$id}`);
  }
  components[$id] = plain;
  return { $ref: `#/components/schemas/${$id}` };
}

function plainOf(schema: TSchema, components: Record<string, Json>): Json {
  const inside = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inside);
    if (typeof value !== 'object' || value === null) return value;
    return '$id' in value ? referTo(value as TSchema, components) : mapped(value as Json, inside);
  };
  return mapped(schema as Json, inside);
}

function mapped(value: Json, inside: (value: unknown) => unknown): Json {
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, inside(one)]));
}
