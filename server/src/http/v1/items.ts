import { Type } from 'typebox';
import { createItem } from '../../actions/items/create.ts';
import { disableItem } from '../../actions/items/disable.ts';
import { enableItem } from '../../actions/items/enable.ts';
import { listAccess } from '../../actions/items/list-access.ts';
import { readItem } from '../../actions/items/read.ts';
import { revealItem } from '../../actions/items/reveal.ts';
import { type Sort, searchItems, sorts } from '../../actions/items/search.ts';
import { transferItem } from '../../actions/items/transfer.ts';
import { updateItem } from '../../actions/items/update.ts';
import type { Context } from '../../actions/safe.ts';
import { indexedFields } from '../../domain/fields.ts';
import { type Kind, kinds } from '../../domain/kind.ts';
import { type Ailment, ailments } from '../../domain/password-health.ts';
import { itemExamples, newExamples, revealedExample } from './item-examples.ts';
import {
  allSecretFields,
  changedItems,
  itemBody,
  itemSchema,
  namesOf,
  newItems,
  revealedBody,
  revealedSchema,
  revealingOf,
  secretFields,
  shareRole,
} from './item-shapes.ts';
import { type Operation, operation } from './operation.ts';
import {
  changedState,
  cursorQuery,
  exactFilters,
  itemPath,
  kindSchema,
  limitQuery,
  numberSchema,
  orNull,
  strict,
  time,
  usernameSchema,
} from './schemas.ts';

const sortNames = sorts.flatMap((sort) => [sort, `-${sort}`]);
const access = 'session or key';
export const onItem = ['item_not_found', 'access_denied'] as const;

const list = operation({
  id: 'items.list',
  method: 'GET',
  path: '/items',
  access,
  summary: 'List and search items',
  description:
    'The items that the caller owns and those shared with him, without their secrets. `q` finds items in whose open ' +
    'fields every one of its words occurs. Pages go on after the last item shown, whatever changes meanwhile.',
  query: Type.Object(
    {
      kind: Type.Optional(kindSchema),
      q: Type.Optional(Type.String({ maxLength: 1000, description: 'Words to look for.' })),
      ...exactFilters,
      owner: Type.Optional(Type.String({ maxLength: 64, description: '`me`, `others`, or a username.' })),
      state: Type.Optional(Type.Enum(['enabled', 'disabled', 'all'], { description: '`enabled` unless told.' })),
      health: Type.Optional(
        Type.Enum([...ailments], { description: "Only the caller's own enabled passwords that are so." }),
      ),
      sort: Type.Optional(Type.Enum(sortNames, { description: '`name` unless told; `-` for descending.' })),
      limit: limitQuery(200, 50),
      cursor: cursorQuery,
    },
    strict,
  ),
  status: 200,
  answer: Type.Object(
    {
      items: Type.Array(itemSchema),
      total: Type.Integer({ minimum: 0, description: 'Of all pages.' }),
      next: orNull(Type.String({ description: 'Cursor of the next page.' })),
    },
    { $id: 'ItemPage', ...strict },
  ),
  refusals: ['cursor_invalid', 'access_denied'],
  examples: { answer: { items: [itemExamples.password], total: 1, next: null } },
  async run({ ctx, query }) {
    const filters = query as Readonly<Record<string, string | undefined>>;
    const found = await searchItems(ctx, {
      kinds: query.kind === undefined ? kinds : [query.kind as Kind],
      words: query.q ?? '',
      filters: Object.fromEntries(
        indexedFields.flatMap((field) => {
          const value = filters[field === 'tags' ? 'tag' : field];
          return value === undefined || value === '' ? [] : [[field, value]];
        }),
      ),
      owner: query.owner ?? null,
      ailment: (query.health as Ailment | undefined) ?? null,
      enabled: query.state === 'all' ? null : query.state !== 'disabled',
      sort: sortOf(query.sort ?? 'name'),
      limit: query.limit ?? 50,
      cursor: query.cursor ?? null,
    });
    return { body: { items: found.items.map(itemBody), total: found.total, next: found.next } };
  },
});

