import { Type } from 'typebox';
import { addMember } from '../../actions/groups/add-member.ts';
import { enableGroup } from '../../actions/groups/enable.ts';
import { listGroups } from '../../actions/groups/list.ts';
import { type Operation, operation } from './operation.ts';
import { changedSchema } from './proposals-shapes.ts';
import { orNull, strict } from './schemas.ts';
import {
  type GroupSort,
  groupOperations,
  groupPath,
  groupQuery,
  memberPath,
  searchOf,
} from './user-groups-operations.ts';
import {
  groupExamples,
  listedPrivateBody,
  listedPrivateGroup,
  privateGroupBody,
  privateGroupSchema,
} from './user-groups-shapes.ts';

const access = 'session';
const isPrivate = true;

const sort: GroupSort = {
  noun: 'privateGroups',
  path: '/private-groups',
  isPrivate,
  words: 'private group',
  schema: privateGroupSchema,
  example: groupExamples.private,
  body: privateGroupBody,
  refusals: [],
};
const onGroup = ['group_not_found'] as const;

const list = operation({
  id: 'privateGroups.list',
  method: 'GET',
  path: sort.path,
  access,
  summary: 'List and search private groups',
  description:
    'Your own by name; with `role=member` those that you are in, as far as their members may see each other. ' +
    'Administrators see none but these either.',
  query: Type.Object(
    { role: Type.Optional(Type.Enum(['owner', 'member'], { description: '`owner` unless told.' })), ...groupQuery },
    strict,
  ),
  status: 200,
  answer: Type.Object(
    { groups: Type.Array(listedPrivateGroup), next: orNull(Type.String({ description: 'Cursor of the next page.' })) },
    { $id: 'PrivateGroupPage', ...strict },
  ),
  refusals: ['cursor_invalid'],
  examples: { answer: { groups: [groupExamples.listedPrivate], next: null } },
  async run({ ctx, query: { role, ...query } }) {
    const scope = role === 'member' ? 'member' : 'own';
    const { groups, next } = await listGroups(ctx, { scope, ...searchOf(query) });
    return { body: { groups: groups.map(listedPrivateBody), next } };
  },
});

const enable = operation({
  id: 'privateGroups.enable',
  method: 'POST',
  path: `${sort.path}/{id}/enable`,
  access,
  summary: 'Enable a private group again',
  description: 'With the shares and members that it had.',
  params: groupPath,
  status: 200,
  answer: changedSchema,
  refusals: onGroup,
  repeatable: true,
  examples: { answer: { changed: true } },
  async run({ ctx, params }) {
    const { changed } = await enableGroup(ctx, { ...params, isPrivate });
    return { body: { changed } };
  },
});

const add = operation({
  id: 'privateGroups.addMember',
  method: 'PUT',
  path: `${sort.path}/{id}/members/{username}`,
  access,
  summary: 'Add a member to a private group',
  description: 'At most 10,000. You are one yourself only if you add yourself.',
  params: memberPath,
  status: 200,
  answer: changedSchema,
  refusals: [...onGroup, 'user_not_found', 'field_invalid'],
  examples: { answer: { changed: true } },
  async run({ ctx, params: { id, username } }) {
    const { changed } = await addMember(ctx, { id, isPrivate, member: username });
    return { body: { changed } };
  },
});

export const privateGroupOperations: Operation[] = [list, ...groupOperations(sort), enable, add];
