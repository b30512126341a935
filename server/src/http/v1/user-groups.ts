import { Type } from 'typebox';
import { addMember } from '../../actions/groups/add-member.ts';
import { enableGroup } from '../../actions/groups/enable.ts';
import { listGroups } from '../../actions/groups/list.ts';
import { type Operation, operation } from './operation.ts';
import { outcomeReply, outcomeSchema, proposalExample, waitsForAnother } from './proposals-shapes.ts';
import { orNull, strict } from './schemas.ts';
import {
  type GroupSort,
  groupOperations,
  groupPath,
  groupQuery,
  memberPath,
  searchOf,
} from './user-groups-operations.ts';
import { groupExamples, listedBody, listedUserGroup, userGroupBody, userGroupSchema } from './user-groups-shapes.ts';

const access = 'session';
const isPrivate = false;
const whereShared = `${waitsForAnother} So it is while something is shared with the group.`;

const sort: GroupSort = {
  noun: 'userGroups',
  path: '/user-groups',
  isPrivate,
  words: 'user group',
  schema: userGroupSchema,
  example: groupExamples.user,
  body: userGroupBody,
  refusals: ['proof_required'],
};
const onGroup = ['group_not_found', ...sort.refusals] as const;

const list = operation({
  id: 'userGroups.list',
  method: 'GET',
  path: sort.path,
  access,
  summary: 'List and search user groups',
  description: 'By name. Administrators manage them; everybody may share with them.',
  query: Type.Object(groupQuery, strict),
  status: 200,
  answer: Type.Object(
    { groups: Type.Array(listedUserGroup), next: orNull(Type.String({ description: 'Cursor of the next page.' })) },
    { $id: 'UserGroupPage', ...strict },
  ),
  refusals: ['cursor_invalid'],
  examples: { answer: { groups: [groupExamples.listedUser], next: null } },
  async run({ ctx, query }) {
    const { groups, next } = await listGroups(ctx, { scope: 'user-groups', ...searchOf(query) });
    return { body: { groups: groups.map(listedBody), next } };
  },
});

const enable = operation({
  id: 'userGroups.enable',
  method: 'POST',
  path: `${sort.path}/{id}/enable`,
  access,
  summary: 'Enable a user group again',
  description: `With the shares and members that it had. ${whereShared}`,
  params: groupPath,
  status: 200,
  orStatus: 202,
  answer: outcomeSchema,
  refusals: onGroup,
  repeatable: true,
  examples: { answer: { changed: true, proposal: null } },
  run: async ({ ctx, params }) => outcomeReply(await enableGroup(ctx, { ...params, isPrivate })),
});

const add = operation({
  id: 'userGroups.addMember',
  method: 'PUT',
  path: `${sort.path}/{id}/members/{username}`,
  access,
  summary: 'Add a member to a user group',
  description: `At most 10,000. ${whereShared}`,
  params: memberPath,
  status: 200,
  orStatus: 202,
  answer: outcomeSchema,
  refusals: [...onGroup, 'user_not_found', 'field_invalid'],
  examples: { answer: { changed: false, proposal: proposalExample } },
  run: async ({ ctx, params: { id, username } }) =>
    outcomeReply(await addMember(ctx, { id, isPrivate, member: username })),
});

export const userGroupOperations: Operation[] = [list, ...groupOperations(sort), enable, add];
