import { type TSchema, Type } from 'typebox';
import { addGroup } from '../../actions/groups/add.ts';
import { changeGroup } from '../../actions/groups/change.ts';
import { disableGroup } from '../../actions/groups/disable.ts';
import { type ReadGroup, readGroup } from '../../actions/groups/read.ts';
import { removeMember } from '../../actions/groups/remove-member.ts';
import type { Context } from '../../actions/safe.ts';
import type { ErrorCode } from '../../domain/errors.ts';
import { type Operation, operation } from './operation.ts';
import { changedSchema } from './proposals-shapes.ts';
import { cursorQuery, idSchema, limitQuery, strict, usernameSchema } from './schemas.ts';

const access = 'session';

export const groupPath = Type.Object({ id: idSchema });
export const memberPath = Type.Object({ id: idSchema, username: usernameSchema });

/** How lists of groups are asked for. */
export const groupQuery = {
  q: Type.Optional(Type.String({ maxLength: 1000, description: 'Words that must all occur in name and description.' })),
  state: Type.Optional(Type.Enum(['enabled', 'disabled', 'all'], { description: '`enabled` unless told.' })),
  limit: limitQuery(200, 50),
  cursor: cursorQuery,
};

export function searchOf(query: { q?: string; state?: string; limit?: number; cursor?: string }) {
  return {
    words: query.q ?? '',
    enabled: query.state === 'all' ? null : query.state !== 'disabled',
    most: query.limit ?? 50,
    cursor: query.cursor ?? null,
  };
}

const fields = {
  name: Type.String({ maxLength: 255 }),
  description: Type.Optional(Type.String({ maxLength: 1000 })),
  membersVisible: Type.Optional(Type.Boolean({ description: 'May members see who else is one?' })),
};

/** What both sorts of groups have in common, and where they differ. */
export type GroupSort = {
  /** First part of the operations' names. */
  noun: 'userGroups' | 'privateGroups';
  path: '/user-groups' | '/private-groups';
  isPrivate: boolean;
  words: string;
  schema: TSchema;
  example: object;
  body(shown: ReadGroup): object;
  /** What every change of one may be refused with. */
  refusals: readonly ErrorCode[];
};

/** Operations that are the same for user groups and private groups. */
export function groupOperations(sort: GroupSort): Operation[] {
  const { noun, path, isPrivate, words, schema, example, refusals } = sort;
  const onGroup = ['group_not_found', ...refusals] as const;
  const shown = async (ctx: Context, id: number) => sort.body(await readGroup(ctx, { id, isPrivate }));
  return [
    operation({
      id: `${noun}.add`,
      method: 'POST',
      path,
      access,
      summary: `Add a ${words}`,
      body: Type.Object(
        {
          ...fields,
          members: Type.Optional(
            Type.Array(usernameSchema, { maxItems: 1000, description: 'The first ones; add others afterwards.' }),
          ),
        },
        strict,
      ),
      status: 201,
      answer: schema,
      refusals: [...refusals, 'group_name_taken', 'user_not_found', 'field_missing', 'field_invalid'],
      repeatable: true,
      examples: { body: { name: 'Finance', description: 'Who pays', members: ['ben'] }, answer: example },
      async run({ ctx, body }) {
        const { id } = await addGroup(ctx, { ...body, isPrivate });
        return { body: await shown(ctx, id), headers: { location: `/api/v1${path}/${id}` } };
      },
    }),
    operation({
      id: `${noun}.read`,
      method: 'GET',
      path: `${path}/{id}`,
      access,
      summary: `Read a ${words}`,
      params: groupPath,
      status: 200,
      answer: schema,
      refusals: ['group_not_found'],
      examples: { answer: example },
      run: async ({ ctx, params }) => ({ body: await shown(ctx, params.id) }),
    }),
    operation({
      id: `${noun}.change`,
      method: 'PATCH',
      path: `${path}/{id}`,
      access,
      summary: `Change name, description or visibility of a ${words}`,
      description: 'What is absent stays.',
      params: groupPath,
      body: Type.Partial(Type.Object(fields), strict),
      status: 200,
      answer: schema,
      refusals: [...onGroup, 'group_name_taken', 'field_missing', 'field_invalid'],
      examples: { body: { name: 'Finance team' }, answer: example },
      async run({ ctx, params, body }) {
        await changeGroup(ctx, { ...params, ...body, isPrivate });
        return { body: await shown(ctx, params.id) };
      },
    }),
    operation({
      id: `${noun}.disable`,
      method: 'POST',
      path: `${path}/{id}/disable`,
      access,
      summary: `Disable a ${words}`,
      description: 'What is shared with it is closed to its members at once.',
      params: groupPath,
      status: 200,
      answer: changedSchema,
      refusals: onGroup,
      repeatable: true,
      examples: { answer: { changed: true } },
      run: async ({ ctx, params }) => ({ body: await disableGroup(ctx, { ...params, isPrivate }) }),
    }),
    operation({
      id: `${noun}.removeMember`,
      method: 'DELETE',
      path: `${path}/{id}/members/{username}`,
      access,
      summary: `Remove a member from a ${words}`,
      params: memberPath,
      status: 200,
      answer: changedSchema,
      refusals: [...onGroup, 'user_not_found'],
      examples: { answer: { changed: true } },
      async run({ ctx, params: { id, username } }) {
        return { body: await removeMember(ctx, { id, isPrivate, member: username }) };
      },
    }),
  ];
}