function sortOf(text: string): Sort {
  const descending = text.startsWith('-');
  return { by: text.slice(descending ? 1 : 0) as Sort['by'], descending };
}

const ofUpload = (kind: Kind) => (kind === 'file' ? (['upload_not_found', 'upload_incomplete'] as const) : []);

const creates = kinds.map((kind) =>
  operation({
    id: `items.create${namesOf[kind]}`,
    method: 'POST',
    path: `/items/${kind}`,
    access,
    summary: `Create ${kind === 'api-secret' ? 'an API secret' : `a ${kind}`}`,
    description:
      'The caller owns it. Share it afterwards with `PUT …/shares/…`.' +
      (kind === 'file' ? ' Its content was uploaded before: `POST /uploads`.' : ''),
    body: newItems[kind],
    status: 201,
    answer: itemSchema,
    refusals: ['access_denied', 'field_missing', 'field_invalid', 'identifier_code_taken', ...ofUpload(kind)],
    repeatable: true,
    examples: { body: newExamples[kind], answer: itemExamples[kind] },
    async run({ ctx, body }) {
      const { item } = await createItem(ctx, { kind, draft: { fields: body }, revealing: [] });
      return await shown(ctx, kind, item.head.number, { location: `/api/v1/items/${kind}/${item.head.number}` });
    },
  }),
);

const read = operation({
  id: 'items.read',
  method: 'GET',
  path: '/items/{kind}/{number}',
  access,
  summary: 'Read the open fields of an item',
  description: 'Of a disabled item too. No secret leaves, so nothing is recorded. The ETag is what `If-Match` takes.',
  params: itemPath,
  status: 200,
  answer: itemSchema,
  refusals: onItem,
  examples: { answer: itemExamples.password },
  run: ({ ctx, params }) => shown(ctx, params.kind as Kind, params.number),
});

const reveal = operation({
  id: 'items.reveal',
  method: 'POST',
  path: '/items/{kind}/{number}/reveal',
  access,
  summary: 'Reveal secret fields',
  description: 'Recorded before the answer leaves. Without `fields` all of the kind.',
  params: itemPath,
  body: Type.Object(
    {
      fields: Type.Optional(Type.Array(Type.Enum(allSecretFields), { minItems: 1, uniqueItems: true })),
      justification: Type.Optional(
        Type.String({ maxLength: 1000, description: 'The reason, where one is asked for.' }),
      ),
    },
    strict,
  ),
  bodyOptional: true,
  status: 200,
  answer: revealedSchema,
  refusals: [...onItem, 'item_disabled', 'justification_required', 'approval_required', 'answer_unencryptable'],
  examples: { body: { fields: ['password', 'code'] }, answer: revealedExample },
  async run({ ctx, params, body }) {
    const kind = params.kind as Kind;
    const item = await revealItem(withReason(ctx, body.justification), {
      kind,
      number: String(params.number),
      revealing: revealingOf(body.fields ?? secretFields[kind]),
    });
    return { body: revealedBody(item), revision: item.head.revision };
  },
});

const updates = kinds.map((kind) =>
  operation({
    id: `items.update${namesOf[kind]}`,
    method: 'PATCH',
    path: `/items/${kind}/{number}`,
    access,
    summary: `Update ${kind === 'api-secret' ? 'an API secret' : `a ${kind}`}`,
    description: 'What is absent stays, null clears. Changed content makes a new version.',
    params: Type.Object({ number: numberSchema }),
    body: changedItems[kind],
    status: 200,
    answer: itemSchema,
    refusals: [
      ...onItem,
      'item_disabled',
      'revision_stale',
      'revision_unreadable',
      'field_missing',
      'field_invalid',
      'identifier_code_taken',
      ...ofUpload(kind),
    ],
    conditional: true,
    examples: { body: { name: 'Another name' }, answer: itemExamples[kind] },
    async run({ ctx, params, body, revision }) {
      const { justificationRequired, ...fields } = body as { justificationRequired?: boolean };
      const number = String(params.number);
      await updateItem(ctx, { kind, number, draft: { fields }, revealing: [], revision, justificationRequired });
      return await shown(ctx, kind, params.number);
    },
  }),
);

