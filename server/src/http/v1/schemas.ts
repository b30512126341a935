import { type TSchema, Type } from 'typebox';
import { type FieldRule, indexedFields } from '../../domain/fields.ts';
import { fieldsOf } from '../../domain/item.ts';
import { kinds } from '../../domain/kind.ts';

// What many operations share. A schema with `$id` is a component of the OpenAPI document.

export const time = (description = 'ISO 8601 in UTC, with milliseconds.') =>
  Type.String({ format: 'date-time', description });
export const orNull = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
export const strict = { additionalProperties: false } as const;

export const kindSchema = Type.Enum([...kinds], { description: 'The kind of an item.' });
export const numberSchema = Type.Integer({
  minimum: 1,
  maximum: 999_999_999_999_999,
  description: 'Counts up within a kind, from 1.',
});
export const usernameSchema = Type.String({ minLength: 1, maxLength: 64, description: 'Lower case.' });
export const idSchema = Type.Integer({ minimum: 1, maximum: 999_999_999_999_999 });

export const itemPath = Type.Object({ kind: kindSchema, number: numberSchema });
export const limitQuery = (most: number, fallback: number) =>
  Type.Optional(Type.Integer({ minimum: 1, maximum: most, description: `At most so many; ${fallback} unless told.` }));
export const cursorQuery = Type.Optional(
  Type.String({ maxLength: 4096, description: 'As `next` of the page before gave it.' }),
);

/** The schema of a field by the very rule that checks it; limits are in code points, as JSON Schema counts. */
export function fieldSchema({ field, type, most }: FieldRule): TSchema {
  const about = fieldWords[field];
  const words = about === undefined ? {} : { description: about };
  switch (type) {
    case 'tags':
      return Type.Array(Type.String({ maxLength: most }), { maxItems: 50, ...words });
    case 'size':
      return Type.Integer({ minimum: 0, ...words });
    case 'totp':
      return orNull(Type.String({ maxLength: 2048, ...words }));
    default:
      return Type.String({ maxLength: most, ...words });
  }
}

const fieldWords: Readonly<Record<string, string>> = {
  totp: 'Seed of one-time codes: base32, or an `otpauth://totp/` URI. Read back as a URI.',
  identifierCode: 'Unique among the API secrets of an owner.',
  fileName: 'Of the content, as it was uploaded.',
  mediaType: 'Of the content, as it was told.',
  size: 'Bytes of the content.',
  method: 'How the secret is used, such as `client_credentials`.',
};

export const openSchemas = {
  password: openOf('password'),
  note: openOf('note'),
  'api-secret': openOf('api-secret'),
  file: openOf('file'),
};

function openOf(kind: keyof typeof fieldsOf) {
  const open = fieldsOf[kind].filter((rule) => rule.part === 'open');
  return Object.fromEntries(open.map((rule) => [rule.field, fieldSchema(rule)]));
}

/** Filters by the whole value of an open field; each tag counts by itself. */
export const exactFilters = Object.fromEntries(
  indexedFields.map((field) => [
    field === 'tags' ? 'tag' : field,
    Type.Optional(Type.String({ maxLength: 2048, description: 'The whole value; letter case does not matter.' })),
  ]),
);

export const changedState = Type.Object(
  {
    changed: Type.Boolean({ description: 'False when it was so already.' }),
    revision: Type.Integer({ minimum: 1 }),
  },
  { $id: 'ChangedState', ...strict },
);

/** RFC 9457; what further members a code brings is told in the reference. */
export const problemSchema = Type.Object(
  {
    type: Type.String({ description: "Leads to the code's place in the reference." }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: 'What happened and what to do next.' }),
    code: Type.String({ description: 'Stable: decide by this.' }),
    requestId: Type.String({ description: 'Find the request in the log and in the audit.' }),
    errors: Type.Optional(
      Type.Array(Type.Object({ field: Type.String(), why: Type.String() }, strict), {
        description:
          'Of `request_invalid`, `field_missing`, `field_invalid`, `note_too_long`: every place that does not fit.',
      }),
    ),
    current: Type.Optional(
      Type.Object(
        { revision: Type.Integer(), open: orNull(Type.Object({}, { additionalProperties: true })) },
        { description: 'Of `revision_stale`: what stands now.', ...strict },
      ),
    ),
    by: Type.Optional(Type.String({ description: 'Of `key_restricted`: address, referer or certificate.' })),
    why: Type.Optional(
      Type.String({
        description:
          'Of `share_impossible`, `transfer_impossible`, `import_unreadable`, `import_source_failed` and `import_impossible`.',
      }),
    ),
    limit: Type.Optional(
      Type.Integer({ description: 'Of `body_too_large`, `file_too_large`, `quota_reached`: bytes, or uploads.' }),
    ),
    of: Type.Optional(Type.String({ description: 'Of `quota_reached`: user, safe or uploads.' })),
    offset: Type.Optional(
      Type.Integer({ description: 'Of `upload_offset_wrong`, `upload_incomplete`: where the next part begins.' }),
    ),
    size: Type.Optional(Type.Integer({ description: 'Of `range_unsatisfiable`: bytes of the whole.' })),
    allowed: Type.Optional(Type.Array(Type.String(), { description: 'Of `method_unknown`.' })),
    retryAfterSeconds: Type.Optional(Type.Integer({ description: 'Of `too_many_requests`.' })),
  },
  { $id: 'Problem', ...strict },
);
