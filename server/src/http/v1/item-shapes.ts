import { Type } from 'typebox';
import type { ItemAnswer, Revealing } from '../../actions/items/answer.ts';
import type { ReadItem } from '../../actions/items/read.ts';
import type { ShownItem } from '../../actions/items/shown.ts';
import type { FieldRule } from '../../domain/fields.ts';
import { fieldsOf } from '../../domain/item.ts';
import { type Kind, kinds } from '../../domain/kind.ts';
import { strengths } from '../../domain/strength.ts';
import { fieldSchema, kindSchema, numberSchema, openSchemas, orNull, strict, time, usernameSchema } from './schemas.ts';

const roleSchema = Type.Enum(['owner', 'editor', 'viewer'], { description: 'The best that the caller has.' });
export const shareRole = Type.Enum(['viewer', 'editor']);

const state = {
  filled: Type.Array(Type.Enum(['password', 'totp', 'notes', 'note', 'clientSecret', 'content']), {
    description: 'The secret fields that hold something.',
  }),
  number: numberSchema,
  owner: usernameSchema,
  role: roleSchema,
  may: Type.Object(
    { update: Type.Boolean(), share: Type.Boolean(), transfer: Type.Boolean() },
    { description: 'What the caller, and his access key, may do with it.', ...strict },
  ),
  enabled: Type.Boolean(),
  disabledAt: orNull(time()),
  version: Type.Integer({ minimum: 1, description: 'Counts changes of content.' }),
  revision: Type.Integer({ minimum: 1, description: 'Counts every change but last use; what `If-Match` compares.' }),
  justificationRequired: Type.Boolean(),
  approvalRequired: Type.Boolean(),
  sharedWith: Type.Integer({ minimum: 0, description: 'Running shares.' }),
  createdAt: time(),
  updatedAt: time(),
  lastUsedAt: orNull(time()),
  strength: orNull(Type.Enum([...strengths], { description: 'Of a password; null for other kinds.' })),
};

const itemOf = (kind: Kind, id: string) =>
  Type.Object({ kind: Type.Literal(kind), ...openSchemas[kind], ...state }, { $id: id, ...strict });

/** An item without its secrets, by kind. */
export const itemSchema = Type.Union(
  [
    itemOf('password', 'PasswordItem'),
    itemOf('note', 'NoteItem'),
    itemOf('api-secret', 'ApiSecretItem'),
    itemOf('file', 'FileItem'),
  ],
  { $id: 'Item', discriminator: { propertyName: 'kind' } },
);

export function itemBody({ head, open, owner, relation, sharedWith, lastUsedAt, strength, may }: ShownItem | ReadItem) {
  const { kind, number, disabledAt, version, revision, justificationRequired, approvalRequired } = head;
  return {
    kind,
    ...open,
    number,
    owner,
    role: relation,
    may,
    enabled: disabledAt === null,
    disabledAt,
    version,
    revision,
    justificationRequired,
    approvalRequired,
    sharedWith,
    createdAt: head.createdAt,
    updatedAt: head.updatedAt,
    lastUsedAt,
    strength,
  };
}

const uploadField = Type.String({
  pattern: '^[0-9a-f]{32}$',
  description: 'Id of a whole upload, whose content this becomes.',
});

const draftSchema = (rules: readonly FieldRule[], isNew: boolean) =>
  Object.fromEntries(
    rules.flatMap((rule) => {
      if (rule.isGiven) return [];
      // The content of a file comes by an upload of its own.
      if (rule.type === 'content') return [['upload', isNew ? uploadField : Type.Optional(uploadField)]];
      const schema = fieldSchema(rule);
      if (rule.required) return [[rule.field, isNew ? schema : Type.Optional(schema)]];
      return [[rule.field, Type.Optional(orNull(schema))]];
    }),
  );

const draftsOf = (isNew: boolean, more: object) =>
  Object.fromEntries(
    kinds.map((kind) => [
      kind,
      Type.Object(
        { ...draftSchema(fieldsOf[kind], isNew), ...more },
        { $id: `${isNew ? 'New' : 'Changed'}${namesOf[kind]}`, ...strict },
      ),
    ]),
  ) as Record<Kind, ReturnType<typeof Type.Object>>;

export const namesOf: Readonly<Record<Kind, string>> = {
  password: 'Password',
  note: 'Note',
  'api-secret': 'ApiSecret',
  file: 'File',
};

export const newItems = draftsOf(true, {});
export const changedItems = draftsOf(false, {
  justificationRequired: Type.Optional(
    Type.Boolean({ description: 'Owner only: must others give a reason to reveal?' }),
  ),
});

/** Secret fields of each kind, as our own API names them. */
export const secretFields: Readonly<Record<Kind, readonly string[]>> = {
  password: ['password', 'totp', 'code', 'notes'],
  note: ['note'],
  'api-secret': ['clientSecret', 'notes'],
  // Its content is downloaded.
  file: ['notes'],
};
export const allSecretFields = [...new Set(Object.values(secretFields).flat())];

/** What an action is to reveal: a seed leaves with its parameters. */
export function revealingOf(fields: readonly string[]): Revealing {
  return fields.map((field) => (field === 'totp' ? 'totpUri' : field));
}

const secretText = (description: string) => Type.Optional(orNull(Type.String({ description })));

export const revealedSchema = Type.Object(
  {
    kind: kindSchema,
    number: numberSchema,
    version: Type.Integer({ minimum: 1 }),
    revision: Type.Integer({ minimum: 1 }),
    open: Type.Object({}, { description: 'The open fields of that version.', additionalProperties: true }),
    secrets: Type.Object(
      {
        password: secretText('Of a password.'),
        totp: secretText('Of a password: an `otpauth://totp/` URI.'),
        code: secretText('Of a password with a seed: the code of this moment.'),
        notes: secretText('Of a password, an API secret or a file.'),
        note: secretText('Of a note.'),
        clientSecret: secretText('Of an API secret.'),
      },
      { description: 'The fields asked for. Each is encrypted where the access key asks for it.', ...strict },
    ),
    codeSecondsLeft: orNull(Type.Integer({ minimum: 1, description: 'How long the code is valid.' })),
  },
  { $id: 'Revealed', ...strict },
);

export function revealedBody({ head, open, secret, codeSecondsLeft }: ItemAnswer) {
  const { totpUri, ...plain } = secret;
  const secrets = totpUri === undefined ? plain : { ...plain, totp: totpUri };
  return {
    kind: head.kind,
    number: head.number,
    version: head.version,
    revision: head.revision,
    open,
    secrets,
    codeSecondsLeft,
  };
}
