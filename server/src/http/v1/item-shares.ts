import { Type } from 'typebox';
import { readItem } from '../../actions/items/read.ts';
import { type Subject, shareItem, unshareItem } from '../../actions/items/share.ts';
import type { Kind } from '../../domain/kind.ts';
import { shareRole } from './item-shapes.ts';
import { onItem } from './items.ts';
import { type Operation, operation } from './operation.ts';
import {
  changedState,
  idSchema,
  itemPath,
  kindSchema,
  numberSchema,
  orNull,
  strict,
  time,
  usernameSchema,
} from './schemas.ts';

const access = 'session or key';

const shareSchema = Type.Object(
  {
    user: Type.Optional(usernameSchema),
    groupId: Type.Optional(idSchema),
    group: Type.Optional(Type.String({ description: 'Name of the group.' })),
    private: Type.Optional(Type.Boolean({ description: "Is it someone's private group?" })),
    role: shareRole,
    expiresAt: orNull(time()),
  },
  { $id: 'Share', description: 'With a user or with a group.', ...strict },
);

const list = operation({
  id: 'items.listShares',
  method: 'GET',
  path: '/items/{kind}/{number}/shares',
  access,
  summary: 'List the shares of an item',
  description: 'Running ones. Who has access by them is told by `…/access`.',
  params: itemPath,
  status: 200,
  answer: Type.Object({ shares: Type.Array(shareSchema) }, { $id: 'ShareList', ...strict }),
  refusals: onItem,
  examples: { answer: { shares: [{ user: 'ben', role: 'viewer', expiresAt: null }] } },
  async run({ ctx, params }) {
    const { shares, head } = await readItem(ctx, { kind: params.kind as Kind, number: String(params.number) });
    return {
      body: {
        shares: shares.map(({ subject, subjectId, name, role, expiresAt, privateGroupOwnerId }) =>
          subject === 'user'
            ? { user: name, role, expiresAt }
            : { groupId: subjectId, group: name, private: privateGroupOwnerId !== null, role, expiresAt },
        ),
      },
      revision: head.revision,
    };
  },
});

const shareBody = Type.Object(
  {
    role: shareRole,
    expiresAt: Type.Optional(orNull(time())),
  },
  strict,
);
const refusals = [...onItem, 'item_disabled', 'revision_stale', 'revision_unreadable'] as const;
const withUser = Type.Object({ kind: kindSchema, number: numberSchema, username: usernameSchema });
const withGroup = Type.Object({ kind: kindSchema, number: numberSchema, groupId: idSchema });

type Target = { kind: string; number: number; username?: string; groupId?: number };

function targetOf({ kind, number, username, groupId }: Target) {
  const subject: Subject = username === undefined ? { group: groupId ?? 0 } : { user: username };
  return { kind: kind as Kind, number: String(number), subject };
}

const subjects = [
  { name: 'User', path: 'users/{username}', params: withUser, who: 'a user' },
  { name: 'Group', path: 'groups/{groupId}', params: withGroup, who: 'a group' },
] as const;

const puts = subjects.map(({ name, path, params: schema, who }) =>
  operation({
    id: `items.shareWith${name}`,
    method: 'PUT',
    path: `/items/{kind}/{number}/shares/${path}`,
    access,
    summary: `Share an item with ${who}`,
    description: 'Or change how it is shared. A share with `expiresAt` ends by itself.',
    params: schema,
    body: shareBody,
    status: 200,
    answer: changedState,
    refusals: [...refusals, 'share_impossible', 'field_invalid'],
    conditional: true,
    examples: {
      body: { role: 'viewer', expiresAt: '2026-12-31T23:59:59.000Z' },
      answer: { changed: true, revision: 8 },
    },
    async run({ ctx, params, body, revision }) {
      const expiresAt = body.expiresAt ? new Date(body.expiresAt) : null;
      const changed = await shareItem(ctx, {
        ...targetOf(params as Target),
        role: body.role as 'viewer' | 'editor',
        expiresAt,
        revision,
      });
      return { body: changed, revision: changed.revision };
    },
  }),
);

const deletes = subjects.map(({ name, path, params: schema, who }) =>
  operation({
    id: `items.unshareWith${name}`,
    method: 'DELETE',
    path: `/items/{kind}/{number}/shares/${path}`,
    access,
    summary: `End the share with ${who}`,
    params: schema,
    status: 200,
    answer: changedState,
    refusals: [...refusals, 'share_not_found'],
    conditional: true,
    examples: { answer: { changed: true, revision: 9 } },
    async run({ ctx, params, revision }) {
      const changed = await unshareItem(ctx, { ...targetOf(params as Target), revision });
      return { body: changed, revision: changed.revision };
    },
  }),
);

export const itemShareOperations: Operation[] = [list, ...puts, ...deletes];
