/** What the generation reads of the OpenAPI document. */
export type Document = {
  paths: Record<string, Record<string, Told>>;
  components: { schemas: Record<string, Schema> };
};

export type Told = {
  operationId: string;
  summary: string;
  description?: string;
  security: Record<string, unknown>[];
  parameters: {
    name: string;
    in: 'path' | 'query' | 'header';
    required: boolean;
    description?: string;
    schema: Schema;
  }[];
  requestBody?: { required: boolean; content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
};

export type Schema = {
  $ref?: string;
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  patternProperties?: Record<string, Schema>;
  description?: string;
};

export type Operation = Told & { method: string; path: string };

/** What takes or gives bytes: the client has functions of its own for that (sdk/src/files.ts). */
export function isOfBytes(one: Told): boolean {
  const bytes = 'application/octet-stream';
  return one.requestBody?.content[bytes] !== undefined || answerOf(one).media === bytes;
}

export function operationsOf({ paths }: Document): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, told]) => ({ ...told, method: method.toUpperCase(), path })),
  );
}

/** The one JSON or other content that an operation answers with when it succeeds, and the statuses that say so. */
export function answerOf({ responses }: Told): { statuses: string[]; media: string | null; schema: Schema | null } {
  const statuses = Object.keys(responses).filter((status) => /^2/.test(status));
  const [content] = statuses.map((status) => Object.entries(responses[status]?.content ?? {})[0]);
  return { statuses, media: content?.[0] ?? null, schema: content?.[1].schema ?? null };
}

export function hasHeader({ parameters }: Told, name: string): boolean {
  return parameters.some((one) => one.in === 'header' && one.name === name);
}

/** Names of all components that a value reaches, through others too. */
export function reached(value: unknown, schemas: Document['components']['schemas'], names = new Set<string>()) {
  for (const [, name = ''] of JSON.stringify(value ?? null).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)) {
    if (names.has(name)) continue;
    names.add(name);
    reached(schemas[name], schemas, names);
  }
  return names;
}
