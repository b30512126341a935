import { Type } from 'typebox';
import { listVersions } from '../../actions/items/list-versions.ts';
import { restoreVersion } from '../../actions/items/restore-version.ts';
import { revealVersion } from '../../actions/items/reveal-version.ts';
import type { Kind } from '../../domain/kind.ts';
import { revealedExample } from './item-examples.ts';
import { revealedBody, revealedSchema, revealingOf, secretFields } from './item-shapes.ts';
import { onItem, withReason } from './items.ts';
import { type Operation, operation } from './operation.ts';
import {
  changedState,
  itemPath,
  kindSchema,
  limitQuery,
  numberSchema,
  orNull,
  strict,
  time,
  usernameSchema,
} from './schemas.ts';

const access = 'session or key';
const version = Type.Integer({ minimum: 1, maximum: 999_999_999_999_999 });
const versionPath = Type.Object({ kind: kindSchema, number: numberSchema, version });

const list = operation({
  id: 'items.listVersions',
  method: 'GET',
  path: '/items/{kind}/{number}/versions',
  access,
  summary: 'List the versions of an item',
  description: 'Newest first, with who saved each and which fields changed. For the owner and editors.',
  params: itemPath,
  query: Type.Object(
    {
      before: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: 999_999_999_999_999,
          description: 'Versions older than this one; `next` of a page.',
        }),
      ),
      limit: limitQuery(100, 20),
    },
    strict,
  ),
  status: 200,
  answer: Type.Object(
    {
      versions: Type.Array(
        Type.Object(
          { version, createdAt: time(), author: usernameSchema, fields: Type.Array(Type.String()) },
          { $id: 'Version', ...strict },
        ),
      ),
      next: orNull(Type.Integer()),
    },
    { $id: 'VersionPage', ...strict },
  ),
  refusals: onItem,
  examples: {
    answer: {
      versions: [{ version: 2, createdAt: '2026-11-20T16:04:12.345Z', author: 'ana', fields: ['password'] }],
      next: null,
    },
  },
  async run({ ctx, params, query }) {
    const name = { kind: params.kind as Kind, number: String(params.number) };
    return { body: await listVersions(ctx, { ...name, before: query.before ?? null, most: query.limit ?? 20 }) };
  },
});

const reveal = operation({
  id: 'items.revealVersion',
  method: 'POST',
  path: '/items/{kind}/{number}/versions/{version}/reveal',
  access,
  summary: 'Reveal an earlier version',
  description: 'All its secret fields but the code. Recorded before the answer leaves. For the owner and editors.',
  params: versionPath,
  body: Type.Object({ justification: Type.Optional(Type.String({ maxLength: 1000 })) }, strict),
  bodyOptional: true,
  status: 200,
  answer: revealedSchema,
  refusals: [
    ...onItem,
    'version_not_found',
    'item_disabled',
    'justification_required',
    'approval_required',
    'answer_unencryptable',
  ],
  examples: {
    answer: { ...revealedExample, version: 1, secrets: { password: 'not-a-real-one' }, codeSecondsLeft: null },
  },
  async run({ ctx, params, body }) {
    const kind = params.kind as Kind;
    const revealing = revealingOf(secretFields[kind].filter((field) => field !== 'code'));
    const name = { kind, number: String(params.number), version: params.version, revealing };
    return { body: revealedBody(await revealVersion(withReason(ctx, body.justification), name)) };
  },
});

const restore = operation({
  id: 'items.restoreVersion',
  method: 'POST',
  path: '/items/{kind}/{number}/versions/{version}/restore',
  access,
  summary: 'Restore an earlier version',
  description: 'Its content becomes a new version; those in between stay.',
  params: versionPath,
  status: 200,
  answer: changedState,
  refusals: [
    ...onItem,
    'version_not_found',
    'item_disabled',
    'revision_stale',
    'revision_unreadable',
    'identifier_code_taken',
  ],
  conditional: true,
  repeatable: true,
  examples: { answer: { changed: true, revision: 10 } },
  async run({ ctx, params, revision }) {
    const name = { kind: params.kind as Kind, number: String(params.number), version: params.version };
    const changed = await restoreVersion(ctx, { ...name, revision });
    return { body: changed, revision: changed.revision };
  },
});

export const itemVersionOperations: Operation[] = [list, reveal, restore];