const stateChanges = (
  [
    ['disable', disableItem],
    ['enable', enableItem],
  ] as const
).map(([verb, action]) =>
  operation({
    id: `items.${verb}`,
    method: 'POST',
    path: `/items/{kind}/{number}/${verb}`,
    access,
    summary: verb === 'disable' ? 'Disable an item' : 'Enable an item again',
    params: itemPath,
    status: 200,
    answer: changedState,
    refusals: [...onItem, 'revision_stale', 'revision_unreadable'],
    conditional: true,
    repeatable: true,
    examples: { answer: { changed: true, revision: 8 } },
    async run({ ctx, params, revision }) {
      const changed = await action(ctx, { kind: params.kind as Kind, number: String(params.number), revision });
      return { body: changed, revision: changed.revision };
    },
  }),
);

const transfer = operation({
  id: 'items.transfer',
  method: 'POST',
  path: '/items/{kind}/{number}/transfer',
  access: 'session',
  summary: 'Give an item to another owner',
  params: itemPath,
  body: Type.Object(
    {
      to: usernameSchema,
      keepAccess: Type.Optional(Type.Boolean({ description: 'Stay as an editor; true unless told.' })),
    },
    strict,
  ),
  status: 200,
  answer: changedState,
  refusals: [...onItem, 'transfer_impossible', 'revision_stale', 'revision_unreadable', 'identifier_code_taken'],
  conditional: true,
  repeatable: true,
  examples: { body: { to: 'ben' }, answer: { changed: true, revision: 9 } },
  async run({ ctx, params, body, revision }) {
    const name = { kind: params.kind as Kind, number: String(params.number) };
    const changed = await transferItem(ctx, { ...name, to: body.to, keepAccess: body.keepAccess ?? true, revision });
    return { body: changed, revision: changed.revision };
  },
});

const reason = Type.Object(
  {
    by: Type.Enum(['owner', 'user', 'group']),
    role: Type.Optional(shareRole),
    expiresAt: Type.Optional(orNull(time())),
    groupId: Type.Optional(Type.Integer()),
    group: Type.Optional(orNull(Type.String({ description: "Null for a private group that is not the caller's." }))),
  },
  { $id: 'AccessReason', ...strict },
);

const whoHasAccess = operation({
  id: 'items.listAccess',
  method: 'GET',
  path: '/items/{kind}/{number}/access',
  access,
  summary: 'Who has access, and why',
  description: 'Active users by name, each with every way by which he has access.',
  params: itemPath,
  status: 200,
  answer: Type.Object(
    {
      users: Type.Array(
        Type.Object(
          {
            username: usernameSchema,
            role: Type.Enum(['owner', 'editor', 'viewer']),
            reasons: Type.Array(reason),
          },
          strict,
        ),
      ),
    },
    { $id: 'ItemAccess', ...strict },
  ),
  refusals: onItem,
  examples: { answer: { users: [{ username: 'ana', role: 'owner', reasons: [{ by: 'owner' }] }] } },
  async run({ ctx, params }) {
    return { body: { users: await listAccess(ctx, { kind: params.kind as Kind, number: String(params.number) }) } };
  },
});

/** The item as it stands after what was just done; the answer of every change that leaves the caller his access. */
async function shown(ctx: Context, kind: Kind, number: number, headers: Record<string, string> = {}) {
  const item = await readItem(ctx, { kind, number: String(number) });
  return { body: itemBody(item), revision: item.head.revision, headers };
}

/** A reason in the body counts before one in the header. */
export function withReason(ctx: Context, justification: string | undefined): Context {
  const text = justification?.trim();
  return text ? { ...ctx, justification: text } : ctx;
}

export const itemOperations: Operation[] = [
  list,
  ...creates,
  read,
  reveal,
  ...updates,
  ...stateChanges,
  transfer,
  whoHasAccess,
];
